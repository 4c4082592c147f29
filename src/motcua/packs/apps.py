from django.apps import AppConfig


class Packs(AppConfig):
    name = "motcua.packs"
    default_auto_field = "django.db.models.BigAutoField"
