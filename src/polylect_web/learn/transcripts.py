"""The words of a video as a list to read: cue by cue, with a second language beside the first.

A transcript has hundreds of cues, so its HTML is put together here and not in a template's loop; callers keep it.
"""

from collections.abc import Iterable, Iterator
from html import escape

from polylect import languages
from polylect.captions import markup, plain
from polylect.captions.track import Cue, Track

_SECOND_MS = 1000
_MARKS = {markup.Kind.BOLD: "b", markup.Kind.ITALIC: "i", markup.Kind.UNDERLINE: "u"}


def cue_list(first: Track, language: str, second: Track | None = None, second_language: str = "") -> str:
    """The `<ol>` of a transcript. `second` is set beside `first` by time: its cues may be others, and fewer or more.

    It takes the focus, for it scrolls; a script makes one of its cues the tab stop instead.
    """
    css_class = "cues cues-two" if second else "cues"
    beside = list(_beside(first.cues, second.cues)) if second else []
    rows = (
        _row(cue, speaker, beside[number] if second else None, second_language)
        for number, (cue, speaker) in enumerate(_with_speakers(first.cues))
    )
    return f'<ol class="{css_class}" tabindex="0" data-cues {_lang_dir(language)}>{"".join(rows)}</ol>'


def clock(time_ms: int) -> str:
    """A time as a player shows it: 1:05, 1:00:05."""
    minutes, seconds = divmod(time_ms // _SECOND_MS, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def as_text(track: Track) -> str:
    """The transcript as plain text: a line for each cue, a speaker's name where it changes."""
    lines = []
    for cue, speaker in _with_speakers(track.cues):
        text = " ".join(plain.readable(cue.text).split())
        if text:
            lines.append(f"{speaker}: {text}" if speaker else text)
    return "\n".join(lines) + "\n"


def cue_html(cue_text: str) -> str:
    """A payload as HTML: bold, italic, underlined; a part in another language marked as such."""
    if "<" not in cue_text:
        return escape(plain.readable(cue_text), quote=False)
    return "".join(_node_html(node) for node in markup.parse(cue_text))


def _row(cue: Cue, speaker: str, beside: list[Cue] | None, second_language: str) -> str:
    name = f'<b class="speaker">{escape(speaker)}:</b> ' if speaker else ""
    row = f'<li data-start="{cue.start_ms}"><time>{clock(cue.start_ms)}</time>'
    row += f'<p class="cue-first">{name}{cue_html(cue.text)}</p>'
    if beside is not None:
        text = " ".join(cue_html(other.text) for other in beside)
        row += f'<p class="cue-second" {_lang_dir(second_language)}>{text}</p>'
    return row + "</li>"


def _with_speakers(cues: Iterable[Cue]) -> Iterator[tuple[Cue, str]]:
    """Each cue with its speaker's name where somebody else begins to speak."""
    last = ""
    for cue in cues:
        speaker = plain.speaker(cue)
        yield cue, speaker if speaker != last else ""
        last = speaker or last


def _beside(first: tuple[Cue, ...], second: tuple[Cue, ...]) -> Iterator[list[Cue]]:
    """For each cue, those of the second track that begin while it is the last one that began."""
    waiting = sorted(second, key=lambda cue: cue.start_ms)
    at = 0
    for number in range(len(first)):
        until = first[number + 1].start_ms if number + 1 < len(first) else None
        begin = at
        while at < len(waiting) and (until is None or _middle(waiting[at]) < until):
            at += 1
        yield waiting[begin:at]


def _middle(cue: Cue) -> int:
    """A cue that starts a little early still belongs to where most of it is said."""
    return (cue.start_ms + cue.end_ms) // 2


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


def _lang_dir(language: str) -> str:
    return f'lang="{escape(language)}" dir="{languages.direction(language)}"'
