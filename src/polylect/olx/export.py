"""The files of an export while they are read: as text, as XML and as JSON, with the issues that come up.

Nobody knows what wrote these files, so nothing in them is taken for granted: not their encoding, not that XML is XML.
No document type is ever processed, so no entity can expand and nothing outside is asked for.
"""

import codecs
import html.entities
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from polylect.course.files import Folder
from polylect.issues import Issue, IssueKind, Place, Severity, declare

MAX_TEXT_BYTES = 8 * 2**20
"""The longest file that is read as text, XML or JSON."""
MAX_READ_BYTES = 2**26
"""How much is read in all: a file that is named a thousand times is read a thousand times."""

BROKEN_XML = declare(
    "olx-xml", Severity.ERROR, "This is not well-formed XML: {reason}. It is read as far as it can be understood."
)
BROKEN_ROOT = declare(
    "olx-root-xml",
    Severity.ERROR,
    "This is not well-formed XML: {reason}. All of the course hangs on this file, so nothing is read.",
)
NO_XML = declare("olx-no-xml", Severity.ERROR, "This is no XML at all: {reason}. It is kept as it is, and not shown.")
BROKEN_JSON = declare("olx-json", Severity.ERROR, "This cannot be read: {reason}; expected {expected}.")
DOCTYPE = declare(
    "olx-doctype",
    Severity.ERROR,
    "This declares a document type of its own. It is kept, not shown; take out <!DOCTYPE …>.",
)
ENTITY = declare(
    "olx-entity", Severity.NOTE, "“{found}” is a name of HTML's; XML wants the character itself, or “{expected}”."
)
ENCODING = declare(
    "olx-encoding", Severity.WARNING, "This is not UTF-8; it was read as {encoding}. Save it as UTF-8 to be sure."
)
TOO_LARGE = declare("olx-too-large", Severity.ERROR, "This is larger than {limit} bytes, so it is not read.")
TOO_MUCH = declare(
    "olx-too-much", Severity.ERROR, "Files are named so often that this one is not read: over {limit} bytes in all."
)

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
_DECLARED_ENCODING = re.compile(
    rb"""\s*<\?xml[^>]*\bencoding\s*=\s*["']((?:iso-8859-|windows-125|koi8-|gb|big5|shift_jis|euc-)[\w-]*)["']""", re.I
)
_BEFORE_DOCTYPE = re.compile(r"(?>\s|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_PLAIN_DOCTYPE = re.compile(r"<!DOCTYPE[^\[\]<>]*>", re.IGNORECASE)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML_ENTITY = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(\w{2,32});", re.DOTALL)
_JSON_KEY = re.compile(r'"((?:[^"\\\n]|\\.)*+)"\s*:')
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})


@dataclass(frozen=True)
class Parsed:
    """An XML file: its root, its text (the XML declaration blanked, lines in their place), whether it was mended."""

    root: etree._Element
    text: str
    is_broken: bool = False


