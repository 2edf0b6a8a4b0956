"""The library's own stored form: bytes for any value of a course, and the value back.

The form is JSON in UTF-8, compact, keys sorted, inside `{"schema":1,"value":…}`. A dataclass is an object whose `$`
says which one, an enum's member an object with `$` and `value`, a tuple an array. A field that has its default is left
out: so a new field with a default changes neither bytes nor hashes that exist. For the same reason a default is never
changed afterwards, nor a name in `_KINDS`; a change that needs it takes a new schema number, and `load` learns both.

Laws: `load(dump(x)) == x`, and equal values have equal bytes: where a field is declared to hold fractions, 1 is 1.0.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from enum import Enum
from hashlib import sha256
from typing import Any, get_args, get_origin, get_type_hints

from polylect import keys
from polylect.captions import track
from polylect.course import tree
from polylect.exercises import frame, grading, texts

SCHEMA = 1
_HEAD, _TAIL = f'{{"schema":{SCHEMA},"value":'.encode(), b"}"

_KINDS: dict[str, type] = {
    "access": tree.Access,
    "asset": tree.Asset,
    "category": tree.Category,
    "course": tree.Course,
    "run-key": keys.RunKey,
    "library-key": keys.LibraryKey,
    "exercise": tree.Exercise,
    "foreign": tree.Foreign,
    "grading": tree.Grading,
    "library": tree.Library,
    "page": tree.Page,
    "section": tree.Section,
    "selection": tree.Selection,
    "source": tree.Source,
    "subsection": tree.Subsection,
    "text": tree.Text,
    "unit": tree.Unit,
    "unplaced": tree.Unplaced,
    "video": tree.Video,
    "video-track": tree.VideoTrack,
    "cue": track.Cue,
    "group": track.Group,
    "span": track.Span,
    "track": track.Track,
    "track-kind": track.TrackKind,
    "exercise-body": frame.Exercise,
    "feedback": grading.Feedback,
    "grade": grading.Grade,
    "response": grading.Response,
    "responses": grading.Responses,
    "result": grading.Result,
    "verdict": grading.Verdict,
    "words": texts.Words,
}


class StoredError(ValueError):
    """These bytes were not written by `dump`, or by a newer one than this. Says what was found and expected."""


def dump(value: object) -> bytes:
    """The value as bytes. Raises TypeError for a class without a stored form, ValueError for a number without end."""
    text = json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    return _HEAD + text.encode("utf-8", "surrogatepass") + _TAIL


def load(data: bytes) -> Any:
    """The value that `dump` made these bytes of. Raises StoredError for any other bytes."""
    if not data.startswith(_HEAD) or not data.endswith(_TAIL):
        raise StoredError(f"found {data[:24]!r}; expected a value of schema {SCHEMA}, which begins with {_HEAD!r}")
    try:
        text = data[len(_HEAD) : -len(_TAIL)].decode("utf-8", "surrogatepass")
        return _tuples(json.loads(text, object_hook=_from_object))
    except StoredError:
        raise
    except (ValueError, RecursionError) as error:
        raise StoredError(f"not a stored value: {error}") from error


def content_hash(value: object) -> str:
    """The SHA-256 of the bytes, in hexadecimal: equal for equal values, on every machine and in every release."""
    return sha256(dump(value)).hexdigest()


class _Form:
    """How one dataclass is stored: its name, and its fields with their defaults."""

    def __init__(self, name: str, kind: type) -> None:
        self.name = name
        self.kind = kind
        hints = get_type_hints(kind)
        self.defaults = {each.name: _default(each.default, each.default_factory) for each in fields(kind) if each.init}
        self.required = frozenset(key for key, default in self.defaults.items() if default is MISSING)
        self.known = frozenset(self.defaults)
        self.fractions = {key: fix for key in self.defaults if (fix := _fractions(hints[key])) is not None}


def _fractions(hint: Any) -> Callable[[Any], object] | None:
    """What makes the whole numbers of a field into fractions, where its type has fractions; else None."""
    if hint is float or (float in get_args(hint) and get_origin(hint) is not tuple):
        return lambda value: float(value) if type(value) is int else value
    if get_origin(hint) is not tuple:
        return None
    fixes = [_fractions(each) for each in get_args(hint)]
    if not any(fixes):
        return None
    if get_args(hint)[1:] == (...,):
        return lambda value: tuple(fixes[0](item) if fixes[0] else item for item in value)
    return lambda value: tuple(fix(item) if fix else item for fix, item in zip(fixes, value, strict=True))


def _default(value: object, factory: Any) -> object:
    return factory() if factory is not MISSING else value


_FORMS: dict[type, _Form] = {kind: _Form(name, kind) for name, kind in _KINDS.items() if not issubclass(kind, Enum)}
_ENUMS: dict[type, str] = {kind: name for name, kind in _KINDS.items() if issubclass(kind, Enum)}


def _plain(value: object) -> object:
    """The value in what JSON has: dict, list, str, numbers, bool, None."""
    if value is None or type(value) in (str, int, bool):
        return value
    if type(value) is float:
        return value + 0.0  # -0.0 equals 0.0, so it is written like it
    if type(value) is tuple:
        return [_plain(item) for item in value]
    if isinstance(value, Enum) and type(value) in _ENUMS:
        return {"$": _ENUMS[type(value)], "value": value.value}
    form = _FORMS.get(type(value))
    if form is None:
        raise TypeError(f"{type(value).__qualname__} has no stored form")
    plain: dict[str, object] = {"$": form.name}
    for key, default in form.defaults.items():
        item = getattr(value, key)
        if item != default:
            plain[key] = _plain(form.fractions[key](item) if key in form.fractions else item)
    return plain


def _from_object(stored: dict[str, Any]) -> object:
    """What one JSON object stands for; those inside it are done already."""
    name = stored.pop("$", None)
    read = _READERS.get(name) if isinstance(name, str) else None
    if read is None:
        raise StoredError(f"found an object of kind {name!r}; known are {', '.join(sorted(_READERS))}")
    return read(stored)


def _dataclass_reader(form: _Form) -> Callable[[dict[str, Any]], object]:
    def read(stored: dict[str, Any]) -> object:
        if not form.required <= stored.keys() <= form.known:
            found = ", ".join(sorted(stored)) or "nothing"
            raise StoredError(f"“{form.name}” has {found}; expected {', '.join(sorted(form.required))}")
        return form.kind(**{key: _tuples(value) if type(value) is list else value for key, value in stored.items()})

    return read


def _enum_reader(name: str, kind: type) -> Callable[[dict[str, Any]], object]:
    members: Mapping[object, object] = {member.value: member for member in kind}  # type: ignore[attr-defined]

    def read(stored: dict[str, Any]) -> object:
        value = stored.get("value")
        if not isinstance(value, str | int) or value not in members:
            raise StoredError(f"“{name}” is {value!r}; expected one of {', '.join(map(str, members))}")
        return members[value]

    return read


_READERS: dict[str, Callable[[dict[str, Any]], object]] = {
    **{form.name: _dataclass_reader(form) for form in _FORMS.values()},
    **{name: _enum_reader(name, kind) for kind, name in _ENUMS.items()},
}


def _tuples(value: object) -> object:
    """The value with its lists as tuples. Only lists in lists are left to be done."""
    return tuple(map(_tuples, value)) if type(value) is list else value
