"""Agencies talk to agencies: members, keys, services, agreements, signed messages and their log."""
