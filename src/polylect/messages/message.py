"""A message: a whole thought of a course that can be translated, as text with placeholders.

Inline markup, formulas, code and variables are numbered placeholders, so that a translator can move them and
can break nothing::

    Click <1>Save</1> to keep <a2>your work</a2>: <math3/> of it is in <code4/>.

`<1>…</1>` is a pair around words, `<3/>` stands alone. The number says which placeholder of the source it is,
letters before it what must not get lost: `a` a link, `img` a picture, `field` a place to answer in (once
each); `math` a formula, `code` code, `var` a variable of an exercise (at least once). A number alone is
emphasis or a line break: a translation can do without.

What looks like a placeholder in the course's own words is written with a backslash before it, `\\<1>`; a
backslash that stands right before a placeholder is doubled. Backslashes elsewhere, and every other `<`, are
just themselves.
"""

import re
from dataclasses import dataclass
from enum import Enum

from polylect.issues import Issue, Place, Severity, declare

BLANK = declare("message-blank", Severity.ERROR, "The translation is empty. Write the text, or leave it untranslated.")
LOST = declare(
    "message-placeholder-lost",
    Severity.ERROR,
    "{placeholder} is missing. Put {placeholder} where it belongs in the sentence.",
)
LOST_PAIR = declare(
    "message-emphasis-lost",
    Severity.WARNING,
    "{placeholder} of the source is not in the translation. Leave it out only if the sentence does not need it.",
)
UNKNOWN = declare(
    "message-placeholder-unknown",
    Severity.ERROR,
    "{placeholder} is not in the source. Take it out, or write \\{placeholder} to show these characters as they are.",
)
TWICE = declare("message-placeholder-twice", Severity.ERROR, "{placeholder} is there {count} times. Use it once.")
UNPAIRED = declare(
    "message-placeholder-unpaired",
    Severity.ERROR,
    "{placeholder} has no partner in the right place. Pairs such as <1>…</1> go around words, one inside the other.",
)
BAD_ADDRESS = declare(
    "message-address",
    Severity.ERROR,
    "“{address}” cannot be used as an address. Write https://, http://, mailto: or tel:, or a path of the course.",
)

OTHER_HOST = declare(
    "message-address-elsewhere",
    Severity.ERROR,
    "“{address}” lies on another server than the source's. Put the file among the course's files, and write its path.",
)

_NAMES = ("a", "img", "field", "math", "code", "var")
_ONCE = frozenset({"a", "img", "field"})
_MARK = re.compile(
    rf"(?<!\\)(?P<slashes>\\*)<(?P<close>/?)(?P<name>{'|'.join(_NAMES)})?(?P<number>[0-9]{{1,5}})(?P<alone>/?)>"
)
VARIABLE = re.compile(r"\$\{[A-Za-z_]\w*\}|\$[A-Za-z_]\w*")
"""A variable in a text of an exercise that has a script."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SCHEME = re.compile(r"[\s\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|[/\\])[/\\]+([^/\\?#]*)")
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


class Kind(Enum):
    """What a message is in its course, for a translator to know and for lists to sort by."""

    TITLE = "title"
    TEXT = "text"
    HEADING = "heading"
    LABEL = "label"
    CHOICE = "choice"
    HINT = "hint"
    FEEDBACK = "feedback"
    SOLUTION = "solution"
    ANSWER = "answer"
    """Words that a learner's answer is compared with, shown to learners by "show answer"."""
    ALT = "alt"
    """An attribute that is read or shown: a picture's alternative, a tooltip, a field's placeholder."""
    ADDRESS = "address"
    """Where a link leads. Optional: without a target the source's is right. So is that of media."""
    MEDIA = "media"
    """Where a picture, a video or a document lies that the page itself shows."""
    CAPTION = "caption"
    """A sentence of a caption track."""
    NAME = "name"
    """The name of a grading category."""


OPTIONAL_KINDS = frozenset({Kind.ADDRESS, Kind.MEDIA})


class Form(Enum):
    """How a placeholder stands in a text."""

    OPEN = "open"
    CLOSE = "close"
    ALONE = "alone"


@dataclass(frozen=True)
class Mark:
    """A placeholder where it stands in a text. Its number says which one; `name` is one of the words above,
    or empty.
    """

    number: int
    form: Form
    name: str = ""

    def __str__(self) -> str:
        close, alone = ("/" if self.form is form else "" for form in (Form.CLOSE, Form.ALONE))
        return f"<{close}{self.name}{self.number}{alone}>"


@dataclass(frozen=True)
class Placeholder:
    """What a numbered placeholder stands for. `shown`: the source's own characters, for a translator to look
    at.
    """

    number: int
    name: str
    is_pair: bool
    shown: str


@dataclass(frozen=True)
class Message:
    """A text to translate. `role` says where in its block it belongs, and stays while that place stays."""

    role: str
    text: str
    kind: Kind
    reveals: bool = False
    """It gives an answer away: only the course's own translators see it."""
    note: str = ""
    optional: bool = False
    """Without a target the source's text is right for every language; it never counts as untranslated."""
    placeholders: tuple[Placeholder, ...] = ()


@dataclass(frozen=True)
class Target:
    """A message's text in a language, in the same notation."""

    text: str
    language: str
    cuts: tuple[int, ...] = ()
    """Of a caption sentence: where its cues part, as in `captions.compose`, counted in the words without the
    notation.
    """
    made_for: str = ""
    """The source text that it translates, where it came with one. Another one than the message's: it is
    outdated.
    """
    borders: tuple[tuple[int, int], ...] = ()
    """Of a caption sentence: where its cues parted when it was saved (`captions.cutting.Border`). They count while the
    source is cut as it was then; `cuts` come before them.
    """


