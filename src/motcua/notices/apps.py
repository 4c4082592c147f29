from django.apps import AppConfig


class Notices(AppConfig):
    name = "motcua.notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.notices import handlers  # noqa: F401, PLC0415
