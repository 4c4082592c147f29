from django.apps import AppConfig


class Studio(AppConfig):
    name = "motcua.studio"
    default_auto_field = "django.db.models.BigAutoField"
