from motcua.packs.models import versions  # noqa: F401 (Django looks for tables here)
