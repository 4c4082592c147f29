from django.apps import AppConfig


class Dossiers(AppConfig):
    name = "motcua.dossiers"
    default_auto_field = "django.db.models.BigAutoField"
