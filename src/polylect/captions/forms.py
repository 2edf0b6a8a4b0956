"""Caption files of every form: told apart, decoded, read, written, and turned into each other.

Each form has its reader and writer; here is what they share, and what one form cannot say that another can. What a
person reads and when it is shown is never lost.
"""

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from polylect.captions import decoding, markup, sjson, srt, webvtt
from polylect.captions.track import Cue, Track
from polylect.issues import Issue, Place, Severity, declare

UNKNOWN_FORM = declare(
    "form-unknown",
    Severity.ERROR,
    "“{name}” is no caption file that can be told by its name or its content. Captions come as WebVTT (.vtt), SRT "
    "(.srt) and sjson (.sjson).",
)
OTHER_FORM = declare(
    "form-other",
    Severity.WARNING,
    "The name says {expected}, and the file is {found}; it was read as that. Players go by the name.",
)
UTF_16 = declare(
    "form-utf-16", Severity.WARNING, "The file is in UTF-16, which many players cannot read. Save it as UTF-8."
)
WRONG_ENCODING = declare(
    "form-encoding",
    Severity.ERROR,
    "The file is not in {encoding}: “{found}” cannot be read. Name its encoding, or save it as UTF-8.",
)
LOST_NOTES = declare(
    "convert-notes",
    Severity.NOTE,
    "{form} has no place for headers, comments and style sheets. Left out: {count}, the first before cue {number}.",
)
LOST_CODES = declare(
    "convert-codes",
    Severity.NOTE,
    "{form} has no place for names of cues. Left out: {count}, the first “{found}” of cue {number}.",
)
LOST_SETTINGS = declare(
    "convert-settings",
    Severity.WARNING,
    "{form} cannot say where on the picture a cue stands. Left out: {count}, the first “{found}” of cue {number}.",
)
LOST_TAGS = declare(
    "convert-tags",
    Severity.WARNING,
    "{form} has no tags such as {tags}. Their text stays, and they go. Cues with them: {count}, the first of them cue "
    "{number}.",
)


class Form(Enum):
    """A form of caption files, by the usual ending of their names."""

    WEBVTT = "vtt"
    SRT = "srt"
    SJSON = "sjson"

    @property
    def title(self) -> str:
        return {"vtt": "WebVTT", "srt": "SRT", "sjson": "sjson"}[self.value]


@dataclass(frozen=True)
class Opened:
    """A caption file that was read. `form` is None, and the track empty, where it is none."""

    track: Track
    form: Form | None
    text: str
    issues: tuple[Issue, ...]


_READERS: dict[Form, Callable[[str, str], tuple[Track, tuple[Issue, ...]]]] = {
    Form.WEBVTT: webvtt.parse,
    Form.SRT: srt.parse,
    Form.SJSON: sjson.parse,
}
_WRITERS: dict[Form, Callable[[Track], str]] = {
    Form.WEBVTT: webvtt.write,
    Form.SRT: srt.write,
    Form.SJSON: sjson.write,
}
_ENDINGS = {".vtt": Form.WEBVTT, ".webvtt": Form.WEBVTT, ".srt": Form.SRT, ".sjson": Form.SJSON, ".json": Form.SJSON}
_SIGNATURE = re.compile(r"\s*WEBVTT(?:\s|\Z)")
_COORDINATES = re.compile(r"X1:")
_COUNTER = re.compile(r"\s*[0-9]{1,9}\s*")
_SRT_TAG = re.compile(r"</?(?:font|s)(?: [^<>]*)?>|<\{\\[^{}<>]*\}>", re.IGNORECASE)
_ALIGNED = re.compile(r"<\{\\an([1-9])\}>")
_SRT_KINDS = frozenset({markup.Kind.BOLD, markup.Kind.ITALIC, markup.Kind.UNDERLINE})
_NULS_MIN = 0.3
_START_BYTES = 400


def form_of(text: str, name: str = "") -> Form | None:
    """The form of a file by its content, and where that does not tell by its name."""
    start = text[:_START_BYTES].lstrip("\N{BYTE ORDER MARK} \t\r\n")
    if _SIGNATURE.match(start):
        return Form.WEBVTT
    if start.startswith("{"):
        return Form.SJSON
    by_name = form_named(name)
    if by_name is not Form.WEBVTT and by_name:
        return by_name
    is_srt = any(">" in line and srt.times_of(line) for line in text.split("\n"))
    return Form.SRT if is_srt else by_name


