"""Tables may point only at rooms below their own, and leave nothing behind there."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register
def relations_point_down(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Compare each foreign key with the order of the rooms in ``settings.ROOMS``."""
    order = {room: i for i, room in enumerate(settings.ROOMS)}
    found: list[CheckMessage] = []
    for model in apps.get_models():
        if not model.__module__.startswith("motcua."):
            continue
        for field in model._meta.get_fields():  # noqa: SLF001
            target = getattr(field, "related_model", None)
            if field.auto_created or target is None or isinstance(target, str):
                continue
            here, there = model._meta.app_label, target._meta.app_label  # noqa: SLF001
            if here == there or not target.__module__.startswith("motcua."):
                continue
            if order[there] >= order[here]:
                found.append(Error(f"{here} points up at {there}", obj=field, id="motcua.E001"))
            if field.remote_field.related_name != "+":  # type: ignore[union-attr]
                found.append(Error(f"{there} must not see {here}", obj=field, id="motcua.E002"))
    return found
