"""Message bundles: the JSON pages of MediaWiki's Translate extension, one object of keys and texts.

The rules are those by which Translate accepts or refuses a page (MessageBundleContent and MessageBundleStore
of the extension, as of 2026): one wrong key or text, and the wiki refuses all of it. So `write` leaves out
what would be refused, and `read` takes the rest; both say what was wrong. Our own bundles use message uuids
as keys; `wikilearn` knows WikiLearn's.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from polylect import languages
from polylect.issues import Issue, Place, Severity, declare

LONGEST_KEY_BYTES = 100
LARGEST_PAGE_BYTES = 2 * 1024 * 1024
"""MediaWiki's own limit for a page, unless a wiki changed it."""
METADATA = "@metadata"

_KEY = re.compile(r"[a-zA-Z0-9_.-]+")
_NUMBER = re.compile(r"0|-?[1-9][0-9]*")
_BLANK = " \t\n\r\0\x0b"
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"(?P<is_key>\s*:)?')
_SURROGATE = re.compile("[\ud800-\udfff]")
_FIELDS = ("sourceLanguage", "priorityLanguages", "allowOnlyPriorityLanguages", "description", "label")

NOT_JSON = declare("bundle-json", Severity.ERROR, "This is not JSON: {reason}.")
NOT_AN_OBJECT = declare("bundle-object", Severity.ERROR, "A message bundle is one JSON object, {{…}}; this is {found}.")
BAD_KEY = declare(
    "bundle-key",
    Severity.ERROR,
    "The key “{key}” cannot be used. A key is made of A to Z, a to z, digits, hyphens, underscores and dots.",
)
LONG_KEY = declare("bundle-key-long", Severity.ERROR, "The key “{key}” has {size} bytes; a key has {limit} at most.")
NUMBER_KEY = declare(
    "bundle-key-number",
    Severity.ERROR,
    "The key “{key}” is a number, which the wiki's program does not take for a name. Put a letter before it.",
)
TWICE = declare("bundle-key-twice", Severity.WARNING, "The key “{key}” is there twice. The last text counts.")
NOT_TEXT = declare("bundle-value", Severity.ERROR, "The value of “{key}” is {found}; it must be a text in quotes.")
BLANK = declare("bundle-blank", Severity.ERROR, "The text of “{key}” is blank. Write it, or take the key out.")
BROKEN = declare(
    "bundle-broken-character",
    Severity.ERROR,
    "The text of “{key}” has half a character (a lone surrogate). Write the whole character.",
)
BAD_FIELD = declare(
    "bundle-metadata-field",
    Severity.ERROR,
    "@metadata has “{field}”. It can have description, label, sourceLanguage, priorityLanguages and "
    "allowOnlyPriorityLanguages.",
)
BAD_METADATA = declare("bundle-metadata", Severity.ERROR, "{field} in the bundle is {found}; it must be {expected}.")
TOO_LARGE = declare(
    "bundle-size", Severity.ERROR, "The bundle has {size} bytes; a wiki page has {limit} at most. Make several."
)


@dataclass(frozen=True)
class Metadata:
    """What a bundle says about itself. None, or empty, where it says nothing. Language codes are the wiki's
    (`pt-br`).
    """

    source_language: str | None = None
    priority_languages: tuple[str, ...] | None = None
    allow_only_priority_languages: bool | None = None
    description: str | None = None
    label: str | None = None


@dataclass(frozen=True)
class Bundle:
    """The texts of a bundle by key, in its order."""

    messages: Mapping[str, str] = field(default_factory=dict)
    metadata: Metadata = Metadata()


def read(text: str, file: str = "") -> tuple[Bundle, list[Issue]]:
    """The bundle in a page or file. What the wiki would refuse is left out, each with its issue."""
    pairs, issue = _pairs(text, file)
    if issue is not None:
        return Bundle(), [issue]
    lines = _lines_of_keys(text)
    messages: dict[str, str] = {}
    metadata = Metadata()
    issues: list[Issue] = []
    seen: set[str] = set()
    for key, value in pairs:
        place = Place(file, lines.get(key, 0))
        if key in seen:
            issues.append(TWICE.at(place, key=key))
        seen.add(key)
        if key == METADATA:
            metadata, wrong = _read_metadata(value, place)
        else:
            wrong = list(_wrong(key, value, place))
            messages.pop(key, None)
            if not wrong:
                messages[key] = str(value)
        issues += wrong
    return Bundle(messages, metadata), issues


