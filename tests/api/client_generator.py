"""Writes a typed client from an OpenAPI document: a type for each schema, and a method for each operation.

It knows what it is told by the document and nothing else of the service, as generators of other languages do. What it
cannot express fails with a KeyError, which says that the document uses something that needs a look.
"""

from collections.abc import Iterator
from typing import Any

_HEAD = '''\
"""Generated from the OpenAPI document."""

from __future__ import annotations

import json
from typing import Any, Literal
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from pydantic import ConfigDict, TypeAdapter, with_config
from typing_extensions import NotRequired, TypedDict


class ApiProblem(Exception):
    def __init__(self, body: Problem) -> None:
        super().__init__(f"{body['code']}: {body['detail']}")
        self.body = body


class Client:
    """``headers``: of the last answer."""

    def __init__(self, service: str, key: str) -> None:
        self.service, self.key = service, key
        self.headers: dict[str, str] = {}

    def _send(
        self, method: str, path: str, answers: dict[int, Any], query: dict[str, Any], headers: dict[str, Any], body: Any
    ) -> Any:
        asked = urlencode({name: value for name, value in query.items() if value is not None})
        sent = {name: str(value) for name, value in headers.items() if value is not None}
        sent |= {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.service}{path}?{asked}", data, sent, method=method)
        try:
            with urlopen(request) as answer:
                status, self.headers, content = answer.status, dict(answer.headers), answer.read()
        except HTTPError as error:
            raise ApiProblem(TypeAdapter(Problem).validate_json(error.read())) from None
        return TypeAdapter(answers[status]).validate_json(content or b"null")
'''
_SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def generate(document: dict[str, Any]) -> str:
    """The source of a module with the class ``Client``."""
    schemas = document["components"]["schemas"]
    operations = [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    parts = [_HEAD, *(_method(*operation) for operation in operations), *map(_schema, schemas, schemas.values())]
    return "\n".join(parts)


def _schema(name: str, schema: dict[str, Any]) -> str:
    if "properties" not in schema:
        return f"\n{name} = {_type(schema)}"
    required = schema.get("required", ())
    lines = [f"\n@with_config(ConfigDict(extra='forbid'))\nclass {name}(TypedDict):"]
    for field, of_field in schema["properties"].items():
        plain = _type(of_field)
        lines.append(f"    {field}: {plain if field in required else f'NotRequired[{plain}]'}")
    return "\n".join(lines)


def _method(path: str, method: str, operation: dict[str, Any]) -> str:
    parameters = operation.get("parameters", [])
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    in_path = [one["name"] for one in parameters if one["in"] == "path"]
    others = [one for one in parameters if one["in"] != "path"]
    answers = dict(_answers(operation))
    returns = " | ".join(dict.fromkeys(answers.values()))
    arguments = [f"{name}: str" for name in in_path] + ([f"body: {_type(body)}"] if body else [])
    if others:
        arguments += ["*", *(_argument(one) for one in others)]
    for name in in_path:
        path = path.replace(f"{{{name}}}", f"{{quote({name})}}")
    sent = {
        place: "{" + ", ".join(f"{one['name']!r}: {_name(one)}" for one in others if one["in"] == place) + "}"
        for place in ("query", "header")
    }
    shapes = "{" + ", ".join(f"{status}: {answer}" for status, answer in answers.items()) + "}"
    return f"""
    def {operation["operationId"]}(self{"".join(f", {one}" for one in arguments)}) -> {returns}:
        path = f"{path}"
        answer: {returns} = self._send(
            {method.upper()!r}, path, {shapes}, {sent["query"]}, {sent["header"]}, {"body" if body else None}
        )
        return answer"""


def _answers(operation: dict[str, Any]) -> Iterator[tuple[int, str]]:
    for status, answer in operation["responses"].items():
        if int(status) < 300:
            content = answer.get("content", {}).get("application/json")
            yield int(status), _type(content["schema"]) if content else "None"


def _name(parameter: dict[str, Any]) -> str:
    return str(parameter["name"]).lower().replace("-", "_")


def _argument(parameter: dict[str, Any]) -> str:
    plain = _type(parameter["schema"])
    if parameter.get("required"):
        return f"{_name(parameter)}: {plain}"
    return f"{_name(parameter)}: {plain if plain.endswith('None') else f'{plain} | None'} = None"


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "allOf" in schema:
        (only,) = schema["allOf"]
        return _type(only)
    if "anyOf" in schema:
        return " | ".join(map(_type, schema["anyOf"]))
    if "enum" in schema:
        return f"Literal[{', '.join(map(repr, schema['enum']))}]"
    if schema["type"] == "array":
        return f"list[{_type(schema['items'])}]"
    if schema["type"] == "object":
        values = schema["additionalProperties"]
        return f"dict[str, {'Any' if values is True else _type(values)}]"
    return _SCALARS[schema["type"]]
