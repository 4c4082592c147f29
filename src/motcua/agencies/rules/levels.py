"""Levels of the State and kinds of agency."""

from enum import StrEnum


class Level(StrEnum):
    """
    Where an agency stands. The district level ended on 2025-07-01.

    Units have the last three, procedures all four.
    """

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Kind(StrEnum):
    """What an agency is to its unit."""

    MINISTRY = "ministry"
    COMMITTEE = "committee"
    """The people's committee: answers for everything in its unit that no other agency does."""
    DEPARTMENT = "department"
    """A special agency of a committee or ministry, for some fields."""


ABOVE = {Level.COMMUNE: Level.DISTRICT, Level.DISTRICT: Level.PROVINCE}
"""The level that may lie directly above; since 2025-07-01 communes lie under provinces."""
