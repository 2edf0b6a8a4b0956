"""YAML that people wrote by hand: typed fields, and an issue with the line of each one that is not as it should be."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import Node

from polylect.issues import Issue, Place, Severity, declare

NOT_YAML = declare(
    "markdown-yaml",
    Severity.ERROR,
    "This is not YAML: {what}. Lines such as “title: A first meeting” are expected here.",
)
NOT_A_MAPPING = declare(
    "markdown-yaml-mapping",
    Severity.ERROR,
    "Lines such as “title: A first meeting” are expected here, not {found}.",
)
MISSING_FIELD = declare("markdown-missing-field", Severity.ERROR, "“{name}” is missing; here belongs {expected}.")
WRONG_FIELD = declare("markdown-wrong-field", Severity.ERROR, "“{name}” is {found}; here belongs {expected}.")
UNKNOWN_FIELD = declare(
    "markdown-unknown-field",
    Severity.WARNING,
    "“{name}” means nothing here and is left out. Known are: {known}.",
)

_SHOWN_CHARACTERS = 80
_DEEPEST = 50
"""Levels of lists and mappings in one another; a course needs about ten."""


@dataclass
class Fields:
    """The fields of one mapping. Each `take…` checks one and notes it as known; `finish` reports the others."""

    values: Mapping[str, Any]
    file: str
    issues: list[Issue]
    first_line: int = 1
    known: list[str] = field(default_factory=list)

    def line_of(self, name: str) -> int:
        lines = getattr(self.values, "lc", None)
        try:
            return self.first_line + int(lines.key(name)[0]) if lines is not None else self.first_line
        except (KeyError, TypeError):  # a mapping without fields knows no lines
            return self.first_line

    def place(self, name: str = "") -> Place:
        return Place(self.file, self.line_of(name) if name in self.values else self.first_line)

    def _take(self, name: str, expected: str, required: bool) -> Any:
        self.known.append(name)
        value = self.values.get(name)
        if value is None and required:
            self.issues.append(MISSING_FIELD.at(self.place(name), name=name, expected=expected))
        return value

    def _wrong(self, name: str, expected: str) -> None:
        found = _named(self.values[name])
        self.issues.append(WRONG_FIELD.at(self.place(name), name=name, found=found, expected=expected))

    def text(self, name: str, *, required: bool = False, expected: str = "a text") -> str:
        """A text or a number as text; empty where it is missing or wrong."""
        value = self._take(name, expected, required)
        if value is None:
            return ""
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return str(value).strip()
        self._wrong(name, expected)
        return ""

    def number(
        self, name: str, default: float | None = None, *, expected: str = "a number such as 0.5"
    ) -> float | None:
        value = self._take(name, expected, False)
        if value is None:
            return default
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        self._wrong(name, expected)
        return default

    def one_of(self, name: str, known: Mapping[str, str], usual: str) -> str:
        """What the word means that stands there; `usual` where none does, or none that is known."""
        expected = f"one of {', '.join(known)}"
        word = self.text(name, expected=expected)
        if word and word not in known:
            self._wrong(name, expected)
        return known.get(word, usual)

    def flag(self, name: str) -> bool:
        value = self._take(name, "true or false", False)
        if isinstance(value, bool) or value is None:
            return bool(value)
        self._wrong(name, "true or false")
        return False

    def texts(self, name: str, *, required: bool = False, expected: str = "a list of texts") -> tuple[str, ...]:
        value = self._take(name, expected, required)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
            return tuple(value)
        self._wrong(name, expected)
        return ()

    def mapping(self, name: str, *, expected: str) -> Mapping[str, str]:
        value = self._take(name, expected, False)
        if value is None:
            return {}
        if isinstance(value, Mapping) and all(isinstance(entry, str) for entry in value.values()):
            return {str(key): entry for key, entry in value.items()}
        self._wrong(name, expected)
        return {}

    def words(self, name: str, *, expected: str) -> str | None:
        """A list of words, or one word, with a space between them; None where the field is missing or wrong."""
        value = self._take(name, expected, False)
        listed = value if isinstance(value, list) else [value]
        if value is not None and all(isinstance(entry, str | int) and not isinstance(entry, bool) for entry in listed):
            return " ".join(str(entry) for entry in listed)
        if value is not None:
            self._wrong(name, expected)
        return None

    def inner(self, name: str, *, expected: str) -> "Fields":
        """The fields of a mapping within this one; none where it is missing, or something else."""
        value = self._take(name, expected, False)
        if value is not None and not isinstance(value, Mapping):
            self._wrong(name, expected)
        return Fields(value if isinstance(value, Mapping) else {}, self.file, self.issues, self.first_line)

    def is_list(self, name: str) -> bool:
        return isinstance(self.values.get(name), list)

    def nested(self, name: str, *, required: bool = False, expected: str) -> list["Fields"]:
        """A list of mappings; entries that are something else are issues, and left out."""
        value = self._take(name, expected, required)
        if value is None:
            return []
        if not isinstance(value, list):
            self._wrong(name, expected)
            return []
        found = []
        for number, entry in enumerate(value):
            line = self.first_line + int(value.lc.item(number)[0]) if hasattr(value, "lc") else self.first_line
            if isinstance(entry, Mapping):
                found.append(Fields(entry, self.file, self.issues, self.first_line))
            else:
                self.issues.append(
                    WRONG_FIELD.at(Place(self.file, line), name=name, found=_named(entry), expected=expected)
                )
        return found

    def finish(self) -> None:
        """Reports the fields that nothing asked for."""
        for name in self.values:
            if name not in self.known:
                self.issues.append(
                    UNKNOWN_FIELD.at(self.place(str(name)), name=name, known=", ".join(sorted(set(self.known))))
                )


def read_fields(text: str, file: str, issues: list[Issue], *, first_line: int = 1) -> Fields:
    """Reads a YAML mapping that begins at `first_line` of `file`. What is no mapping is an issue, and no fields."""
    yaml = YAML(typ="rt")
    yaml.Composer = _Bounded
    try:
        value = yaml.load(text)
    except MarkedYAMLError as error:
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        issues.append(NOT_YAML.at(Place(file, line), what=error.problem or "it cannot be read"))
        value = None
    except (YAMLError, ValueError) as error:
        issues.append(NOT_YAML.at(Place(file, first_line), what=str(error).splitlines()[0]))
        value = None
    else:
        if value is not None and not isinstance(value, CommentedMap):
            kind = "a list" if isinstance(value, list) else "a single text"
            issues.append(NOT_A_MAPPING.at(Place(file, first_line), found=kind))
            value = None
    return Fields(value if value is not None else {}, file, issues, first_line)


class _Bounded(Composer):
    """No `*name`, which puts in again what stands elsewhere (ten lines of it can stand for a million), and no nesting
    without end, which is found here before the scanner has read on: its time grows with the square of the depth."""

    _depth = 0

    def compose_node(self, parent: Node | None, index: object) -> Node | None:
        mark = self.parser.peek_event().start_mark
        if self.parser.check_event(AliasEvent):
            problem = "a repetition (*name) is not understood here; write the text itself"
            raise ComposerError(None, None, problem, mark)
        if self._depth == _DEEPEST:
            raise ComposerError(None, None, f"it is nested deeper than {_DEEPEST} levels", mark)
        self._depth += 1
        node: Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


def _named(value: object) -> str:
    """What stands where something else belongs."""
    if isinstance(value, list | tuple | Set):
        return "a list"
    return "a mapping" if isinstance(value, Mapping) else f"“{str(value)[:_SHOWN_CHARACTERS]}”"
