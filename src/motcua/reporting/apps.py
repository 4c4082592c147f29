from django.apps import AppConfig


class Reporting(AppConfig):
    name = "motcua.reporting"
    default_auto_field = "django.db.models.BigAutoField"
