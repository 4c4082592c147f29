"""Dossiers and their statuses that other agencies tell us: taken, kept, measured, shown."""
