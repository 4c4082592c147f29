from django.apps import AppConfig


class Agencies(AppConfig):
    name = "motcua.agencies"
    default_auto_field = "django.db.models.BigAutoField"
