"""Plumbing that needs Django and knows no domain: journal, jobs, refusals, pages, checks."""
