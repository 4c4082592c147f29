"""What the doctor finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, what was seen, what to do where it is not."""

    well: bool
    seen: str
    advice: str = ""
