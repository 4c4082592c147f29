from django.apps import AppConfig


class Forms(AppConfig):
    name = "motcua.forms"
    default_auto_field = "django.db.models.BigAutoField"
