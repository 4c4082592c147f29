from motcua.catalogue.models import procedures  # noqa: F401 (Django looks for tables here)