def split(text: str) -> tuple[str | Mark, ...]:
    """A text of a message as words (backslashes resolved) and placeholders, in order. Neighboring words are
    one string.
    """
    parts: list[str | Mark] = []
    words = ""
    after = 0
    for found in _MARK.finditer(text):
        slashes = len(found["slashes"])
        words += text[after : found.start()] + "\\" * (slashes // 2)
        after = found.end()
        mark = _mark(found)
        if slashes % 2 or mark is None:
            words += text[found.start() + slashes : found.end()]
            continue
        if words:
            parts.append(words)
            words = ""
        parts.append(mark)
    words += text[after:]
    return (*parts, words) if words else tuple(parts)


def join(parts: "tuple[str | Mark, ...] | list[str | Mark]") -> str:
    """The text that `split` takes apart into these parts (neighboring words are read as one)."""
    text = ""
    words = ""
    for part in (*parts, ""):
        if isinstance(part, str):
            words += part
            continue
        text += escape(words, before_mark=True) + str(part)
        words = ""
    return text + escape(words)


def escape(words: str, *, before_mark: bool = False) -> str:
    """Plain words in the notation of messages. `before_mark`: a placeholder follows them directly."""
    escaped = _MARK.sub(lambda found: "\\" * (len(found["slashes"]) + 1) + found[0], words)
    if before_mark:
        ending = len(escaped) - len(escaped.rstrip("\\"))
        escaped += "\\" * ending
    return escaped


def words_of(text: str) -> str:
    """What is left of a text without its placeholders: for plain places, for searching and for counting
    words.
    """
    return "".join(part for part in split(text) if isinstance(part, str))


def without_controls(words: str) -> str:
    """Words without the characters that neither HTML nor XML can hold."""
    return _CONTROLS.sub("", words)


def check(source_text: str, target_text: str, *, kind: Kind = Kind.TEXT) -> tuple[Issue, ...]:
    """What is wrong with a translation's placeholders (or its address), each said to its translator.

    With an error the translation must not be taken as it is; with a warning it may. `Place` is left empty.
    """
    if not words_of(target_text).strip() and words_of(source_text).strip():
        return (BLANK.at(Place()),)
    if kind in OPTIONAL_KINDS:
        address = words_of(target_text)
        if not is_safe_address(address):
            return (BAD_ADDRESS.at(Place(), address=address),)
        is_elsewhere = kind is Kind.MEDIA and host(address) not in ("", host(words_of(source_text)))
        return (OTHER_HOST.at(Place(), address=address),) if is_elsewhere else ()
    source = {
        mark.number: mark for mark in split(source_text) if isinstance(mark, Mark) and mark.form is not Form.CLOSE
    }
    return (*_unpaired(source, target_text), *_miscounted(source, target_text))


def is_safe_address(address: str) -> bool:
    """Whether a page may link to it: a web, mail or telephone address, or one relative to the course."""
    if any(character < " " or character == "\x7f" for character in address.strip()):
        return False
    scheme = _SCHEME.match(address)
    return scheme is None or scheme[1].lower() in _SAFE_SCHEMES


def host(address: str) -> str:
    """The server of a web address, in lower case, with its port; empty for an address relative to the course."""
    found = _HOST.match(address)
    return found[1].lower() if found else ""


def _mark(found: re.Match[str]) -> Mark | None:
    if found["close"] and found["alone"]:
        return None
    form = Form.CLOSE if found["close"] else Form.ALONE if found["alone"] else Form.OPEN
    return Mark(int(found["number"]), form, found["name"] or "")


def _unpaired(source: dict[int, Mark], target_text: str) -> list[Issue]:
    """Placeholders that the source does not have in this form, and pairs that cross or stay open."""
    issues: list[Issue] = []
    open_pairs: list[Mark] = []
    for mark in split(target_text):
        if isinstance(mark, str):
            continue
        known = source.get(mark.number)
        if known is None or (known.name != mark.name):
            issues.append(UNKNOWN.at(Place(), placeholder=mark))
        elif (known.form is Form.ALONE) != (mark.form is Form.ALONE):
            issues.append(UNPAIRED.at(Place(), placeholder=mark))
        elif mark.form is Form.OPEN:
            open_pairs.append(mark)
        elif mark.form is Form.CLOSE:
            if not open_pairs or open_pairs[-1].number != mark.number:
                issues.append(UNPAIRED.at(Place(), placeholder=mark))
            if any(pair.number == mark.number for pair in open_pairs):
                while open_pairs.pop().number != mark.number:
                    pass
    return issues + [UNPAIRED.at(Place(), placeholder=mark) for mark in open_pairs]


def _miscounted(source: dict[int, Mark], target_text: str) -> list[Issue]:
    issues: list[Issue] = []
    used = [part.number for part in split(target_text) if isinstance(part, Mark) and part.form is not Form.CLOSE]
    for number, mark in source.items():
        count = used.count(number)
        if count > 1 and mark.name in _ONCE:
            issues.append(TWICE.at(Place(), placeholder=mark, count=count))
        elif not count:
            issues.append((LOST if mark.name else LOST_PAIR).at(Place(), placeholder=mark))
    return issues
