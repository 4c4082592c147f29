"""What the pages of dossiers try, as the backbone does for every room."""

from motcua.backbone.http.attempts import apart, attempt

__all__ = ["apart", "attempt"]
