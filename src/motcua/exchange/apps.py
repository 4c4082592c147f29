from django.apps import AppConfig


class Exchange(AppConfig):
    name = "motcua.exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Answer the services of the exchange itself."""
        from motcua.exchange.operations import renewing, telling  # noqa: PLC0415
        from motcua.exchange.operations.serving import serve  # noqa: PLC0415
        from motcua.exchange.operations.witnessing import (  # noqa: PLC0415
            SERVICE,
            answer_heads,
            openapi,
        )
        from motcua.exchange.rules import directory  # noqa: PLC0415

        serve(
            directory.SERVICE,
            telling.answer_directory,
            openapi=telling.openapi,
            title_vi="Danh bạ trục chia sẻ",
            title_en="Directory of the exchange",
            most=16 * 2**20,
        )
        serve(
            renewing.SERVICE,
            renewing.answer_renewal,
            openapi=renewing.openapi,
            title_vi="Chứng thực khóa mới của thành viên",
            title_en="Certifying a member's new key",
        )
        serve(
            SERVICE,
            answer_heads,
            openapi=openapi,
            title_vi="Làm chứng nhật ký thông điệp",
            title_en="Witnessing message logs",
        )
