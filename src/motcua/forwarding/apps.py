from django.apps import AppConfig


class Forwarding(AppConfig):
    name = "motcua.forwarding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Carry what is filed for other members, show it, and take what they hand on."""
        from motcua.dossiers.operations.carrying import register_carrier  # noqa: PLC0415
        from motcua.dossiers.queries.carried_parts import register_parts  # noqa: PLC0415
        from motcua.dossiers.queries.elsewhere import register_source  # noqa: PLC0415
        from motcua.forwarding import handlers  # noqa: F401, PLC0415
        from motcua.forwarding.api.gateway import register_service  # noqa: PLC0415 (models first)
        from motcua.forwarding.operations import handing_in  # noqa: PLC0415
        from motcua.forwarding.queries import handed, origins, parts  # noqa: PLC0415
        from motcua.sync.queries.origins import register_origins  # noqa: PLC0415

        register_carrier(handing_in)
        register_source(handed)
        register_parts(parts)
        register_origins(origins)
        register_service()
