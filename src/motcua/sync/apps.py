from django.apps import AppConfig


class Sync(AppConfig):
    name = "motcua.sync"
    default_auto_field = "django.db.models.BigAutoField"
