from django.apps import AppConfig


class Dossiers(AppConfig):
    name = "motcua.dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.dossiers import handlers  # noqa: F401, PLC0415
