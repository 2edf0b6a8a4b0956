"""A cue's text as a person reads it, and back; and the texts of formats that have no rules for them (SRT, sjson)."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from polylect.captions import markup
from polylect.captions.track import Cue

_BLANK_LINES = re.compile(r"\n{2,}")
_NUMERIC_REFERENCE = r"&#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});"
_NAMED_REFERENCE = r"&[A-Za-z][A-Za-z0-9]{1,31};"
_LOOSE_TAG = r"</?(?:b|i|u|s|font|c|v|lang|ruby|rt)(?:[ .][^<>]*)?>"
_LOOSE_POSITION = r"\{\\[^{}<>]*\}"
_LOOSE_MARKUP = re.compile(rf"{_LOOSE_TAG}|{_LOOSE_POSITION}", re.IGNORECASE)
_LOOSE_MEANING = re.compile(rf"{_LOOSE_TAG}|{_LOOSE_POSITION}|{_NUMERIC_REFERENCE}|{_NAMED_REFERENCE}", re.IGNORECASE)
_REFERENCE = re.compile(rf"{_NUMERIC_REFERENCE}|{_NAMED_REFERENCE}")
_KEPT_REFERENCE = re.compile(_NUMERIC_REFERENCE)
_TAG = re.compile(r"<[^>]*>?")
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
    position = 0
    for found in _TAG.finditer(cue_text):
        parts.append(_between(cue_text[position : found.start()], _KEPT_REFERENCE, _as_shown))
        hidden = _HIDDEN_POSITION.fullmatch(found[0])
        parts.append(hidden[1] if hidden else found[0] if _SHOWN_TAG.fullmatch(found[0]) else "")
        position = found.end()
    parts.append(_between(cue_text[position:], _KEPT_REFERENCE, _as_shown))
    return "".join(parts)


def _between(text: str, kept: re.Pattern[str], change: Callable[[str], str]) -> str:
    """The text with everything changed but what matches `kept`."""
    parts: list[str] = []
    position = 0
    for found in kept.finditer(text):
        parts += (change(text[position : found.start()]), found[0])
        position = found.end()
    parts.append(change(text[position:]))
    return "".join(parts)


def _as_shown(payload: str) -> str:
    """A payload without tags as plain text, with a reference for whatever would be taken for markup."""
    return _LOOSE_MEANING.sub(lambda found: f"&#{ord(found[0][0])};{found[0][1:]}", html.unescape(payload))


def _voiced(nodes: Sequence[markup.Node], speaker: str) -> Iterator[tuple[str, str]]:
    """Each readable string of a tree, after the name of whoever says it."""
    for node in nodes:
        if isinstance(node, str):
            yield speaker, node
        elif isinstance(node, markup.Element) and node.kind is not markup.Kind.READING:
            yield from _voiced(node.children, node.annotation if node.kind is markup.Kind.VOICE else speaker)
