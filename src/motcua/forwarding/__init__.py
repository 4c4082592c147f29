"""Dossiers filed at one portal and processed at another: handed on, taken, followed to the end."""
