from django.apps import AppConfig


class Registries(AppConfig):
    name = "motcua.registries"
    default_auto_field = "django.db.models.BigAutoField"
