"""Secrets by which a program acts as a person."""

from django.db import models

from motcua.identity.models.account import Account


class Token(models.Model):
    """The right of one program to act as ``account``; only the secret's digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    digest = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=100)
    agency = models.CharField(max_length=40, blank=True)
    scopes = models.JSONField(default=list)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.account_id})"
