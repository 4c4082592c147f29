"""Django's ways of signing in, told about our accounts."""
