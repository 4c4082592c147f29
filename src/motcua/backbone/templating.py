"""The Jinja2 environment every page is rendered in."""

import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import FunctionType
from typing import Any

from django.conf import settings
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, gettext, ngettext, override
from jinja2 import Environment, FileSystemBytecodeCache, StrictUndefined, Template, pass_context
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.nodes import Expr
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from motcua.backbone import formats, pictures
from motcua.kernel.phones import shown_phone


class KeptPages(FileSystemBytecodeCache):
    """Templates compiled before, for the next start; where there is no room, they are not kept."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template."""
        with suppress(OSError):
            Path(self.directory).mkdir(mode=0o700, parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


_needs_escaping = re.compile("[&<>\"']").search


def escaped(value: Any) -> str:
    """
    Return a value as it stands in HTML, as ``escape`` does, but a plain text as it is.

    A page puts down thousands, which nearly all hold nothing to be escaped; making each of them
    a ``Markup``, as Jinja2 does before it joins them, takes five times as long as looking.
    """
    kind = type(value)
    if kind is Markup or (kind is str and not _needs_escaping(value)):
        return value  # type: ignore[no-any-return]
    return escape(value)


class _Compiler(CodeGenerator):
    """Jinja2's, which lets what is put down be escaped by ``escaped``."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class _Calling(Context):
    """
    Jinja2's context, which calls macros and plain functions straight away.

    A page calls hundreds; asking each how it wants to be called takes longer than most of them do.
    """

    def call(
        self,
        called: Any,
        /,
        *args: Any,
        _loop_vars: dict[str, Any] | None = None,
        _block_vars: dict[str, Any] | None = None,
        **named: Any,
    ) -> Any:
        """Call what a template calls."""
        kind = type(called)
        if kind is FunctionType and not called.__dict__:
            return called(*args, **named)
        if kind is Macro and self.eval_ctx.autoescape and _is_plain(called, args, named):
            rest = called.arguments[len(args) :]
            drawn = called._func(*args, *[named.get(name, missing) for name in rest])  # noqa: SLF001
            return str.__new__(Markup, drawn)
        return super().call(called, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **named)


def _is_plain(macro: Macro, args: tuple[Any, ...], named: dict[str, Any]) -> bool:
    """Tell whether a macro takes all that it is given by the names of its arguments."""
    return not (
        macro.catch_kwargs
        or macro.catch_varargs
        or (macro.caller and not macro.explicit_caller)
        or len(args) > len(macro.arguments)
        or (named and not named.keys() <= set(macro.arguments[len(args) :]))
    )


class _Page(Template):
    """Jinja2's template, of which none has globals of its own that its macros could lack."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        del ctx
        return super()._get_default_module()


class Pages(Environment):
    """Jinja2's environment, with our compiler and our way of calling."""

    code_generator_class = _Compiler
    context_class = _Calling
    template_class = _Page
    escaped = staticmethod(escaped)


def environment(**options: Any) -> Environment:
    """Make the environment: escaped, strict about unknown names, translated, with our formats."""
    kept = KeptPages(str(settings.VAR / "pages"), "__page_%s.cache")
    options |= {"undefined": StrictUndefined, "autoescape": True, "bytecode_cache": kept}
    options |= {"cache_size": -1}  # all of them, so that none is made way for under a lock
    env = Pages(**options, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(gettext=_words, _=_words)
    env.globals.update(
        static=_static,
        url=_url,
        csrf_field=_csrf_field,
        mark_of=_mark_of,
        qr_drawing=pictures.qr_drawing,
        sparkline_drawing=pictures.sparkline_drawing,
        shares_drawing=pictures.shares_drawing,
        columns_drawing=pictures.columns_drawing,
        single_columns_drawing=pictures.single_columns_drawing,
    )
    env.filters.update(
        dong=formats.dong,
        moment=formats.moment,
        day=formats.day,
        clock=formats.clock,
        number=formats.number,
        decimal=formats.decimal,
        percent=formats.percent,
        span=formats.span,
        limit=formats.limit,
        phone=shown_phone,
    )
    return env


def _words(text: str, /, **facts: Any) -> Markup:
    """
    Return a sentence in the reader's language, as Jinja2's own ``gettext`` does.

    A page has hundreds of them: each is made ready once a language, where it states no facts.
    """
    said = _ready(get_language() or settings.LANGUAGE_CODE, text)
    return said % facts if "%" in said else said


@lru_cache(maxsize=20_000)
def _ready(language: str, text: str) -> Markup:
    with override(language):
        return Markup(gettext(text))  # noqa: S704 (what translators write is ours)


@lru_cache(maxsize=10_000)
def _address(name: str, parts: tuple[tuple[str, Any], ...]) -> str:
    return reverse(name, kwargs=dict(parts))


@lru_cache(maxsize=1_000)
def _static(name: str) -> str:
    """Return the address of a static file, which stays while a process lives."""
    return static(name)


def _url(name: str, **parts: Any) -> str:
    return _address(name, tuple(parts.items()))


def _mark_of(who: str) -> str:
    """Return a mark by which a browser tells persons apart; it says nothing about them."""
    return salted_hmac("motcua.backbone.mark", who).hexdigest()[:16]


@pass_context
def _csrf_field(context: Context) -> Markup:
    """Return the field of a page's forms; masking the token anew for each of them adds nothing."""
    request = context["request"]
    field: Markup | None = getattr(request, "csrf_field", None)
    if field is None:
        hidden = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">')
        field = request.csrf_field = hidden.format(get_token(request))
    return field
