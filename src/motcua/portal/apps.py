from django.apps import AppConfig


class Portal(AppConfig):
    name = "motcua.portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.portal import handlers  # noqa: F401, PLC0415
