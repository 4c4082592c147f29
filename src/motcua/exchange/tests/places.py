"""Who is who in these tests."""

HANOI, HUE, POLICE = "000.00.00.H26", "000.00.00.H57", "000.00.00.G01"
OPENAPI = {"openapi": "3.1.0", "info": {"title": "Dân cư", "version": "1"}, "paths": {}}