def form_named(name: str) -> Form | None:
    """The form that a file's name stands for, None where it does not say."""
    return next((form for ending, form in _ENDINGS.items() if name.lower().endswith(ending)), None)


def read(data: bytes, file: str = "", *, form: Form | None = None, encoding: str = "") -> Opened:
    """A caption file of any form, in any encoding that people upload. Never raises for what is in it.

    `form` None: told by content and name. `encoding` (a name that Python knows) empty: by its byte order mark, by the
    NULs of UTF-16 without one, else UTF-8, else Windows-1252 with an issue.
    """
    text, issues = decoded(data, file, encoding)
    found = form or form_of(text, file)
    if found is None:
        name = file.rpartition("/")[2]
        return Opened(Track(()), None, text, (*issues, UNKNOWN_FORM.at(Place(file), name=name)))
    expected = form_named(file)
    if form is None and expected not in (None, found):
        issues.append(OTHER_FORM.at(Place(file), expected=expected.title, found=found.title))
    track, wrong = _READERS[found](text, file)
    return Opened(track, found, text, (*issues, *wrong))


def decoded(data: bytes, file: str, encoding: str = "") -> tuple[str, list[Issue]]:
    """The text of a file, as `read` finds it, and what is wrong with its encoding."""
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\N{BYTE ORDER MARK}"), []
        except UnicodeDecodeError as error:
            place = Place(file, data.count(b"\n", 0, error.start) + 1)
            issue = WRONG_ENCODING.at(place, encoding=encoding, found=data[error.start : error.end].hex(" "))
            return data.decode(encoding, "replace"), [issue]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), [UTF_16.at(Place(file))]
    start = data[:_START_BYTES]
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if start[offset::2].count(0) > _NULS_MIN * len(start):
            return data.decode(name, "replace"), [UTF_16.at(Place(file))]
    return decoding.loose(data, file)


def write(track: Track, form: Form) -> str:
    """The file's text. `fitted` says what the form cannot hold."""
    return _WRITERS[form](track)


def fitted(track: Track, form: Form, *, was: Form | None = None, file: str = "") -> tuple[Track, tuple[Issue, ...]]:
    """The track as far as a form can hold it, and what it cannot: `read(write(fitted)) == fitted`, but for counters.

    `was` is the form that the track was read from; in that form it stays as it is. A position of SRT at the top, in the
    middle or at a side (`{\\an8}`) becomes a setting of WebVTT.
    """
    if form is was:
        return track, ()
    place = Place(file)
    if form is Form.WEBVTT:
        return _for_webvtt(track, place)
    issues = [*_lost_notes(track, form, place), *_lost_codes(track, form, place)]
    kept = _COORDINATES if form is Form.SRT else None
    lost = [(n, cue.settings) for n, cue in enumerate(track.cues, 1) if cue.settings and not _is_kept(cue, kept)]
    if lost:
        issues.append(LOST_SETTINGS.at(place, form=form.title, count=len(lost), found=lost[0][1], number=lost[0][0]))
    tags = [(number, found) for number, cue in enumerate(track.cues, 1) if (found := _foreign_tags(cue.text))]
    issues += _lost_tags(tags, form, place)
    cues = [_plain_cue(cue, form, kept) for cue in track.cues]
    return replace(track, cues=tuple(cues), header="", trailing=(), bom=False, ending="\n"), tuple(issues)


