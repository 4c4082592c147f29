from motcua.reporting.models.public import PublicMonth

__all__ = ["PublicMonth"]
