"""
The reporting room's figures from exported files, on DuckDB or Spark.

Needs the extra ``analytics`` (or ``spark``); nothing else imports this package's libraries.
"""
