"""Accounts, sign-in, and who is acting."""
