from django.apps import AppConfig


class Registrar(AppConfig):
    name = "motcua.registrar"
    default_auto_field = "django.db.models.BigAutoField"
