from django.apps import AppConfig


class Registries(AppConfig):
    name = "motcua.registries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.registries import handlers  # noqa: F401, PLC0415 (models first)
        from motcua.registries.api.gateway import register_services  # noqa: PLC0415

        register_services()
