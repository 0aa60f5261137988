"""Options as the parameters of a flow: a field of the form in the Prefect UI each, with its type, bounds and sentence."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from types import NoneType
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import Field
from pydantic.fields import FieldInfo

from copydesk.flows.options import Options

Asked = TypeVar("Asked", bound=Options)
R = TypeVar("R")

OWN = {"home": ("", "A run of a deployment cannot choose another than that of the process that serves it.")}
OWN["executor"] = OWN["home"]
"""Options that a form leaves empty, since they are the operator's, and what the form says of them beside."""


def form(options: type[Asked]) -> Callable[[Callable[[Asked], R]], Callable[..., R]]:
    """Makes of a function of options a function of named parameters, as Prefect reads them from signature and docstring.

    A text that may be None is an empty text in the form. A field that was left empty is not given.
    """

    def made(function: Callable[[Asked], R]) -> Callable[..., R]:
        @wraps(function)
        def flow_function(**values: Any) -> R:
            return function(options(**{name: value for name, value in values.items() if value not in ("", None)}))

        parameters = [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=_default(name, field), annotation=_annotation(field)
            )
            for name, field in own_first(options).items()
        ]
        returned = inspect.signature(function, eval_str=True).return_annotation
        flow_function.__signature__ = inspect.Signature(parameters, return_annotation=returned)  # type: ignore[attr-defined]
        flow_function.__doc__ = _documented(inspect.getdoc(function) or "", options)
        return flow_function

    return made


def own_first(options: type[Options]) -> dict[str, FieldInfo]:
    """The fields of options: those of the job itself, then those that it shares with other jobs."""
    fields, own = options.model_fields, inspect.get_annotations(options)
    return {name: fields[name] for name in sorted(fields, key=lambda name: name not in own)}


def _default(name: str, field: FieldInfo) -> Any:
    if name in OWN or (field.default is None and _is_text(field)):
        return ""
    if field.is_required():
        return inspect.Parameter.empty
    return list(field.default) if isinstance(field.default, tuple) else field.default


def _annotation(field: FieldInfo) -> Any:
    """The type of a field with its bounds."""
    kind: Any = str if _is_text(field) else field.annotation
    if get_origin(kind) is tuple:
        kind = list[str]
    if not field.metadata and not field.examples:
        return kind
    return Annotated[(kind, *field.metadata, Field(examples=field.examples))]


def _is_text(field: FieldInfo) -> bool:
    """Whether a field holds a text, or None."""
    return set(get_args(field.annotation)) == {str, NoneType}


def _documented(text: str, options: type[Options]) -> str:
    """A docstring with a line for each option before what it says of the value that is returned."""
    head, mark, returns = text.partition("\n\nReturns:")
    lines = [f"    {name}: {described(name, field)}" for name, field in own_first(options).items()]
    return "\n".join([f"{head}\n\nArgs:", *lines]) + mark + returns


def described(name: str, field: FieldInfo) -> str:
    """What a form says of a field."""
    beside = f" {OWN[name][1]}" if name in OWN else ""
    return f"{field.description}{beside}"
