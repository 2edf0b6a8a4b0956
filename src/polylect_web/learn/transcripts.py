"""The words of a video as a list to read, cue by cue or sentence by sentence, with a second language beside the first.

A transcript has hundreds of cues, so its HTML is put together here and not in a template's loop; callers keep it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from polylect import languages
from polylect.captions import markup, plain, scripts
from polylect.captions.track import Group, Span, Track

_SECOND_MS = 1000
_MARKS = {markup.Kind.BOLD: "b", markup.Kind.ITALIC: "i", markup.Kind.UNDERLINE: "u"}


@dataclass(frozen=True)
class Passage:
    """A row of the list: what is said from one time to another. `speaker` is named where somebody else begins."""

    start_ms: int
    end_ms: int
    html: str
    speaker: str = ""


def cue_list(first: Track, language: str, second: Track | None = None, second_language: str = "") -> str:
    """The list cue by cue. `second` is set beside `first` by time: its cues may be others, and fewer or more."""
    return passage_list(cues(first), language, cues(second) if second else None, second_language)


def passage_list(
    first: Sequence[Passage], language: str, second: Sequence[Passage] | None = None, second_language: str = ""
) -> str:
    """The `<ol>` of a transcript.

    It takes the focus, for it scrolls; a script makes one of its rows the tab stop instead.
    """
    css_class = "cues cues-two" if second else "cues"
    beside = list(_beside(first, second)) if second else []
    rows = (
        _row(passage, beside[number] if second else None, second_language)
        for number, passage in enumerate(_naming_once(first))
    )
    return f'<ol class="{css_class}" tabindex="0" data-cues {_lang_dir(language)}>{"".join(rows)}</ol>'


def cues(track: Track) -> list[Passage]:
    """The cues of a track as they are."""
    return [Passage(cue.start_ms, cue.end_ms, cue_html(cue.text), plain.speaker(cue)) for cue in track.cues]


def sentences(track: Track, groups: Iterable[Group]) -> list[Passage]:
    """The sentences of a track. One that begins within a cue begins as much later as it stands behind in its text."""
    return [_sentence(track, group, _joined(track, group)) for group in groups]


def translated_sentences(
    track: Track, groups: Iterable[Group], said: Iterable[tuple[str, str]], language: str
) -> list[Passage]:
    """The sentences of a track in other words: for each group its text, and the language that this one is in."""
    return [
        _sentence(track, group, _marked(escape(text, quote=False), of, language))
        for group, (text, of) in zip(groups, said, strict=True)
    ]


def clock(time_ms: int) -> str:
    """A time as a player shows it: 1:05, 1:00:05."""
    minutes, seconds = divmod(time_ms // _SECOND_MS, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def as_text(track: Track) -> str:
    """The transcript as plain text: a line for each cue, a speaker's name where it changes."""
    lines = []
    last = ""
    for cue in track.cues:
        text, speaker = " ".join(plain.readable(cue.text).split()), plain.speaker(cue)
        if text:
            lines.append(f"{speaker}: {text}" if speaker and speaker != last else text)
        last = speaker or last
    return "\n".join(lines) + "\n"


def cue_html(cue_text: str) -> str:
    """A payload as HTML: bold, italic, underlined; a part in another language marked as such."""
    if "<" not in cue_text:
        return escape(plain.readable(cue_text), quote=False)
    return "".join(_node_html(node) for node in markup.parse(cue_text))


def _row(passage: Passage, beside: list[Passage] | None, second_language: str) -> str:
    name = f'<b class="speaker">{escape(passage.speaker)}:</b> ' if passage.speaker else ""
    row = f'<li data-start="{passage.start_ms}"><time>{clock(passage.start_ms)}</time>'
    row += f'<p class="cue-first">{name}{passage.html}</p>'
    if beside is not None:
        text = " ".join(other.html for other in beside)
        row += f'<p class="cue-second" {_lang_dir(second_language)}>{text}</p>'
    return row + "</li>"


def _sentence(track: Track, group: Group, html: str) -> Passage:
    first, last = group.spans[0], group.spans[-1]
    voices = plain.voices(track.cues[first.cue].text)
    speaker = next((name for start, end, name in voices if start <= first.start < end), "")
    return Passage(_time(track, first, first.start), _time(track, last, last.end), html, speaker)


def _time(track: Track, span: Span, at: int) -> int:
    """When a cue has come to this character, if it is said evenly."""
    cue = track.cues[span.cue]
    length = len(plain.readable(cue.text)) or 1
    return cue.start_ms + (cue.end_ms - cue.start_ms) * at // length


def _joined(track: Track, group: Group) -> str:
    html = before = ""
    for span in group.spans:
        text = track.cues[span.cue].text
        piece = scripts.one_line(plain.readable(text)[span.start : span.end])
        html += scripts.separator(before, piece) + _piece_html(text, span)
        before = piece or before
    return html


def _piece_html(cue_text: str, span: Span) -> str:
    return "".join(_node_html(node) for node in _cut(markup.parse(cue_text), span.start, span.end))


def _cut(nodes: Iterable[markup.Node], start: int, end: int) -> Iterator[markup.Node]:
    """What stands from one character of the readable text to another."""
    at = 0
    for node in nodes:
        if isinstance(node, str):
            if node[max(start - at, 0) : max(end - at, 0)]:
                yield node[max(start - at, 0) : max(end - at, 0)]
            at += len(node)
        elif isinstance(node, markup.Element) and node.kind is not markup.Kind.READING:
            inner = tuple(_cut(node.children, start - at, end - at))
            if inner:
                yield replace(node, children=inner)
            at += len(plain.readable_nodes(node.children))


def _naming_once(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Each with its speaker where somebody else begins to speak."""
    last = ""
    for passage in passages:
        yield replace(passage, speaker="") if passage.speaker == last else passage
        last = passage.speaker or last


def _beside(first: Sequence[Passage], second: Sequence[Passage]) -> Iterator[list[Passage]]:
    """For each passage, those of the second language that begin while it is the last one that began."""
    waiting = sorted(second, key=lambda passage: passage.start_ms)
    at = 0
    for number in range(len(first)):
        until = first[number + 1].start_ms if number + 1 < len(first) else None
        begin = at
        while at < len(waiting) and (until is None or _middle(waiting[at]) < until):
            at += 1
        yield waiting[begin:at]


def _middle(passage: Passage) -> int:
    """One that starts a little early still belongs to where most of it is said."""
    return (passage.start_ms + passage.end_ms) // 2


def _node_html(node: markup.Node) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    if not isinstance(node, markup.Element) or node.kind is markup.Kind.READING:
        return ""
    inner = "".join(_node_html(child) for child in node.children)
    if node.kind in _MARKS:
        return f"<{_MARKS[node.kind]}>{inner}</{_MARKS[node.kind]}>"
    language = languages.canonical(node.annotation) if node.kind is markup.Kind.LANGUAGE else None
    return f"<span {_lang_dir(language)}>{inner}</span>" if language else inner


def _marked(html: str, of: str, language: str) -> str:
    """With its language said where that is not the list's."""
    return html if of == language else f"<span {_lang_dir(of)}>{html}</span>"


def _lang_dir(language: str) -> str:
    return f'lang="{escape(language)}" dir="{languages.direction(language)}"'