def _for_webvtt(track: Track, place: Place) -> tuple[Track, tuple[Issue, ...]]:
    """Coordinates and tags that only SRT has go; positions that WebVTT has too become its settings."""
    issues: list[Issue] = []
    lost = [(n, cue.settings) for n, cue in enumerate(track.cues, 1) if _COORDINATES.match(cue.settings)]
    if lost:
        title = Form.WEBVTT.title
        issues.append(LOST_SETTINGS.at(place, form=title, count=len(lost), found=lost[0][1], number=lost[0][0]))
    tags: list[tuple[int, list[str]]] = []
    cues: list[Cue] = []
    for number, cue in enumerate(track.cues, 1):
        settings = "" if _COORDINATES.match(cue.settings) else cue.settings
        aligned = _ALIGNED.search(cue.text)
        text = _ALIGNED.sub("", cue.text, count=1) if aligned else cue.text
        found = [tag for tag in _SRT_TAG.findall(text) if not tag.startswith("</")]
        if found:
            tags.append((number, [_named(tag) for tag in found]))
        cues.append(
            replace(
                cue,
                text=_without_blank_ends(_SRT_TAG.sub("", text)),
                settings=" ".join(filter(None, (settings, _setting(int(aligned[1])) if aligned else ""))),
                leading=(),
                timing="",
            )
        )
    issues += _lost_tags(tags, Form.WEBVTT, place)
    issues += _lost_notes(track, Form.WEBVTT, place)
    return replace(track, cues=tuple(cues), trailing=(), bom=False, ending="\n"), tuple(issues)


def _setting(corner: int) -> str:
    """What WebVTT says for a position, which are numbered as the keys of a number pad."""
    line = {0: "", 1: "line:50%", 2: "line:0"}[(corner - 1) // 3]
    side = {0: "align:left", 1: "", 2: "align:right"}[(corner - 1) % 3]
    return " ".join(filter(None, (line, side)))


def _is_kept(cue: Cue, kept: re.Pattern[str] | None) -> bool:
    return kept is not None and kept.match(cue.settings) is not None


def _plain_cue(cue: Cue, form: Form, kept: re.Pattern[str] | None) -> Cue:
    """A cue without what neither SRT nor sjson can say."""
    is_counter = form is Form.SRT and _COUNTER.fullmatch(cue.code)
    text = markup.write(tuple(_without_foreign(markup.parse(cue.text)))) if _foreign_tags(cue.text) else cue.text
    return replace(
        cue,
        text=text,
        code=cue.code if is_counter else "",
        settings=cue.settings if _is_kept(cue, kept) else "",
        leading=(),
        timing="",
    )


def _foreign_tags(cue_text: str) -> list[str]:
    """The tags of WebVTT in a payload that SRT does not have, as they are written."""
    if "<" not in cue_text:
        return []
    return list(dict.fromkeys(_foreign(markup.parse(cue_text))))


def _foreign(nodes: Sequence[markup.Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, markup.Moment):
            yield "<00:00.000>"
        elif isinstance(node, markup.Element):
            if node.kind not in _SRT_KINDS:
                yield f"<{node.kind.value}>"
            yield from _foreign(node.children)


def _without_foreign(nodes: Sequence[markup.Node]) -> Iterator[markup.Node]:
    """The nodes with the children of foreign elements in their place. Readings of ruby, which are small print, go."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif isinstance(node, markup.Element) and node.kind is not markup.Kind.READING:
            inner = tuple(_without_foreign(node.children))
            if node.kind in _SRT_KINDS:
                yield replace(node, children=inner, classes=())
            else:
                yield from inner


def _lost_notes(track: Track, form: Form, place: Place) -> Iterator[Issue]:
    blocks = [number for number, cue in enumerate(track.cues, 1) for block in cue.leading if block]
    blocks += [len(track.cues) + 1 for block in track.trailing if block]
    blocks += [1] if track.header.strip() and form is not Form.WEBVTT else []
    if blocks:
        yield LOST_NOTES.at(place, form=form.title, count=len(blocks), number=min(blocks))


def _lost_codes(track: Track, form: Form, place: Place) -> Iterator[Issue]:
    lost = [(n, cue.code) for n, cue in enumerate(track.cues, 1) if cue.code and not _COUNTER.fullmatch(cue.code)]
    if lost:
        yield LOST_CODES.at(place, form=form.title, count=len(lost), found=lost[0][1], number=lost[0][0])


def _lost_tags(tags: Sequence[tuple[int, list[str]]], form: Form, place: Place) -> Iterator[Issue]:
    """One issue for the tags of all cues that have some: each cue by its number, with its tags."""
    if tags:
        named = list(dict.fromkeys(tag for _, found in tags for tag in found))
        yield LOST_TAGS.at(place, form=form.title, tags=", ".join(named), count=len(tags), number=tags[0][0])


def _named(tag: str) -> str:
    """A tag without its attributes."""
    return tag[1:-1] if tag.startswith("<{") else f"{re.split(r'[ >]', tag)[0]}>"


def _without_blank_ends(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line)
