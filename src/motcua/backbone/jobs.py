"""Work done later by a worker, kept in the database until it is done."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

__all__ = ["PATIENT", "QUICK", "jobs"]

PATIENT = RetryStrategy(max_attempts=14, exponential_wait=2)
"""For work that must happen in the end: 2, 4, 8 … seconds apart, about nine hours in all."""

QUICK = RetryStrategy(max_attempts=4, exponential_wait=3)
"""For work that is useless when late."""
