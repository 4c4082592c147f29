"""Measure the taking of other agencies' dossiers: ``python -m bench.sync``."""
