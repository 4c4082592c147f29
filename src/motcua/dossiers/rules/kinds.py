"""Which kinds of file a paper can be sent in."""

from collections.abc import Sequence


def fits(kind: str, accepted: Sequence[str]) -> bool:
    """Tell whether a paper takes this kind; any photo may have been kept as JPEG."""
    photos = any(each.startswith("image/") for each in accepted)
    return kind in accepted or (photos and kind == "image/jpeg")
