"""Read an OpenAPI 3.1 document into what a person wants to know of each endpoint."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.portal.rules.curl import curl

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value may be: words of JSON Schema, and the schema it refers to, if any."""

    text: str
    schema: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of a request (``place``: path, query or header) or a field of a schema."""

    name: str
    kind: Kind
    required: bool
    text: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One thing a program can ask or do; ``refusals`` are the statuses of its refusals."""

    method: str
    path: str
    title: str
    text: str
    tag: str
    open: bool
    parameters: tuple[Field, ...]
    body: Kind | None
    media_type: str
    form: tuple[Field, ...]
    status: int
    answer: Kind
    refusals: tuple[int, ...]
    example: str

    @property
    def id(self) -> str:
        """Return its place on a page."""
        words = self.path.replace("{", "").replace("}", "").strip("/").split("/")
        return "-".join([self.method.lower(), *words])


@dataclass(frozen=True, slots=True)
class Model:
    """A named schema: its fields, or the words it may be."""

    name: str
    text: str
    fields: tuple[Field, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """A whole API."""

    version: str
    endpoints: tuple[Endpoint, ...]
    models: tuple[Model, ...]


def read(document: Mapping[str, Any], *, base: str) -> Description:
    """Return what a document says; ``base`` is the address before its paths."""
    schemas = document["components"]["schemas"]
    endpoints = tuple(
        _endpoint(method, path, found, curl(method, base + path, found, schemas))
        for path, methods in document["paths"].items()
        for method, found in methods.items()
        if method in METHODS
    )
    named = sorted(_reached(endpoints, schemas))
    models = tuple(_model(name, schemas[name]) for name in named)
    return Description(str(document["info"]["version"]), endpoints, models)


def _reached(endpoints: tuple[Endpoint, ...], schemas: Mapping[str, Any]) -> set[str]:
    """Return the names of the schemas that requests and answers lead to."""
    kinds = [kind for each in endpoints for kind in (each.body, each.answer) if kind]
    waiting = [kind.schema for kind in kinds if kind.schema] + ["Problem"]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen and name in schemas:
            seen.add(name)
            waiting += [field.kind.schema for field in _fields(schemas[name]) if field.kind.schema]
    return seen


def _endpoint(method: str, path: str, found: Mapping[str, Any], example: str) -> Endpoint:
    parameters = tuple(_parameter(each) for each in found.get("parameters", ()))
    content = found.get("requestBody", {}).get("content", {})
    media_type = next(iter(content), "")
    schema: Mapping[str, Any] = content[media_type]["schema"] if media_type else {}
    answers = {int(status): told for status, told in found["responses"].items()}
    status = min(answers)
    told: Mapping[str, Any] = next(iter(answers[status].get("content", {}).values()), {})
    return Endpoint(
        method=method.upper(),
        path=path,
        title=found["summary"],
        text=found.get("description", ""),
        tag=next(iter(found.get("tags", ())), ""),
        open=not found.get("security"),
        parameters=parameters,
        body=_kind(schema) if "$ref" in schema else None,
        media_type=media_type,
        form=_fields(schema) if schema and "$ref" not in schema else (),
        status=status,
        answer=_kind(told.get("schema", {})),
        refusals=tuple(sorted(each for each in answers if each >= 400)),
        example=example,
    )


def _parameter(found: Mapping[str, Any]) -> Field:
    return Field(
        name=found["name"],
        kind=_kind(found["schema"]),
        required=bool(found.get("required")),
        text=found.get("description", ""),
        place=found["in"],
    )


def _fields(schema: Mapping[str, Any]) -> tuple[Field, ...]:
    required = schema.get("required", ())
    return tuple(
        Field(name, _kind(found), name in required, found.get("description", ""))
        for name, found in schema.get("properties", {}).items()
    )


def _model(name: str, schema: Mapping[str, Any]) -> Model:
    values = tuple(str(each) for each in schema.get("enum", ()))
    return Model(name, schema.get("description", ""), _fields(schema), values)


def _kind(schema: Mapping[str, Any]) -> Kind:
    """Return a schema in a few words: ``string (date-time)``, ``array of …``, ``… or null``."""
    if "$ref" in schema:
        return Kind("", schema["$ref"].rsplit("/", 1)[-1])
    if "anyOf" in schema:
        kinds = [_kind(each) for each in schema["anyOf"]]
        text = " | ".join(filter(None, (kind.text for kind in kinds)))
        return Kind(text, next((kind.schema for kind in kinds if kind.schema), ""))
    if schema.get("type") == "array":
        inner = _kind(schema.get("items", {}))
        return Kind(f"array: {inner.text}".rstrip(": "), inner.schema)
    if isinstance(schema.get("additionalProperties"), dict):
        inner = _kind(schema["additionalProperties"])
        return Kind(f"object: {inner.text}".rstrip(": "), inner.schema)
    return Kind(" ".join([schema.get("type", "any"), *_limits(schema)]))


def _limits(schema: Mapping[str, Any]) -> Iterator[str]:
    if "enum" in schema:
        yield "(" + ", ".join(map(str, schema["enum"])) + ")"
    if "format" in schema:
        yield f"({schema['format']})"
    if "minimum" in schema and schema.get("maximum", 0) < 2**31:
        yield f"{schema['minimum']}–{schema.get('maximum', '')}"
    if "maxLength" in schema:
        yield f"≤ {schema['maxLength']}"
    if schema.get("default") not in (None, "", [], {}):
        yield f"= {schema['default']}"
