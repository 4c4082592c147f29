from django.apps import AppConfig


class Portal(AppConfig):
    name = "motcua.portal"
    default_auto_field = "django.db.models.BigAutoField"
