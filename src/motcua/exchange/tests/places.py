"""Who is who in these tests."""

HANOI, HUE, POLICE = "000.00.00.H26", "000.00.00.H57", "000.00.00.G01"
OPENAPI = {"openapi": "3.1.0", "info": {"title": "Dân cư", "version": "1"}, "paths": {}}

SOON = 0.01
"""Seconds after which a server of a test that is told to stop has heard it; unasked, 0.5."""
