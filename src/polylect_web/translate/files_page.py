"""Files of translations on the site: what may be chosen, what would become of a file, and what is carried from looking
at it to taking it in.

Nothing of a file is kept between the two: the rows that bring something new travel in the form, packed. When they come
back they are merged again, with what is here by then.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from polylect import languages
from polylect.issues import Issue, Severity
from polylect.messages import exchange as forms
from polylect.messages.exchange import Form
from polylect.messages.merging import Merged, Outcome
from polylect.messages.rows import Head, Row, parse_base
from polylect_web.foundation.issues import sentence
from polylect_web.texts.exchange import Merge
from polylect_web.texts.queries import State
from polylect_web.translate.desk import Desk

MOST_BYTES = settings.LONGEST_REQUEST_BYTES - 64 * 1024
"""Of a file: what a request may hold, less what a form has around it."""
MOST_PACKED_CHARS = settings.DATA_UPLOAD_MAX_MEMORY_SIZE - 64 * 1024
MOST_SHOWN = 50
"""How many conflicts, and how many things that are wrong, a page shows; all of them are counted."""

_MOST_UNPACKED_BYTES = 16 * 2**20
_PIECE_CHARS = 32 * 1024
_NO_NUMBER = 10**9  # no text is so long
_NEEDS_EYES = (Outcome.TAKEN, Outcome.CONFLICT, Outcome.UNSURE, Outcome.OUTDATED, Outcome.REFUSED, Outcome.UNKNOWN)


@dataclass(frozen=True)
class Line:
    """How many texts become what. `matters`: something comes of it."""

    count: int
    words: str
    matters: bool


@dataclass(frozen=True)
class Conflict:
    """A text that was translated here and in the file, differently. `address`: where it stands in the workbench; empty
    for one that this version does not have."""

    address: str
    place: str
    line: int
    source: str
    here: str
    file: str


@dataclass(frozen=True)
class Looked:
    """What would become of a file. `packed`: what taking it in needs; empty where nothing is new, or it is too much."""

    file: str
    lines: tuple[Line, ...]
    conflicts: tuple[Conflict, ...]
    more_conflicts: int
    wrong: tuple[str, ...]
    more_wrong: int
    packed: str = ""
    is_too_much: bool = False


def form_choices() -> list[tuple[str, str]]:
    """The forms, with what each is for."""
    return [
        (Form.PO.value, _("PO: Poedit, Weblate and other programs of gettext")),
        (Form.XLIFF.value, _("XLIFF 2: OmegaT, Trados and other translators' programs")),
        (Form.TABLE.value, _("CSV: a table for a spreadsheet")),
        (Form.BUNDLE.value, _("JSON: a message bundle for a wiki")),
    ]


def state_choices() -> list[tuple[str, str]]:
    """Which texts may be asked for: a word for each choice, and what it says."""
    return [
        ("", _("all")),
        ("left", _("what is missing or outdated")),
        (State.TRANSLATED.value, _("what is translated and not approved")),
        (State.APPROVED.value, _("what is approved")),
    ]


def states_of(word: str) -> tuple[State, ...]:
    """The states that a choice stands for; none: all."""
    if word == "left":
        return (State.MISSING, State.OUTDATED)
    return tuple(state for state in (State.TRANSLATED, State.APPROVED) if state.value == word)


def form_of(word: str) -> Form:
    """The form of this name; PO where there is none."""
    return next((form for form in Form if form.value == word), Form.PO)


def pieces(form: Form, head: Head, rows: Iterable[Row]) -> Iterator[bytes]:
    """A file in pieces that are worth sending."""
    waiting, size = list[str](), 0
    for piece in forms.write(form, head, rows):
        waiting.append(piece)
        size += len(piece)
        if size >= _PIECE_CHARS:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    if waiting:
        yield "".join(waiting).encode()


def refusal(content: bytes | None) -> str:
    """Why a file is not looked at: there is none, or it is too large."""
    if content is None:
        return _("Choose a file first.")
    said = _("This file is larger than {limit} MB. Save a file for each lesson, or only what is missing.")
    return said.replace("{limit}", str(MOST_BYTES // 10**6))


def other_language(said: str, target: str) -> str:
    """Why a file is not taken in here: it says that it is in another language."""
    sentence = _("This file says that it is in {said}, but this page is for {target}. Check that it is the right file.")
    return sentence.replace("{said}", languages.autonym(said)).replace("{target}", languages.autonym(target))


def told(issues: Iterable[Issue]) -> list[str]:
    """What is wrong, each with its line, what keeps a text out first."""
    in_order = sorted(issues, key=lambda issue: issue.severity is not Severity.ERROR)
    return [_at_line(issue) for issue in in_order]


def looked(desk: Desk, file: str, merge: Merge, issues: Sequence[Issue]) -> Looked:
    """What would become of a file, for its page."""
    lesson_of = {code: lesson.code for lesson in desk.lessons for code, _content_hash in lesson.places}
    conflicts = [_conflict(desk, one, lesson_of) for one in merge.merged if one.outcome is Outcome.CONFLICT]
    wrong = told([*issues, *(issue for one in merge.merged for issue in one.issues)])
    packed = pack(one.row for one in merge.merged if one.translation is not None) if merge.is_new else ""
    is_too_much = len(packed) > MOST_PACKED_CHARS
    return Looked(
        file,
        tuple(_lines(merge, desk.rights.may_translate)),
        tuple(conflicts[:MOST_SHOWN]),
        max(0, len(conflicts) - MOST_SHOWN),
        tuple(wrong[:MOST_SHOWN]),
        max(0, len(wrong) - MOST_SHOWN),
        "" if is_too_much else packed,
        is_too_much,
    )


def pack(rows: Iterable[Row]) -> str:
    """Rows as a text for a form; `unpack` gives them back."""
    plain = [
        [row.key, row.place, row.source, row.text, row.made_for, row.cuts, str(row.base or ""), row.is_unsure, row.line]
        for row in rows
    ]
    written = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(zlib.compress(written, 9)).decode()


def unpack(packed: str) -> tuple[Row, ...] | None:
    """The rows that `pack` packed; None where it is something else, or unpacks to more than a file may hold."""
    try:
        unpacker = zlib.decompressobj()
        written = unpacker.decompress(base64.urlsafe_b64decode(packed.encode("ascii")), _MOST_UNPACKED_BYTES)
        if not unpacker.eof:
            return None
        return tuple(_row(values) for values in json.loads(written))
    except (binascii.Error, zlib.error, ValueError, TypeError, RecursionError):
        return None


def _at_line(issue: Issue) -> str:
    if not issue.place.line:
        return sentence(issue)
    return _("Line {line}: {issue}").replace("{line}", str(issue.place.line)).replace("{issue}", sentence(issue))


def _conflict(desk: Desk, one: Merged, lesson_of: Mapping[str, str]) -> Conflict:
    standing = one.standing
    if standing is None:
        raise ValueError(one)
    here = standing.current.text if standing.current else ""
    lesson = lesson_of.get(standing.place.partition("|")[0])
    address = desk.address("translation_line", lesson, standing.key) if lesson else ""
    return Conflict(address, standing.place, one.row.line, standing.text, here, one.row.text)


def _lines(merge: Merge, may_translate: bool) -> Iterator[Line]:
    words = {
        Outcome.TAKEN: _("new: becomes the translation") if may_translate else _("new: kept as a suggestion"),
        Outcome.CONFLICT: _("another translation stands here: yours is kept as a suggestion"),
        Outcome.UNSURE: _("marked as not finished: kept as a suggestion"),
        Outcome.OUTDATED: _("made for an earlier text: kept, but never in place of a valid one"),
        Outcome.REFUSED: _("left out, because something in it is wrong"),
        Outcome.UNKNOWN: _("left out, because the course has no such text"),
        Outcome.KNOWN: _("here already, as a suggestion or an earlier translation"),
        Outcome.SAME: _("here already"),
        Outcome.UNCHANGED: _("not changed in the file"),
        Outcome.EMPTY: _("not translated"),
    }
    for outcome, said in words.items():
        if count := merge.counts.get(outcome, 0):
            yield Line(count, said, outcome in _NEEDS_EYES)


def _row(values: Sequence[object]) -> Row:
    """A row as `pack` wrote it. Raises ValueError or TypeError for anything else."""
    key, place, source, text, made_for, cuts, base, is_unsure, line = values
    return Row(
        key=_word(key),
        place=_word(place),
        source=_word(source),
        text=_word(text),
        made_for=_word(made_for),
        cuts=tuple(_number(one) for one in cuts) if isinstance(cuts, list) else None,
        base=parse_base(_word(base)),
        is_unsure=bool(is_unsure),
        line=_number(line),
    )


def _word(value: object) -> str:
    """A text with whole characters only."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value.encode().decode()


def _number(value: object) -> int:
    if not isinstance(value, int) or abs(value) >= _NO_NUMBER:
        raise TypeError(value)
    return value
