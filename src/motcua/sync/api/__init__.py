"""Entrances for other members' programs."""