def write(bundle: Bundle, file: str = "") -> tuple[str, list[Issue]]:
    """The page of a bundle, as a wiki takes it. What it would refuse is left out, each with its issue."""
    page: dict[str, object] = {}
    metadata = _metadata_object(bundle.metadata)
    if metadata:
        page[METADATA] = metadata
    issues: list[Issue] = []
    for key, text in bundle.messages.items():
        wrong = list(_wrong(key, text, Place(file)))
        issues += wrong
        if not wrong:
            page[key] = text
    written = json.dumps(page, ensure_ascii=False, indent=1)
    size = len(written.encode("utf-8", "surrogatepass"))
    if size > LARGEST_PAGE_BYTES:
        issues.append(TOO_LARGE.at(Place(file), size=size, limit=LARGEST_PAGE_BYTES))
    return written, issues


def wiki_code(language: str) -> str:
    """A language as the wiki names it: MediaWiki writes tags in lower case."""
    return language.lower()


def _pairs(text: str, file: str) -> tuple[list[tuple[str, object]], Issue | None]:
    """The members of the object, also those named twice."""
    outermost: list[tuple[str, object]] = []

    def members(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal outermost
        outermost = pairs
        return dict(pairs)

    try:
        value = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=members)
    except json.JSONDecodeError as error:
        return [], NOT_JSON.at(Place(file, error.lineno), reason=error.msg)
    except RecursionError:
        return [], NOT_JSON.at(Place(file), reason="it is nested too deep")
    except ValueError as error:
        return [], NOT_JSON.at(Place(file), reason=error)
    if not isinstance(value, dict):
        return [], NOT_AN_OBJECT.at(Place(file, 1), found=_named(value))
    return outermost, None


def _lines_of_keys(text: str) -> dict[str, int]:
    """The line of each key that stands in the text; of one that stands there twice, the first."""
    lines: dict[str, int] = {}
    line, counted = 1, 0
    for found in _STRING.finditer(text):
        if found["is_key"]:
            line += text.count("\n", counted, found.start())
            counted = found.start()
            lines.setdefault(found[0].rstrip(": \t\r\n")[1:-1], line)
    return lines


def _wrong(key: str, value: object, place: Place) -> Iterator[Issue]:
    size = len(key.encode("utf-8", "surrogatepass"))
    shown = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", key)
    if size > LONGEST_KEY_BYTES:
        yield LONG_KEY.at(place, key=shown, size=size, limit=LONGEST_KEY_BYTES)
    elif not _KEY.fullmatch(key):
        yield BAD_KEY.at(place, key=shown)
    elif _NUMBER.fullmatch(key):
        yield NUMBER_KEY.at(place, key=shown)
    if not isinstance(value, str):
        yield NOT_TEXT.at(place, key=shown, found=_named(value))
    elif not value.strip(_BLANK):
        yield BLANK.at(place, key=shown)
    elif _SURROGATE.search(value):
        yield BROKEN.at(place, key=shown)


def _read_metadata(value: object, place: Place) -> tuple[Metadata, list[Issue]]:
    if not isinstance(value, dict):
        return Metadata(), [BAD_METADATA.at(place, field=METADATA, found=_named(value), expected="an object")]
    issues = [BAD_FIELD.at(place, field=name) for name in value if name not in _FIELDS]

    def taken(name: str, kind: type, expected: str) -> object:
        found = value.get(name)
        if found is None or isinstance(found, kind):
            return found
        issues.append(BAD_METADATA.at(place, field=name, found=_named(found), expected=expected))
        return None

    def text(name: str) -> str | None:
        found = taken(name, str, "a text in quotes")
        return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", found) if isinstance(found, str) else None

    source = text("sourceLanguage")
    priority = taken("priorityLanguages", list, "a list of language codes")
    only = taken("allowOnlyPriorityLanguages", bool, "true or false")
    codes = [code for code in priority if _is_code(code)] if isinstance(priority, list) else []
    strange = [code for code in priority if not _is_code(code)] if isinstance(priority, list) else []
    if source is not None and not _is_code(source):
        strange.append(source)
        source = None
    issues += [
        BAD_METADATA.at(place, field="A language", found=f"“{code}”", expected="a code such as pt-br")
        for code in strange
    ]
    metadata = Metadata(
        source_language=source,
        priority_languages=tuple(codes) if isinstance(priority, list) else None,
        allow_only_priority_languages=only if isinstance(only, bool) else None,
        description=text("description"),
        label=text("label"),
    )
    return metadata, issues


def _is_code(value: object) -> bool:
    return isinstance(value, str) and languages.canonical(value) is not None


def _metadata_object(metadata: Metadata) -> dict[str, object]:
    priority = metadata.priority_languages
    values = (
        metadata.source_language,
        list(priority) if priority is not None else None,
        metadata.allow_only_priority_languages,
        metadata.description,
        metadata.label,
    )
    return {name: value for name, value in zip(_FIELDS, values, strict=True) if value is not None}


def _named(value: object) -> str:
    """A JSON value by its kind, for a sentence."""
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
