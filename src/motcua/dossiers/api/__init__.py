"""Dossiers and linked filings for machines and apps."""
