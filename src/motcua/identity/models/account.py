"""The account of a person: who they are, how to reach them, how they sign in."""

from typing import ClassVar, Self
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from motcua.backbone.keys import UUIDv7
from motcua.kernel.actors import Actor


class AccountQuerySet(models.QuerySet["Account"]):
    """Accounts, narrowed."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own account; all of them for an official, whose looks are recorded."""
        return self if actor.is_official else self.known_as(actor.id)

    def known_as(self, actor_id: str) -> Self:
        """Keep the account of one actor; none where the id is not that of a person."""
        try:
            return self.filter(pk=UUID(actor_id))
        except ValueError:
            return self.none()


class Account(AbstractBaseUser):
    """
    One person. ``str(pk)`` is the ``Actor.id`` by which every other room knows them.

    ``phone`` is E.164, ``email`` lower case: each belongs to one account at a time. Number, name
    and birth date are what somebody typed, until an official of ``proven_agency`` compared them
    with card and face (``proven_at``): only then other data may be looked up by the number.
    """

    id = models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)
    personal_id = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    birth_date = models.DateField()
    sex = models.CharField(max_length=6)
    phone = models.CharField(max_length=16, unique=True)
    email = models.EmailField(unique=True)
    language = models.CharField(max_length=2, default="vi")
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True)
    proven_by = models.CharField(max_length=80, blank=True)
    proven_agency = models.CharField(max_length=40, blank=True)

    objects = AccountQuerySet.as_manager()

    USERNAME_FIELD = "personal_id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"
