from motcua.catalogue.models import (  # noqa: F401 (Django looks for tables here)
    packs,
    procedures,
)