class Export:
    """The files below the folder that holds `course.xml`, the issues so far, and which files somebody has read."""

    def __init__(self, folder: Folder, root: str = "") -> None:
        self.folder = folder
        self.root = root
        self.issues: list[Issue] = []
        self.used: set[str] = set()
        self.refused: dict[str, str] = {}
        """The texts of XML files that were not read as XML, by path."""
        self.read_bytes = 0
        self.files = tuple(path[len(root) :] for path in folder.paths() if path.startswith(root))
        self._known = frozenset(self.files)

    def __contains__(self, path: str) -> bool:
        return path in self._known

    def below(self, folder: str) -> list[str]:
        """The files in this folder (named with its slash) and in those inside it, in order."""
        return [path for path in self.files if path.startswith(folder)]

    def report(self, kind: IssueKind, file: str, line: int = 0, block: str = "", **params: object) -> None:
        """Adds an issue; `file` is a path below the root, and is reported as its path in what was given."""
        self.issues.append(kind.at(Place(self.place(file), line, block), **params))

    def place(self, path: str) -> str:
        """The file's path in what was given."""
        return self.root + path

    def key_lines(self, path: str) -> Mapping[str, int]:
        """The line on which each key of a JSON file first stands: what `json` gives has no lines."""
        lines: dict[str, int] = {}
        line, done = 1, 0
        text = self.text(path) or ""
        for match in _JSON_KEY.finditer(text):
            line, done = line + text.count("\n", done, match.start()), match.start()
            lines.setdefault(match[1], line)
        return lines

    def size(self, path: str) -> int:
        return self.folder.size(self.place(path))

    def data(self, path: str) -> bytes | None:
        """The file's bytes, or None, with an issue, if there are too many."""
        self.used.add(path)
        size = self.size(path)
        if size > MAX_TEXT_BYTES:
            self.report(TOO_LARGE, path, limit=MAX_TEXT_BYTES)
            return None
        self.read_bytes += size
        if self.read_bytes > MAX_READ_BYTES:
            self.report(TOO_MUCH, path, limit=MAX_READ_BYTES)
            return None
        return self.folder.read(self.place(path))

    def text(self, path: str) -> str | None:
        """The file as text with LF between lines, or None, with an issue, if it is too large."""
        data = self.data(path)
        if data is None:
            return None
        text, guessed = _decode(data)
        if guessed:
            self.report(ENCODING, path, encoding=guessed)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def xml(self, path: str, *, is_root: bool = False) -> Parsed | None:
        """The file as XML; where it is broken, what could be understood of it, and None where nothing could.

        Of a broken root nothing is taken: what got lost in it could be most of the course.
        """
        text = self.text(path)
        if text is None:
            return None
        text = _blanked(text, _DECLARATION.match(text))
        start = _BEFORE_DOCTYPE.match(text)
        end = start.end() if start else 0
        if text[end : end + 9].upper() == "<!DOCTYPE":
            plain = _PLAIN_DOCTYPE.match(text, end)
            if plain is None:
                self.report(DOCTYPE, path, text.count("\n", 0, end) + 1)
                self.refused[path] = text
                return None
            text = _blanked(text, plain)
        return self._parsed(path, text, is_root)

    def _parsed(self, path: str, text: str, is_root: bool) -> Parsed | None:
        try:
            return Parsed(_tree(text), text)
        except etree.XMLSyntaxError as error:
            if "Entity" in (error.msg or ""):
                named = self._without_html_entities(path, text)
                if named != text:
                    return self._parsed(path, named, is_root)
            reason = (error.msg or "nothing in it").rsplit(", line ", 1)[0]
            root = _tree_of_broken(text)
            kind = NO_XML if root is None else BROKEN_ROOT if is_root else BROKEN_XML
            self.report(kind, path, error.lineno or 1, reason=reason)
            if root is None or is_root:
                self.refused[path] = text
                return None
            return Parsed(root, text, is_broken=True)

    def _without_html_entities(self, path: str, text: str) -> str:
        """The text with `&nbsp;` and its like as characters; the first of them is reported."""
        first = 0

        def character(match: re.Match[str]) -> str:
            nonlocal first
            name = match[1]
            found = html.entities.html5.get(f"{name};") if name and name not in _XML_ENTITIES else None
            if found is None or found in "<&":
                return match[0]
            if not first:
                first = text.count("\n", 0, match.start()) + 1
                expected = "".join(f"&#{ord(each)};" for each in found)
                self.report(ENTITY, path, first, found=match[0], expected=expected)
            return found

        return _HTML_ENTITY.sub(character, text)

    def json(self, path: str, kind: type, expected: str) -> Any:
        """The file as JSON of this kind (`dict` or `list`), or an empty one, with an issue."""
        text = self.text(path)
        if text is None:
            return kind()
        try:
            value = json.loads(text)
        except json.JSONDecodeError as error:
            self.report(BROKEN_JSON, path, error.lineno, reason=error.msg, expected=expected)
            return kind()
        except (ValueError, RecursionError) as error:  # Python reads neither very long numbers nor very deep lists
            reason = "it is nested too deep" if isinstance(error, RecursionError) else "a number in it is too long"
            self.report(BROKEN_JSON, path, reason=reason, expected=expected)
            return kind()
        if not isinstance(value, kind):
            self.report(BROKEN_JSON, path, 1, reason=f"found a {_json_name(value)}", expected=expected)
            return kind()
        return value


def _decode(data: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding where it had to be guessed."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        declared = _DECLARED_ENCODING.match(data)
        for encoding in ([declared[1].decode("ascii")] if declared else []) + ["windows-1252", "latin-1"]:
            try:
                return data.decode(encoding), encoding
            except (UnicodeError, LookupError):
                continue
    raise AssertionError("Latin-1 reads every byte")


def _blanked(text: str, match: re.Match[str] | None) -> str:
    """The text without what was matched; its line breaks stay, so that lines keep their numbers."""
    if match is None:
        return text
    return text[: match.start()] + "\n" * match[0].count("\n") + text[match.end() :]


def _tree(text: str) -> etree._Element:
    return etree.fromstring(text.encode("utf-8", "replace"), _parser())


def _tree_of_broken(text: str) -> etree._Element | None:
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def _parser(recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
    )


def _json_name(value: object) -> str:
    return {dict: "object", list: "list", str: "text", bool: "true or false", type(None): "null"}.get(
        type(value), "number"
    )
