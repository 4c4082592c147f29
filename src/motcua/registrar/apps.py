from django.apps import AppConfig


class Registrar(AppConfig):
    name = "motcua.registrar"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.registrar import handlers  # noqa: F401, PLC0415
        from motcua.registrar.api.gateway import register_services  # noqa: PLC0415 (models first)

        register_services()
