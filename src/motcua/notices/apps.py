from django.apps import AppConfig


class Notices(AppConfig):
    name = "motcua.notices"
    default_auto_field = "django.db.models.BigAutoField"
