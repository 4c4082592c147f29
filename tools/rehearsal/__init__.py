"""The fail-over of docs/scale.md, run for real: two PostgreSQL servers, a portal, a ``kill -9``."""
