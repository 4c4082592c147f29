from django.apps import AppConfig


class Identity(AppConfig):
    name = "motcua.identity"
    default_auto_field = "django.db.models.BigAutoField"
