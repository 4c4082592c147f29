from django.apps import AppConfig


class Forwarding(AppConfig):
    name = "motcua.forwarding"
    default_auto_field = "django.db.models.BigAutoField"
