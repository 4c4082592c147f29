from django.apps import AppConfig


class Queues(AppConfig):
    name = "motcua.queues"
    default_auto_field = "django.db.models.BigAutoField"
