"""Merging a file of translations with what is here, row by row and three ways: what the file left with (its base), what
it says now, and what is here now.

The rule: nothing newer is overwritten, and no text is lost. A row that only the file changed is taken. One that both
changed, or of which nobody knows what it left with, goes beside the translation that is here, as a suggestion.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from polylect.issues import Issue, Place, Severity, declare, has_errors
from polylect.messages.message import Kind, check, without_controls
from polylect.messages.rows import Row, comparable, digest, shortened

UNKNOWN_KEY = declare(
    "merging-unknown-key",
    Severity.WARNING,
    "The course has nothing with the key “{key}”, and no text “{source}”. Its translation is left out.",
)
UNKNOWN_TEXT = declare(
    "merging-unknown-text", Severity.WARNING, "The course has no text “{source}”. Its translation is left out."
)
AMBIGUOUS = declare(
    "merging-ambiguous",
    Severity.WARNING,
    "{count} places of the course have the text “{source}”, and the file does not say which is meant. Its translation "
    "is left out. Write the place, such as “{example}”.",
)
TOO_LONG = declare(
    "merging-too-long", Severity.ERROR, "The translation has {count} characters; {limit} are the most there may be."
)

LONGEST_TEXT = 50_000
"""Characters of a translation."""


@dataclass(frozen=True)
class Translation:
    """A translation: its text, the source text that it was made for, and of a caption sentence where its cues part."""

    text: str
    made_for: str
    cuts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Standing:
    """A message, and what there is of it in the language.

    `holds`: its current translation is one of the text as it is now. `others`: suggestions and earlier translations.
    """

    key: str
    place: str
    text: str
    kind: Kind = Kind.TEXT
    current: Translation | None = None
    holds: bool = False
    others: frozenset[Translation] = frozenset()


class Outcome(Enum):
    """What becomes of a row."""

    EMPTY = "empty"
    """It has no translation."""
    UNCHANGED = "unchanged"
    """Its translation is the one that the file left with."""
    SAME = "same"
    """What it says is what is here."""
    KNOWN = "known"
    """What it says is here already, as a suggestion or an earlier translation."""
    TAKEN = "taken"
    """It becomes the current translation."""
    CONFLICT = "conflict"
    """Another translation was written here meanwhile: that one stays, and this one is kept as a suggestion."""
    UNSURE = "unsure"
    """It is marked as not finished: it is kept as a suggestion."""
    OUTDATED = "outdated"
    """It was made for an earlier source text: it is kept, and never in the place of one that holds."""
    REFUSED = "refused"
    """Its placeholders are wrong, so that it cannot be shown."""
    UNKNOWN = "unknown"
    """The course has no such text."""


SUGGESTED = frozenset({Outcome.CONFLICT, Outcome.UNSURE})


@dataclass(frozen=True)
class Merged:
    """A row, what it is about, and what becomes of it. `translation` is what is new, and to be taken in.

    `is_suggestion`: it is to be taken in beside the current translation, and never in its place.
    """

    row: Row
    outcome: Outcome
    standing: Standing | None = None
    translation: Translation | None = None
    is_suggestion: bool = False
    issues: tuple[Issue, ...] = ()


def merge(rows: Iterable[Row], standings: Sequence[Standing], file: str = "") -> tuple[Merged, ...]:
    """What becomes of each row, in their order. A row sees what those before it brought."""
    found = _Finder(standings)
    now = {standing.key: standing for standing in standings}
    merged: list[Merged] = []
    for row in rows:
        place = Place(file, row.line)
        key, issue = found.key_of(row, place)
        if key is None:
            is_empty = not row.text.strip()
            merged.append(Merged(row, Outcome.EMPTY) if is_empty else Merged(row, Outcome.UNKNOWN, issues=issue))
            continue
        one = _merged(row, now[key], place)
        now[key] = taken_in(now[key], one)
        merged.append(one)
    return tuple(merged)


def taken_in(standing: Standing, merged: Merged) -> Standing:
    """What there is of a message once a merged row of it was taken in."""
    brought = merged.translation
    if brought is None:
        return standing
    if merged.is_suggestion:
        return replace(standing, others=standing.others | {brought})
    former = {standing.current} if standing.current is not None else set()
    return replace(
        standing,
        current=brought,
        holds=brought.made_for == standing.text,
        others=(standing.others | former) - {brought},
    )


def counts(merged: Iterable[Merged]) -> Mapping[Outcome, int]:
    """How many rows there are of each outcome, in the order of `Outcome`; none of those that there are none of."""
    found = Counter(one.outcome for one in merged)
    return {outcome: found[outcome] for outcome in Outcome if found[outcome]}


class _Finder:
    """Finds the message of a row: by its key, by its text if only one has it, or else by its place."""

    def __init__(self, standings: Sequence[Standing]) -> None:
        self._keys = {standing.key for standing in standings}
        self._by_place = {standing.place: standing.key for standing in standings}
        self._by_text: dict[str, list[Standing]] = defaultdict(list)
        for standing in standings:
            self._by_text[comparable(standing.text)].append(standing)

    def key_of(self, row: Row, place: Place) -> tuple[str | None, tuple[Issue, ...]]:
        if row.key.lower() in self._keys:
            return row.key.lower(), ()
        same = self._by_text.get(comparable(row.source), []) if row.source else []
        here = self._by_place.get(row.place)
        if len(same) == 1:  # also where the file is from before something was put in, and its places have shifted
            return same[0].key, ()
        if here is not None:
            return here, ()
        source = shortened(row.source)
        if same:
            return None, (AMBIGUOUS.at(place, count=len(same), source=source, example=same[0].place),)
        key = row.key or row.place
        unknown = UNKNOWN_KEY.at(place, key=key, source=source) if key else UNKNOWN_TEXT.at(place, source=source)
        return None, (unknown,)


def _merged(row: Row, standing: Standing, place: Place) -> Merged:
    ours = standing.current
    if not row.text.strip():
        return Merged(row, Outcome.EMPTY, standing)
    theirs = _theirs(row, standing)
    confirms = _confirms(row, theirs, standing)
    if not confirms and ours is not None and _is_same(row, theirs, ours):
        return Merged(row, Outcome.UNCHANGED if row.is_as_it_left else Outcome.SAME, standing)
    if not confirms and _is_as_it_left(row):
        return Merged(row, Outcome.UNCHANGED, standing)
    if any(_is_alike(theirs, other) for other in standing.others):
        return Merged(row, Outcome.KNOWN, standing)
    issues = _wrong(theirs, standing.kind)
    if has_errors(issues):
        where = replace(place, block=standing.place.partition("|")[0])
        return Merged(row, Outcome.REFUSED, standing, issues=tuple(replace(issue, place=where) for issue in issues))
    return _decided(row, standing, theirs)


def _theirs(row: Row, standing: Standing) -> Translation:
    """What the row says, without what no page can hold. Cuts of another text than the one they were made for are left
    out; where the text is the one that is here, so are its cuts, unless the row says others."""
    made_for = row.made_for or row.source or standing.text
    cuts = row.cuts or ()
    if row.base is not None and not row.is_as_it_left and cuts == row.base.cuts:
        cuts = ()
    ours = standing.current
    if ours is not None and not cuts and _is_equal(row.text, ours.text):
        cuts = ours.cuts
    return Translation(without_controls(row.text), without_controls(made_for), cuts)


def _confirms(row: Row, theirs: Translation, standing: Standing) -> bool:
    """Whether somebody said of an outdated translation, left as it is, that it holds for the text as it is now."""
    ours = standing.current
    return (
        ours is not None
        and not standing.holds
        and not row.is_unsure
        and bool(row.source)
        and _is_equal(ours.text, theirs.text)
        and _is_equal(theirs.made_for, standing.text)
    )


def _is_same(row: Row, theirs: Translation, ours: Translation) -> bool:
    """A form that knows no source text cannot say anything of it."""
    return _is_equal(theirs.text, ours.text) and (
        (_is_equal(theirs.made_for, ours.made_for) or not row.source or row.is_unsure) and theirs.cuts == ours.cuts
    )


def _is_as_it_left(row: Row) -> bool:
    return row.is_as_it_left and row.base is not None and (not row.cuts or row.cuts == row.base.cuts)


def _is_alike(theirs: Translation, other: Translation) -> bool:
    return (
        _is_equal(theirs.text, other.text)
        and _is_equal(theirs.made_for, other.made_for)
        and theirs.cuts in ((), other.cuts)
    )


def _wrong(theirs: Translation, kind: Kind) -> tuple[Issue, ...]:
    if len(theirs.text) > LONGEST_TEXT:
        return (TOO_LONG.at(Place(), count=len(theirs.text), limit=LONGEST_TEXT),)
    return check(theirs.made_for, theirs.text, kind=kind)


def _is_equal(one: str, other: str) -> bool:
    return one == other or comparable(one) == comparable(other)


def _decided(row: Row, standing: Standing, theirs: Translation) -> Merged:
    """What becomes of a row that brings something new."""
    ours = standing.current
    is_current = _is_equal(theirs.made_for, standing.text)
    if is_current:
        theirs = replace(theirs, made_for=standing.text)
    is_untouched = ours is None or (row.base is not None and row.base.digest == digest(ours.text))
    if row.is_unsure:
        return Merged(row, Outcome.UNSURE, standing, theirs, is_suggestion=True)
    if is_current and (is_untouched or not standing.holds):
        return Merged(row, Outcome.TAKEN, standing, theirs)
    if not is_current and (standing.holds or is_untouched):
        return Merged(row, Outcome.OUTDATED, standing, theirs, is_suggestion=standing.holds)
    return Merged(row, Outcome.CONFLICT, standing, theirs, is_suggestion=True)
