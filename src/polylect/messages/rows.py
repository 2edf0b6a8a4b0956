"""What a file says about the texts of a course in one language: a row for each, the same in every exchange form.

A row carries its base: a mark of the translation that it left with. Whoever takes the file in again (`merging`) can
tell by it what was changed in the file, and what was changed here since.
"""

import re
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from polylect.issues import Issue
from polylect.messages.message import Kind, Placeholder, join, split, without_controls

_BASE = re.compile(r"(?P<digest>b[0-9a-f]{12}|none)(?::(?P<cuts>-?[0-9]{1,9}(?: -?[0-9]{1,9})*))?")
_NUMBERS = re.compile(r"-?[0-9]{1,9}(?: -?[0-9]{1,9})*")
_MOST_SHOWN = 80


class State(Enum):
    """Where a text stands in a language, as a file tells its reader."""

    MISSING = "missing"
    OUTDATED = "outdated"
    TRANSLATED = "translated"
    APPROVED = "approved"


@dataclass(frozen=True)
class Head:
    """What a file says about itself. Empty where it says nothing; languages are canonical BCP 47 tags."""

    course: str = ""
    """ORG+CODE."""
    source_language: str = ""
    language: str = ""


@dataclass(frozen=True)
class Base:
    """The translation that a row left with: a digest of its text (`none`: there was none), and its cuts."""

    digest: str
    cuts: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.digest}:{numbers(self.cuts)}" if self.cuts else self.digest


@dataclass(frozen=True)
class Row:
    """A text and its translation, in the notation of messages.

    `key`: the message's uuid, `place`: `CODE|ROLE`; empty where the file does not say. `source`: its source text in the
    file. `made_for`: the source text that the translation was made for; empty: `source`. `cuts` None: the form cannot
    say where cues part; `base` None: the file does not say what it left with. `is_unsure`: its translator marked it as
    not finished. `line` counts from 1, in a file that was read. All others are for the file's reader, and are only
    written.
    """

    key: str = ""
    place: str = ""
    source: str = ""
    text: str = ""
    made_for: str = ""
    cuts: tuple[int, ...] | None = None
    base: Base | None = None
    is_unsure: bool = False
    line: int = 0
    kind: Kind = Kind.TEXT
    state: State = State.MISSING
    note: str = ""
    reveals: bool = False
    optional: bool = False
    placeholders: tuple[Placeholder, ...] = ()

    @property
    def is_as_it_left(self) -> bool:
        """Whether its text is known to be the one that the file left with."""
        return self.base is not None and self.base.digest == digest(self.text)


@dataclass(frozen=True)
class Read:
    """What was read of a file."""

    head: Head
    rows: tuple[Row, ...] = ()
    issues: tuple[Issue, ...] = ()


def base_of(text: str, cuts: tuple[int, ...] = ()) -> Base:
    """The base of a row that leaves with this translation; an empty text is none."""
    return Base(digest(text), cuts if text else ())


def parse_base(written: str) -> Base | None:
    """A base as `str` writes it, or None."""
    found = _BASE.fullmatch(written.strip())
    return Base(found["digest"], parse_numbers(found["cuts"] or "")) if found else None


def digest(text: str) -> str:
    """A short mark of a text, alike for texts that say the same (`comparable`). Its first letter keeps spreadsheets
    from taking it for a number."""
    compared = comparable(text)
    return f"b{sha256(compared.encode()).hexdigest()[:12]}" if compared else "none"


def comparable(text: str) -> str:
    """A text so that two which differ only in what files cannot keep are equal: without control characters, lines ended
    alike, its placeholders in one spelling."""
    plain = without_controls(text).replace("\r\n", "\n").replace("\r", "\n")
    return join(split(plain)) if "<" in plain else plain


def numbers(cuts: tuple[int, ...]) -> str:
    """Cuts as files write them: `12 30`."""
    return " ".join(map(str, cuts))


def parse_numbers(written: str) -> tuple[int, ...]:
    """Cuts as `numbers` writes them; none where it is something else."""
    written = written.strip()
    return tuple(map(int, written.split())) if _NUMBERS.fullmatch(written) else ()


def place_of(code: str, role: str) -> str:
    """Where a message stands, as files name it."""
    return f"{code}|{role}"


def warnings(row: Row) -> list[str]:
    """What a translator must keep in mind, in a few words each."""
    said = {"gives an answer away": row.reveals, "leave it empty where the source's is right": row.optional}
    return [words for words, is_so in said.items() if is_so]


def notes(row: Row) -> list[str]:
    """What a translator should know: the author's note, and what each placeholder stands for."""
    shown = [f"{one.number}: {' '.join(one.shown.split())}" for one in row.placeholders]
    note = "\n".join(without_controls(row.note).splitlines())  # no other ends of lines: comments of PO end with them
    return [note, *shown] if note else shown


def shortened(text: str) -> str:
    """The beginning of a text, for a sentence about it."""
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"
