"""A cue's text as a person reads it, and back; and the texts of formats that have no rules for them (SRT, sjson)."""

import html
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from polylect.captions import markup
from polylect.captions.track import Cue

_BLANK_LINES = re.compile(r"\n{2,}")
_NUMERIC_REFERENCE = r"&#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});"
_NAMED_REFERENCE = r"&[A-Za-z][A-Za-z0-9]{1,31};"
_LOOSE_NAME = r"</?(?:b|i|u|s|font|c|v|lang|ruby|rt)"
_LOOSE_TAG = rf"{_LOOSE_NAME}(?:[ .][^<>]*)?>"
_LOOSE_POSITION = r"\{\\[^{}<>]*\}"
_LOOSE_MARKUP = re.compile(rf"{_LOOSE_TAG}|{_LOOSE_POSITION}", re.IGNORECASE)
_LOOSE_OPENING = re.compile(rf"{_LOOSE_NAME}(?=[ .>])|\{{\\", re.IGNORECASE)
_ENDS_OF = {"<": ">", "{": "}"}
_ENDS = frozenset(_ENDS_OF.values())
_REFERENCE = re.compile(rf"{_NUMERIC_REFERENCE}|{_NAMED_REFERENCE}")
_KEPT_REFERENCE = re.compile(_NUMERIC_REFERENCE)
_KEPT = re.compile(rf"<[^>]*>?|{_NUMERIC_REFERENCE}")
"""What may stay as it is: tags, if they are some that are shown, and numeric references."""

_SHOWN_TAG = re.compile(r"</?(?:b|i|u|s|font)(?: [^<>]*)?>", re.IGNORECASE)
_HIDDEN_POSITION = re.compile(rf"<({_LOOSE_POSITION})>")


def readable(cue_text: str) -> str:
    """What a person reads of a payload: no tags, references decoded, ruby's readings left out, lines parted by LF.

    `Span`s count the characters of this text.
    """
    if "<" not in cue_text:
        return html.unescape(cue_text) if "&" in cue_text else cue_text
    return readable_nodes(markup.parse(cue_text))


def readable_nodes(nodes: Sequence[markup.Node]) -> str:
    """The same of a payload's tree, or a part of one."""
    return "".join(text for _, text in _voiced(nodes, ""))


def escaped(text: str) -> str:
    """A payload that reads as `text`: `readable(escaped(text)) == text`, except that a cue cannot hold blank lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return markup.escape(_BLANK_LINES.sub("\n", text).strip("\n"))


def speaker(cue: Cue) -> str:
    """The name of the first voice in the cue (`<v Fred>`), empty where there is none."""
    return next((name for _, _, name in voices(cue.text) if name), "")


def voices(cue_text: str) -> tuple[tuple[int, int, str], ...]:
    """Who says what in a cue: from and to which character of the readable text, and the name, empty outside of voices.

    Neighboring pieces have different speakers, and together they are the whole of the readable text.
    """
    if "<v" not in cue_text:
        text = readable(cue_text)
        return ((0, len(text), ""),) if text else ()
    found = []
    position = 0
    for name, texts in groupby(_voiced(markup.parse(cue_text), ""), key=itemgetter(0)):
        start, position = position, position + sum(len(text) for _, text in texts)
        found.append((start, position, name))
    return tuple(found)


def from_loose(text: str) -> str:
    """The payload of a text from SRT or sjson, where players take HTML's simple tags and show any other `<` as it is.

    Known tags and character references stay. A position in braces, such as `{\\an8}`, becomes a tag that WebVTT's
    readers pass over.
    """
    if "<" not in text and "&" not in text and "{\\" not in text and "-->" not in text:
        return text
    parts: list[str] = []
    position = 0
    for found in _LOOSE_MARKUP.finditer(text):
        parts.append(_between(text[position : found.start()], _REFERENCE, markup.escape))
        parts.append(found[0] if found[0].startswith("<") else f"<{found[0]}>")
        position = found.end()
    parts.append(_between(text[position:], _REFERENCE, markup.escape))
    return "".join(parts)


def to_loose(cue_text: str) -> str:
    """The text of a payload for SRT or sjson: bold, italic, underline and font kept, no other tag; named references
    decoded, numeric ones kept, since captions that came from YouTube are full of them.

    What reads like a tag there, and is none, is written with a reference: `readable(from_loose(to_loose(x)))` is
    `readable(x)`.
    """
    if "<" not in cue_text and "&" not in cue_text and "{\\" not in cue_text:
        return cue_text
    parts: list[str] = []
    later: frozenset[str] = frozenset()  # which ends of markup come after
    for is_kept, pieces in groupby(reversed([*_parted(cue_text)]), key=itemgetter(0)):
        text = "".join(reversed([text for _, text in pieces]))
        parts.append(text if is_kept else _as_shown(text, later))
        later = later if is_kept else later | _ENDS.intersection(text)
    return "".join(reversed(parts))


def _parted(cue_text: str) -> Iterator[tuple[bool, str]]:
    """The pieces of a payload that stay, each with whether it does as it is, as tags and numeric references do; all
    else is text, decoded. Tags that do not stay are left out."""
    position = 0
    for found in _KEPT.finditer(cue_text):
        if found.start() > position:
            yield False, html.unescape(cue_text[position : found.start()])
        hidden = _HIDDEN_POSITION.fullmatch(found[0])
        if hidden or _SHOWN_TAG.fullmatch(found[0]) or _KEPT_REFERENCE.fullmatch(found[0]):
            yield True, hidden[1] if hidden else found[0]
        position = found.end()
    if position < len(cue_text):
        yield False, html.unescape(cue_text[position:])


def _between(text: str, kept: re.Pattern[str], change: Callable[[str], str]) -> str:
    """The text with everything changed but what matches `kept`."""
    parts: list[str] = []
    position = 0
    for found in kept.finditer(text):
        parts += (change(text[position : found.start()]), found[0])
        position = found.end()
    parts.append(change(text[position:]))
    return "".join(parts)


def _as_shown(text: str, later: Collection[str]) -> str:
    """Text with a reference for what would be taken for markup: whatever looks like a reference, and each beginning of
    a tag or position that some end comes after, in it or `later`, whatever is between them."""
    text = _REFERENCE.sub(_referred, text)
    last = {start: len(text) if end in later else text.rfind(end) for start, end in _ENDS_OF.items()}
    return _LOOSE_OPENING.sub(lambda found: _referred(found) if found.start() < last[found[0][0]] else found[0], text)


def _referred(found: re.Match[str]) -> str:
    return f"&#{ord(found[0][0])};{found[0][1:]}"


def _voiced(nodes: Sequence[markup.Node], speaker: str) -> Iterator[tuple[str, str]]:
    """Each readable string of a tree, after the name of whoever says it."""
    for node in nodes:
        if isinstance(node, str):
            yield speaker, node
        elif isinstance(node, markup.Element) and node.kind is not markup.Kind.READING:
            yield from _voiced(node.children, node.annotation if node.kind is markup.Kind.VOICE else speaker)
