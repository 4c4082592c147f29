from django.apps import AppConfig


class Identity(AppConfig):
    name = "motcua.identity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.identity import handlers  # noqa: F401, PLC0415
        from motcua.identity.operations import recognising  # noqa: F401, PLC0415
        from motcua.identity.web import bearer  # noqa: F401, PLC0415
