from django.apps import AppConfig


class Files(AppConfig):
    name = "motcua.files"
    default_auto_field = "django.db.models.BigAutoField"
