"""Một Cửa: a digital public-service platform, one door from question to result."""

__version__ = "0.1.0"
