"""The fields of a command together with those of what it is made of, so that all its texts are sealed alike."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from app.domain.commands import Command, Split

_STEP = "."


def texts_of(command: Command) -> dict[str, Any]:
    """Its fields by name, and those of its demands under their place: `0.narrative`."""
    parts = command.demands if isinstance(command, Split) else ()
    inner = {
        f"{at}{_STEP}{name}": value
        for at, one in enumerate(parts)
        for name, value in _fields(one).items()
    }
    return {**_fields(command), **inner}


def bare(name: str) -> str:
    """The name of a field without its place."""
    return name.rpartition(_STEP)[2]


def put_back(command: Any, texts: Mapping[str, str]) -> Any:
    """The command with these texts in the places of its own."""
    own = {name: text for name, text in texts.items() if _STEP not in name}
    if not isinstance(command, Split):
        return replace(command, **own)
    said: list[dict[str, str]] = [{} for _ in command.demands]
    for name in texts.keys() - own.keys():
        said[int(name.partition(_STEP)[0])][bare(name)] = texts[name]
    pairs = zip(command.demands, said, strict=True)
    return replace(command, demands=tuple(replace(one, **each) for one, each in pairs))


def _fields(one: Any) -> dict[str, Any]:
    return {field.name: getattr(one, field.name) for field in fields(one)}
