"""The subcommands of ``motcua packs``, one a file: each has ``HELP``, ``arguments`` and ``run``."""
