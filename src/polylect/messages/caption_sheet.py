"""The sentences of a caption file as a sheet to translate, outside of any course, and a translated sheet taken back.

A sheet is a table, a PO file, XLIFF or a message bundle (`exchange`), or plain text with one sentence a line. Rows are
known by the sentence's number; where a file says which source text a row was made for, that decides.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from polylect.captions import groups as grouping
from polylect.captions import scripts, times
from polylect.captions.compose import SentenceTarget
from polylect.captions.track import Group, Track
from polylect.issues import Issue, Place, Severity, declare
from polylect.messages.message import Kind, escape, words_of
from polylect.messages.rows import Row, shortened

OTHER_COUNT = declare(
    "sheet-lines",
    Severity.ERROR,
    "Lines in the file: {found}; sentences in the captions: {expected}. Each line is one sentence; leave the line of a "
    "sentence blank that is not translated.",
)
UNKNOWN = declare(
    "sheet-unknown", Severity.WARNING, "This translation was left out: the captions have no sentence {key}, “{source}”."
)
OTHER_SOURCE = declare(
    "sheet-other-source",
    Severity.WARNING,
    "This translation was left out: sentence {number} is “{text}” now, and it was made for “{source}”.",
)
UNSURE = declare(
    "sheet-unsure",
    Severity.NOTE,
    "This translation was left out: it is marked as not finished (“{text}”). Look at it, and take the mark away.",
)
NOT_TRANSLATED = declare(
    "sheet-missing",
    Severity.NOTE,
    "{count} of {total} sentences have no translation, the first of them sentence {number}: “{text}”.",
)

_KEY = re.compile(r"(?:sentence-|captions\|)([0-9]{1,9})")


def rows(track: Track, groups: Sequence[Group]) -> Iterator[Row]:
    """A row for each sentence, with its times and where its cues part for the translator to know."""
    for number, group in enumerate(groups, 1):
        first, last = group.spans[0].cue, group.spans[-1].cue
        start, end = times.write(track.cues[first].start_ms), times.write(track.cues[last].end_ms)
        pieces = " | ".join(grouping.piece_text(track, span) for span in group.spans)
        yield Row(
            key=f"sentence-{number}",
            place=f"captions|{number}",
            source=escape(grouping.text(track, group)),
            kind=Kind.CAPTION,
            note=f"{start} – {end}" + (f": {pieces}" if len(group.spans) > 1 else ""),
        )


def take_lines(
    text: str, sources: Sequence[str], language: str, file: str = ""
) -> tuple[tuple[SentenceTarget | None, ...], tuple[Issue, ...]]:
    """The targets of a text with one sentence a line; none at all where the number of lines is another."""
    plain = text.removeprefix("\N{BYTE ORDER MARK}").replace("\r\n", "\n").replace("\r", "\n")
    lines = plain.removesuffix("\n").split("\n")
    while len(lines) > len(sources) and not lines[-1].strip():
        lines.pop()
    if len(lines) != len(sources):
        return (None,) * len(sources), (OTHER_COUNT.at(Place(file), found=len(lines), expected=len(sources)),)
    texts = map(scripts.one_line, lines)
    return tuple(SentenceTarget(text, language) if text else None for text in texts), ()


def take_rows(
    rows: Sequence[Row], sources: Sequence[str], language: str, file: str = ""
) -> tuple[tuple[SentenceTarget | None, ...], tuple[Issue, ...]]:
    """The targets in the rows of a sheet. Of several for a sentence the last counts."""
    counts = Counter(sources)
    by_text = {source: number for number, source in enumerate(sources) if counts[source] == 1}
    targets: list[SentenceTarget | None] = [None] * len(sources)
    issues: list[Issue] = []
    for row in rows:
        text = scripts.one_line(words_of(row.text))
        if not text:
            continue
        number, issue = _number(row, sources, by_text, Place(file, row.line))
        if row.is_unsure or row.made_for:
            number, issue = None, UNSURE.at(Place(file, row.line), text=shortened(text))
        if issue is not None:
            issues.append(issue)
        if number is not None:
            targets[number] = SentenceTarget(text, language, row.cuts or () if text == words_of(row.text) else ())
    return tuple(targets), tuple(issues)


def missing(targets: Sequence[SentenceTarget | None], sources: Sequence[str], file: str = "") -> tuple[Issue, ...]:
    """One issue for all sentences that have no target, none where all have."""
    lacking = [number for number, target in enumerate(targets) if target is None]
    if not lacking:
        return ()
    first = lacking[0]
    return (
        NOT_TRANSLATED.at(
            Place(file), count=len(lacking), total=len(targets), number=first + 1, text=shortened(sources[first])
        ),
    )


def _number(
    row: Row, sources: Sequence[str], by_text: Mapping[str, int], place: Place
) -> tuple[int | None, Issue | None]:
    """Which sentence a row translates, from 0."""
    named = _KEY.fullmatch(row.key) or _KEY.fullmatch(row.place)
    number = int(named[1]) - 1 if named else None
    source = scripts.one_line(words_of(row.source))
    is_there = number is not None and 0 <= number < len(sources)
    if number is not None and is_there and (not source or source == sources[number]):
        return number, None
    if source in by_text:
        return by_text[source], None
    if number is not None and is_there:
        shown = {"text": shortened(sources[number]), "source": shortened(source)}
        return None, OTHER_SOURCE.at(place, number=number + 1, **shown)
    return None, UNKNOWN.at(place, key=row.key or row.place, source=shortened(source))
