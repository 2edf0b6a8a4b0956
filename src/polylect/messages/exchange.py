"""The exchange forms of translations: which form a file has, writing one, reading one.

All of them hold rows (`rows`), and what comes back is merged row by row (`merging`). They differ in what they can keep:

    form     key               base   cuts   made for            language
    PO       place, comment    yes    no     `#| msgid`          header
    XLIFF    unit id, name     yes    yes    a note              trgLang
    CSV      key, place        yes    yes    a column            heading
    bundle   key               no     no     no                  its name
"""

from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import PurePosixPath

from polylect import languages
from polylect.issues import Issue, Place, Severity, declare
from polylect.messages import bundle, po, table, xliff
from polylect.messages.rows import Head, Read, Row

UNKNOWN_FORM = declare(
    "exchange-form",
    Severity.ERROR,
    "“{name}” is none of the files that translations come in: PO (.po), XLIFF 2 (.xlf), a table (.csv), a message "
    "bundle (.json).",
)
NOT_UNICODE = declare("exchange-encoding", Severity.ERROR, "“{name}” is not in Unicode. Save it again as UTF-8.")
EMPTY = declare("exchange-empty", Severity.ERROR, "“{name}” is empty. Save or download it again.")


class Form(Enum):
    """An exchange form, by the name that the command and pages call it."""

    PO = "po"
    XLIFF = "xliff"
    TABLE = "csv"
    BUNDLE = "bundle"

    @property
    def suffix(self) -> str:
        """How the names of its files end."""
        return {"po": ".po", "xliff": ".xlf", "csv": ".csv", "bundle": ".json"}[self.value]

    @property
    def media_type(self) -> str:
        """What a browser is told that it is."""
        return {
            "po": "text/x-gettext-translation; charset=utf-8",
            "xliff": "application/xliff+xml",
            "csv": "text/csv; charset=utf-8",
            "bundle": "application/json",
        }[self.value]


_SUFFIXES = {
    ".po": Form.PO,
    ".pot": Form.PO,
    ".xlf": Form.XLIFF,
    ".xliff": Form.XLIFF,
    ".xlf2": Form.XLIFF,
    ".csv": Form.TABLE,
    ".tsv": Form.TABLE,
    ".txt": Form.TABLE,
    ".json": Form.BUNDLE,
}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def name_of(head: Head, form: Form) -> str:
    """The name of a file, which says what it translates into what: `ORG+CODE.fr.po`."""
    return ".".join(part for part in (head.course, head.language) if part) + form.suffix


def is_for(said: str, asked: str) -> bool:
    """Whether a file that says that it is in one language (empty: says nothing) may be one of another: `fr-FR`, as many
    programs write, of `fr`."""
    return not said or said == asked or asked in languages.chain(said)


def write(form: Form, head: Head, rows: Iterable[Row]) -> Iterator[str]:
    """A file in this form, piece by piece, in UTF-8. A bundle has those rows only that have a translation, or the
    source's texts where that is its language."""
    match form:
        case Form.PO:
            yield from po.write_rows(head, rows)
        case Form.XLIFF:
            yield from xliff.write(head, rows)
        case Form.TABLE:
            yield from table.write(head, rows)
        case Form.BUNDLE:
            yield bundle.write(_bundle(head, rows))[0]


def read(content: bytes, file: str, form: Form | None = None) -> Read:
    """The rows of a file; `form` None: told by its name and content. Nothing in it raises."""
    name = PurePosixPath(file).name
    if not content.strip():
        return Read(Head(), issues=(EMPTY.at(Place(file), name=name),))
    form = form or form_of(content, file)
    if form is Form.XLIFF:
        return xliff.read(content, file)
    if form is None:
        return Read(Head(), issues=(UNKNOWN_FORM.at(Place(file), name=name),))
    if form is Form.TABLE:
        return table.read(content, file)
    try:
        text = content.decode("utf-16" if content[:2] in _UTF_16 else "utf-8-sig")
    except UnicodeDecodeError:
        return Read(Head(), issues=(NOT_UNICODE.at(Place(file), name=name),))
    return po.read_rows(text, file) if form is Form.PO else _read_bundle(text, file)


def form_of(content: bytes, file: str) -> Form | None:
    """The form of a file by its content, and where that does not tell by its name."""
    start = content[:4096].decode("utf-16" if content[:2] in _UTF_16 else "utf-8", "replace").lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return Form.XLIFF
    if start.startswith("{"):
        return Form.BUNDLE
    if any(line.startswith(("msgid ", "msgctxt ")) for line in start.splitlines()):
        return Form.PO
    return _SUFFIXES.get(PurePosixPath(file).suffix.lower())


def issues_of_writing(form: Form, head: Head, rows: Iterable[Row]) -> list[Issue]:
    """What a file in this form would leave out, or be too large for."""
    return bundle.write(_bundle(head, rows), name_of(head, form))[1] if form is Form.BUNDLE else []


def _bundle(head: Head, rows: Iterable[Row]) -> bundle.Bundle:
    is_source = head.language == head.source_language
    texts = {row.key: row.source if is_source else row.text for row in rows if is_source or row.text}
    return bundle.Bundle(texts, bundle.Metadata(source_language=bundle.wiki_code(head.source_language) or None))


def _read_bundle(text: str, file: str) -> Read:
    found, issues = bundle.read(text, file)
    source = languages.canonical(found.metadata.source_language or "") or ""
    in_name = languages.canonical(PurePosixPath(file).stem.rpartition(".")[2]) or ""
    rows = tuple(Row(key=key, text=text) for key, text in found.messages.items())
    return Read(Head("", source, in_name), rows, tuple(issues))
