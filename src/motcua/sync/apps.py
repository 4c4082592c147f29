from django.apps import AppConfig


class Sync(AppConfig):
    name = "motcua.sync"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.dossiers.queries.elsewhere import (  # noqa: PLC0415
            register_archive,
            register_source,
        )
        from motcua.sync import handlers  # noqa: F401, PLC0415
        from motcua.sync.api.gateway import register_service  # noqa: PLC0415 (models first)
        from motcua.sync.queries import archives, elsewhere  # noqa: PLC0415

        register_source(elsewhere)
        register_archive(archives.put_away)
        register_service()
