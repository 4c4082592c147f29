"""The portal's own PostgreSQL backend: Django's, with a cheap health check and prepared text."""
