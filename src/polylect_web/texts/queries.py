"""What pages ask about texts: a unit in a language, titles, the languages that a course has.

A page is made in two steps, so that what does not change costs nothing. `unit_keys` (one query once titles
are at hand) gives each block a `cache_key`: as long as it is the same, so is the block in this language.
`read_blocks` gives those that the caller has not rendered yet (at most two queries for all of them). Both are
constant in the number of languages, blocks and old targets.

Learners see `TranslationUnit.shown`. A text falls back along `languages.chain`, then to the source. An outdated target
stays shown; in an exercise only when a reviewer said that it holds for the new source text too. In a pseudo-language
every text is made up of its source: nothing of that is stored, or counted among the languages of a course.

A run may show an older version than the last of its course. Where that one says something else, its readers see the
newest target that was made for what they read (or holds for it), and else the one that is shown to all, which is
outdated for them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from polylect import languages, messages
from polylect.captions.cutting import Border
from polylect.course import tree
from polylect.exercises import Words
from polylect.messages import pseudo
from polylect.messages.message import Form, Mark, join, split, without_controls, words_of
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Course, Placement, Run, Version
from polylect_web.courses.outline import Block, Outline, Section, Subsection, Unit
from polylect_web.courses.rows import Item
from polylect_web.foundation.prepared import Prepared
from polylect_web.foundation.recent import Recent
from polylect_web.texts.choices import Choice
from polylect_web.texts.models import (
    HOLDING,
    LanguageChoice,
    Message,
    Origin,
    Place,
    Review,
    RevisionCounter,
    Shown,
    Target,
    TranslationUnit,
    Verdict,
)

TITLES = ""
"""The unit code under which changes of titles and other texts outside of units are counted."""

EVERY = ""
"""The language under which every change of a course's texts is counted (with the unit code TITLES), whatever it is
in."""

TITLE_ROLE = "title"

Titles = Mapping[str, Words]
"""By code: a title, and the language that it is in. The course's own is under `messages.COURSE_CODE`."""


class State(Enum):
    """Where a message stands in a language. Computed from targets and reviews, stored nowhere."""

    MISSING = "missing"
    OUTDATED = "outdated"
    TRANSLATED = "translated"
    APPROVED = "approved"


@dataclass(frozen=True)
class KeyedBlock:
    """A block and the key of what it looks like in a language. `children`: what a selection draws from."""

    block: Block
    cache_key: str
    children: tuple["KeyedBlock", ...] = ()


@dataclass(frozen=True)
class UnitKeys:
    """What is needed to draw a unit from rendered blocks: its keyed blocks, and every title of the course.

    `changes` counts the changes of any text of the course in any language, for `available_languages`.
    """

    unit: Unit
    blocks: tuple[KeyedBlock, ...]
    titles: Titles
    changes: int = 0

    @property
    def title(self) -> Words:
        return self.titles[self.unit.code]


@dataclass(frozen=True)
class Earlier:
    """A text of an exercise that changed since it was translated: as it is now, and its translation of before."""

    text: str
    translation: Words


@dataclass(frozen=True)
class ReadBlock:
    """A block put together in a language. `title` has its own title, with the language that it is in.

    `untranslated` and `outdated` count its texts that are shown in the source for want of a translation, and
    those whose translation is of an earlier source (in an exercise these are shown in the source: `earlier` has those
    that stand in it before anybody answers). `machine` counts those that are shown as a machine wrote them, and nobody
    approved. Addresses do not count, nor does, for a machine, the title of a text, which no page shows.
    """

    item: Item
    title: Words
    texts: int = 0
    untranslated: int = 0
    outdated: int = 0
    is_title_outdated: bool = False
    machine: int = 0
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True)
class ShownText:
    """A text of a unit as learners see it: `shown` is in `language`, and is the source where there is no translation
    (or, in an exercise, none that holds). `target` is the language that a better translation would be in."""

    message: UUID
    block_code: str
    kind: messages.Kind
    source: str
    shown: str
    language: str
    target: str


@dataclass(frozen=True)
class ReadUnit:
    """A unit put together in a language; blocks by code, those below a selection too."""

    title: Words
    unit: Unit
    blocks: Mapping[str, ReadBlock]


@dataclass(frozen=True)
class Availability:
    """How much of a course there is in a language: from 0 to 1, in whole texts. The source language has 1."""

    language: str
    share: float


@dataclass(frozen=True)
class OutdatedText:
    """A text that changed after it was translated: what the translations into `languages` were made for, and what it
    is now."""

    message: UUID
    block_code: str
    made_for: str
    text: str
    languages: tuple[str, ...]


class Known(NamedTuple):
    """A message as exchange forms name it, and its text in the version shown last."""

    uuid: UUID
    text: str


class _Found(NamedTuple):
    """A shown target where its message stands; `verdicts` are (verdict, source text), in the order they were
    given."""

    language: str
    text: str
    cuts: tuple[int, ...]
    source_text: str
    verdicts: tuple[tuple[str, str], ...]
    origin: str = Origin.HUMAN
    borders: tuple[Border, ...] = ()
    last_text: str | None = None
    """What its message says in the version published last; None: nothing else is known than what it says here."""

    @property
    def is_approved(self) -> bool:
        """Whether it was said last that it is right, for whatever source."""
        return next((said for said, _ in reversed(self.verdicts) if said not in HOLDING), "") == Verdict.APPROVED

    def is_for_another_version(self, text: str) -> bool:
        """Whether it does not hold for this text, and that is of an older version."""
        return self.last_text not in (None, text) and not self.holds_for(text)

    def is_machine_made(self, text: str) -> bool:
        """Whether a machine wrote it, and no reviewer said that it is right."""
        return self.origin == Origin.MACHINE and state_of(text, self.source_text, self.verdicts) is not State.APPROVED

    def holds_for(self, text: str) -> bool:
        """Whether it is a translation of this text, by its origin or by a reviewer's word."""
        return state_of(text, self.source_text, self.verdicts) is not State.OUTDATED


_Place = tuple[str, str]
"""Block code and content hash."""

_Targets = Mapping[str, tuple[_Found, ...]]
"""By role: the shown targets of a message, the best language first."""

_Wanted = Mapping[tuple[_Place, str], str]
"""By place and role: what a text says there."""

_STANDING = ("block_code", "content_hash", "role")
_ON_VIEW = frozenset(
    {messages.Kind.TITLE, messages.Kind.TEXT, messages.Kind.HEADING, messages.Kind.LABEL, messages.Kind.CHOICE}
)
"""What stands in an exercise before anybody answers or asks for a hint."""

_titles: Recent[tuple[int, str, tuple[int, ...]], Titles] = Recent(256)
_blocks: Recent[tuple[object, ...], ReadBlock] = Recent(500)
_messages: Recent[tuple[str, str], tuple[messages.Message, ...]] = Recent(500)
_available: Recent[tuple[int, int], tuple[Availability, ...]] = Recent(64)

_counters = Prepared(
    lambda course_id, unit_codes, chain: RevisionCounter.objects.filter(
        course_id=course_id, unit_code__in=unit_codes, language__in=chain
    ).values_list("unit_code", "language", "count")
)


def unit_keys(version: Version, unit: Unit, language: str) -> UnitKeys:
    """The unit's blocks with their cache keys, and the titles around it. `unit` comes from an outline, and
    may be cut down to what the reader may see. One query, and one more where titles changed."""
    counts, changes = _counts(version, [unit.code, TITLES], language)
    return UnitKeys(
        unit,
        tuple(_keyed(version, block, language, counts[unit.code]) for block in unit.blocks),
        _titles_at(version, language, counts[TITLES]),
        changes,
    )


def read_blocks(version: Version, blocks: Iterable[Block], language: str) -> dict[str, ReadBlock]:
    """These blocks in this language, by code; what a selection draws from is read only where it is among them.

    At most two queries, whatever their number: contents that are not at hand, and targets; and one more for a version
    some of whose texts a newer one says otherwise.
    """
    return _read(version, [(block.code, block.content_hash) for block in blocks], language)


def read_course(version: Version, language: str) -> tree.Course:
    """The course itself in this language, without its sections: about page and other pages, names of grading
    categories. At most two queries."""
    at = (messages.COURSE_CODE, courses.outline(version).content_hash)
    return cast(tree.Course, _read(version, [at], language)[messages.COURSE_CODE].item)


def read_unit(version: Version, unit: Unit, language: str) -> ReadUnit:
    """The whole unit in this language, for whoever keeps no rendered blocks."""
    return ReadUnit(titles(version, language)[unit.code], unit, read_blocks(version, unit.all_blocks(), language))


def read_draft(version: Version, block_code: str, content_hash: str, language: str, role: str, text: str) -> ReadBlock:
    """What stands in a place, with a draft as the text of a role: for whoever translates it. Two queries, and nothing
    of it is kept."""
    item = courses.load_content(content_hash)
    own = courses.outline(version).course.language
    here = dict(_targets(version, [(block_code, content_hash)], language).get((block_code, content_hash), {}))
    texts = _texts_of(item, content_hash, own)
    source = next((one.text for one in texts if one.role == role), None)
    if source is not None and text:
        here[role] = (_Found(language, text, (), source, ()),)
    return _put_together(item, texts, here, language, own)


def shown_texts(version: Version, unit: Unit, language: str) -> list[ShownText]:
    """What learners read in a unit, in its order; without addresses, and without what gives answers away. At most four
    queries."""
    places = [(unit.code, unit.content_hash), *((one.code, one.content_hash) for one in unit.all_blocks())]
    places = [at for at in places if at[1]]
    items = courses.load_contents(content_hash for _, content_hash in places)
    own = courses.outline(version).course.language
    found_in = {at: _texts_of(items[at[1]], at[1], own) for at in places}
    wanted = {(at, one.role): one.text for at, texts in found_in.items() for one in texts}
    targets = _for_their_texts(_targets(version, places, language), wanted, language, {version.course_id})
    codes, hashes = zip(*places, strict=True)
    rows = Place.objects.filter(course_id=version.course_id, block_code__in=codes, content_hash__in=hashes)
    uuids = {(*at, role): uuid for *at, role, uuid in rows.values_list(*_STANDING, "message__uuid")}
    found: list[ShownText] = []
    for at in places:
        item = items[at[1]]
        for message in found_in[at]:
            uuid = uuids.get((*at, message.role))
            if uuid is None or message.reveals or message.optional:
                continue
            shown = _shown(item, message.text, targets.get(at, {}).get(message.role, ()))
            text, of, target = (shown.text, shown.language, shown.language) if shown else (message.text, own, language)
            found.append(ShownText(uuid, at[0], message.kind, message.text, text, of, target))
    return found


def shown_sentences(
    version: Version, block_code: str, content_hash: str, roles: Collection[str], language: str
) -> dict[str, messages.Target]:
    """What learners see of these sentences of a video, by role; those without a translation are left out. One query."""
    chain = languages.chain(language)
    rows = _shown_at(
        chain,
        message__places__course_id=version.course_id,
        message__places__block_code=block_code,
        message__places__content_hash=content_hash,
        message__places__role__in=roles,
    )
    found = _by_place(rows, chain).get((block_code, content_hash), {})
    return {
        role: messages.Target(known[0].text, known[0].language, known[0].cuts, borders=known[0].borders)
        for role, known in found.items()
        if known
    }


def titles(version: Version, language: str) -> Titles:
    """The titles of the course, its sections, subsections and units, by code. One query, and one more
    if they changed."""
    return _titles_at(version, language, _counts(version, [TITLES], language)[0][TITLES])


def message_uuids(version: Version) -> dict[tuple[str, str], Known]:
    """Every message of a version by what it stands in and its role, as `polylect.messages.po` names them. Two
    queries."""
    placed = set(Placement.objects.filter(version=version, unplaced="").values_list("code", "content_id"))
    rows = Place.objects.filter(course_id=version.course_id).values_list(
        "block_code", "content_hash", "role", "message__uuid", "message__text"
    )
    return {(code, role): Known(uuid, text) for code, at, role, uuid, text in rows if (code, at) in placed}


def caption_languages(version: Version, block: Block) -> tuple[str, ...]:
    """The languages that a video has captions in: those its author gave, then those that somebody translated. One
    query.

    `read_blocks` with such a language gives the video with that track.
    """
    item = courses.load_content(block.content_hash)
    own = [track.language for track in item.tracks] if isinstance(item, tree.Video) else []
    translated = TranslationUnit.objects.filter(
        shown__isnull=False,
        message__kind=messages.Kind.CAPTION.value,
        message__places__course_id=version.course_id,
        message__places__block_code=block.code,
        message__places__content_hash=block.content_hash,
    )
    return tuple(dict.fromkeys([*own, *translated.order_by("language").values_list("language", flat=True).distinct()]))


def course_titles(runs: Sequence[Run], language: str) -> dict[int, Words]:
    """The titles of many runs, by the run's id, for lists: one query, two for each version not yet read here, and one
    where a newer version of a course has another title."""
    outlines = {run.pk: courses.outline(run.version_id) for run in runs}
    chain = languages.chain(language)
    rows = _shown_at(
        chain,
        message__places__course_id__in=[run.course_id for run in runs],
        message__places__block_code=messages.COURSE_CODE,
        message__places__content_hash__in=[outline.content_hash for outline in outlines.values()],
        message__places__role=TITLE_ROLE,
    )
    wanted = {
        ((messages.COURSE_CODE, outline.content_hash), TITLE_ROLE): _title_text(outline.course.title)
        for outline in outlines.values()
    }
    found = _for_their_texts(_by_place(rows, chain), wanted, language, {run.course_id for run in runs})
    own = {run.pk: Words(outlines[run.pk].course.title, outlines[run.pk].course.language) for run in runs}
    return {
        run.pk: _first(_titles_in(found, messages.COURSE_CODE, outlines[run.pk].content_hash), language, own[run.pk])
        for run in runs
    }


def available_languages(version: Version, changes: int | None = None) -> tuple[Availability, ...]:
    """The languages that this version can be read in, its own first, then the most complete. One query while
    nothing changed, and none for who has `changes` from `unit_keys`."""
    if changes is None:
        changes = _counts(version, [TITLES], EVERY)[1]
    return _available.one((version.pk, changes), lambda: _count_languages(version))


def accepted_spellings(course: Course | int, block_code: str, content_hash: str) -> tuple[tuple[str, str], ...]:
    """What else counts as right in this block's text questions: (role of the answer, spelling), approved in
    any language.

    One query. A spelling that a reviewer approved counts for everybody, whichever language they answer in, as long as
    the answer that it was approved for is the answer.
    """
    course_id = course if isinstance(course, int) else course.pk
    rows = TranslationUnit.objects.filter(
        message__places__course_id=course_id,
        message__places__block_code=block_code,
        message__places__content_hash=content_hash,
        message__kind=messages.Kind.ANSWER.value,
        shown__reviews__isnull=False,
    ).order_by("pk", "shown__reviews")
    fields = ("message__places__role", "shown__text", "shown__source_text")
    said: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for *spelling, verdict, source_text in rows.values_list(
        *fields, "shown__reviews__verdict", "shown__reviews__source_text"
    ):
        said.setdefault((spelling[0], spelling[1], spelling[2]), []).append((verdict, source_text))
    if not said:
        return ()
    texts = {one.role: one.text for one in messages.find(courses.load_content(content_hash))}
    return tuple(
        (role, spelling)
        for (role, spelling, made_for), verdicts in said.items()
        if role in texts and state_of(texts[role], made_for, verdicts) is State.APPROVED
    )


def outdated_texts(course: Course) -> tuple[OutdatedText, ...]:
    """The texts of the version shown last whose translation is of an earlier source, in reading order. Two queries."""
    last = Version.objects.filter(course=course).exclude(number=None).order_by("-number").values("pk")[:1]
    here = Placement.objects.filter(version=Subquery(last), unplaced="")
    placed = set(here.values_list("code", "content_id"))
    order = {code: number for number, code in enumerate(here.order_by("position").values_list("code", flat=True))}
    rows = (
        TranslationUnit.objects.filter(message__course=course)
        .exclude(current__source_text=F("message__text"))
        .annotate(said=last_said())
        .filter(Q(said=None) | Q(said=Verdict.REJECTED))
        .select_related("message", "current")
    )
    standing = Place.objects.filter(course=course, message__in=rows.values("message"))
    held = {pk for *at, pk in standing.values_list("block_code", "content_hash", "message_id") if tuple(at) in placed}
    found: dict[tuple[int, str], OutdatedText] = {}
    for unit in rows.order_by("message__position", "message", "language"):
        message, made_for = unit.message, unit.current.source_text
        if message.pk not in held:
            continue
        before = found.get((message.pk, made_for))
        known = before.languages if before else ()
        found[message.pk, made_for] = OutdatedText(
            message.uuid, message.block_code, made_for, message.text, (*known, unit.language)
        )
    return tuple(sorted(found.values(), key=lambda one: order.get(one.block_code, -1)))


def state_of(message_text: str, target_source: str | None, verdicts: Iterable[tuple[str, str]]) -> State:
    """Where a message stands, from the source its current target was made for (None: there is no target) and
    what people said of that target: (verdict, source text) in the order they said it.

    A target that was approved and is still valid for another source is approved for it, too.
    """
    if target_source is None:
        return State.MISSING
    verdicts = list(verdicts)
    said = [verdict for verdict, source_text in verdicts if source_text == message_text]
    is_valid = bool(said) and said[-1] in HOLDING
    if is_valid:
        said = [verdict for verdict, _ in verdicts if verdict not in HOLDING]
    if said and said[-1] == Verdict.APPROVED:
        return State.APPROVED
    return State.TRANSLATED if is_valid or target_source == message_text else State.OUTDATED


def last_said(of: str = "current") -> Subquery:
    """What was said last of a unit's current target, or of the one that is shown, for the source as it is now."""
    said = Review.objects.filter(target=OuterRef(of), source_text=OuterRef("message__text"))
    return Subquery(said.order_by("-pk").values("verdict")[:1])


def taken_targets() -> QuerySet[Target]:
    """The targets that were current once, or may be: all but suggestions that nobody accepted and what was rejected."""
    said = Review.objects.filter(target=OuterRef("pk")).exclude(verdict=Verdict.STILL_VALID)
    last = Subquery(said.order_by("-pk").values("verdict")[:1])
    return Target.objects.annotate(last=last).filter(
        Q(last__in=(Verdict.APPROVED, Verdict.ACCEPTED)) | Q(is_suggestion=False, last=None)
    )


def forget() -> None:
    """Empties this process's caches: for tests, whose databases use the same numbers again."""
    _titles.forget()
    _blocks.forget()
    _messages.forget()
    _available.forget()


def _counts(version: Version, unit_codes: Sequence[str], language: str) -> tuple[dict[str, tuple[int, ...]], int]:
    """The revision counters of these units, one for each language of the chain, and that of every change in the course.
    One query."""
    chain = languages.chain(language) if language else ()
    rows = _counters(version.course_id, unit_codes, [*chain, EVERY])
    counted = {(unit_code, of): count for unit_code, of, count in rows}
    by_unit = {code: tuple(counted.get((code, of), 0) for of in chain) for code in unit_codes}
    return by_unit, counted.get((TITLES, EVERY), 0)


def _keyed(version: Version, block: Block, language: str, counts: tuple[int, ...]) -> KeyedBlock:
    """Links lead elsewhere in another version, so a block with links has the version in its key."""
    parts = [version.course_id, block.code, block.content_hash, language, ".".join(map(str, counts))]
    if block.has_links:
        parts.append(f"v{version.pk}")
    children = tuple(_keyed(version, child, language, counts) for child in block.children)
    return KeyedBlock(block, ":".join(map(str, parts)), children)


def _titles_at(version: Version, language: str, counts: tuple[int, ...]) -> Titles:
    return _titles.one((version.pk, language, counts), lambda: _read_titles(version, language))


def _read_titles(version: Version, language: str) -> Titles:
    outline = courses.outline(version)
    own = outline.course.language
    chain = languages.chain(language)
    rows = _shown_at(chain, message__places__course_id=version.course_id, message__places__role=TITLE_ROLE)
    wanted = {((code, at), TITLE_ROLE): _title_text(title) for code, title, at in _titled(outline)}
    found = _for_their_texts(_by_place(rows, chain), wanted, language, {version.course_id})
    return {
        code: _first(_titles_in(found, code, content_hash), language, Words(title, own))
        for code, title, content_hash in _titled(outline)
    }


def _titled(outline: Outline) -> Iterator[tuple[str, str, str]]:
    """Code, title and content hash of everything that has a title and is no block. The course comes last: its code
    wins."""
    subsections = list(outline.subsections())
    aside = [item for item in outline.unplaced if isinstance(item, Unit)]
    nodes: list[Section | Subsection | Unit] = [*outline.sections, *subsections, *aside, *outline.units()]
    for node in nodes:
        yield node.code, node.title, node.content_hash
    yield messages.COURSE_CODE, outline.course.title, outline.content_hash


def _targets(version: Version, places: Collection[_Place], language: str) -> Mapping[_Place, _Targets]:
    """The shown targets of the messages in these places (block code, content hash), the first of the chain
    first."""
    if not places:
        return {}
    chain, codes, hashes = languages.chain(language), *zip(*places, strict=True)
    return _by_place(_shown_targets(chain, version.course_id, codes, hashes), chain)


def _for_their_texts(
    targets: Mapping[_Place, _Targets], wanted: _Wanted, language: str, course_ids: Collection[int]
) -> Mapping[_Place, _Targets]:
    """These targets, but for texts that a newer version says otherwise those that hold for what is said here, where
    there are such. No query, and one where there are such texts."""
    others = {
        (place, role): text
        for (place, role), text in wanted.items()
        if any(one.is_for_another_version(text) for one in targets.get(place, {}).get(role, ()))
    }
    if not others:
        return targets
    holding = _holding_for(others, languages.chain(language), course_ids)
    better = {place: dict(roles) for place, roles in targets.items()}
    for place, role in others:
        better[place][role] = tuple(holding.get((place, role, one.language), one) for one in targets[place][role])
    return better


def _holding_for(
    wanted: _Wanted, chain: Sequence[str], course_ids: Collection[int]
) -> Mapping[tuple[_Place, str, str], _Found]:
    """By place, role and language: the newest target that holds for the text that is wanted, of those that the course
    shows. One query."""
    chosen = LanguageChoice.objects.filter(course=OuterRef("message__course"), language=OuterRef("language"))
    rows = taken_targets().filter(
        language__in=chain,
        message__places__course_id__in=course_ids,
        message__places__block_code__in={place[0] for place, _ in wanted},
        message__places__content_hash__in={place[1] for place, _ in wanted},
        message__places__role__in={role for _, role in wanted},
    )
    fields = rows.order_by("pk", "reviews").values_list(
        *("message__places__block_code", "message__places__content_hash", "message__places__role", "language", "pk"),
        *(Subquery(chosen.values(one)[:1]) for one in ("shown", "shows_machine")),
        *("text", "cuts", "source_text", "origin", "borders", "message__text"),
        *("reviews__verdict", "reviews__source_text"),
    )
    written: dict[tuple[_Place, str, str, int], tuple[Choice, _Found]] = {}
    for code, content_hash, role, language, pk, shown, shows_machine, *said in fields:
        key = ((code, content_hash), role, language, pk)
        choice = Choice(shown=Shown(shown or Shown.TRANSLATED), shows_machine=bool(shows_machine))
        written[key] = (choice, _found(written[key][1] if key in written else None, language, *said))
    return {
        (place, role, language): one
        for (place, role, language, _), (choice, one) in written.items()
        if one.holds_for(wanted.get((place, role), "")) and choice.shows(one.origin, is_approved=one.is_approved)
    }


def _shown_at(chain: Sequence[str], **where: object) -> QuerySet[TranslationUnit, tuple[Any, ...]]:
    """The targets that are shown, with the place of their message and what reviewers said of them: a row for each place
    and review. All conditions are on one place."""
    rows = TranslationUnit.objects.filter(language__in=chain, shown__isnull=False, **where).values_list(
        "message__places__block_code",
        "message__places__content_hash",
        "message__places__role",
        "language",
        "shown__text",
        "shown__cuts",
        "shown__source_text",
        "shown__origin",
        "shown__borders",
        "message__text",
        "shown__reviews__verdict",
        "shown__reviews__source_text",
    )
    return rows.order_by("shown__reviews")


_shown_targets = Prepared(
    lambda chain, course_id, codes, hashes: _shown_at(
        chain,
        message__places__course_id=course_id,
        message__places__block_code__in=codes,
        message__places__content_hash__in=hashes,
    )
)


def _by_place(rows: Iterable[tuple[Any, ...]], chain: Sequence[str]) -> Mapping[_Place, _Targets]:
    """The rows of `_shown_at` put together, the first of the chain first."""
    found: dict[_Place, dict[str, dict[str, _Found]]] = {}
    for block_code, content_hash, role, language, *said in rows:
        here = found.setdefault((block_code, content_hash), {}).setdefault(role, {})
        here[language] = _found(here.get(language), language, *said)
    return {
        place: {role: tuple(here[of] for of in chain if of in here) for role, here in roles.items()}
        for place, roles in found.items()
    }


def _found(
    before: _Found | None,
    language: str,
    text: str,
    cuts: list[int] | None,
    source_text: str,
    origin: str,
    borders: list[Border] | None,
    last_text: str,
    verdict: str | None,
    said_of: str | None,
) -> _Found:
    """A target as it is read from a row for each of its reviews; `before`: from the rows before."""
    verdicts = before.verdicts if before is not None else ()
    if verdict is not None and said_of is not None:
        verdicts = (*verdicts, (verdict, said_of))
    parted = tuple((source, cut) for source, cut in borders or ())
    return _Found(language, text, tuple(cuts or ()), source_text, verdicts, origin, parted, last_text)


def _titles_in(rows: Mapping[_Place, _Targets], code: str, content_hash: str) -> Sequence[_Found]:
    return rows.get((code, content_hash), {}).get(TITLE_ROLE, ())


def _title_text(title: str) -> str:
    """What the message of a title says."""
    return without_controls(join([title]))


def _first(found: Sequence[_Found], language: str, own: Words) -> Words:
    """The title in the best language there is. The source is the best where it is asked for, in any of its
    regions."""
    if pseudo.is_pseudo(language):
        return Words(pseudo.words(own.text, language), language)
    chain = languages.chain(language)
    known = [(chain.index(one.language), Words(words_of(one.text), one.language)) for one in found]
    if own.language in chain:
        known.append((chain.index(own.language), own))
    return min(known, key=lambda one: one[0])[1] if known else own


def _read(version: Version, places: Sequence[_Place], language: str) -> dict[str, ReadBlock]:
    """What stands in these places; what was put together of the same content and targets before is taken as it is."""
    items = courses.load_contents(content_hash for _, content_hash in places)
    own = courses.outline(version).course.language
    texts = {place: _texts_of(items[place[1]], place[1], own) for place in places}
    wanted = {(place, one.role): one.text for place, some in texts.items() for one in some}
    targets = _for_their_texts(_targets(version, places, language), wanted, language, {version.course_id})
    blocks: dict[str, ReadBlock] = {}
    for place in places:
        here = targets.get(place, {})
        key = (place[1], language, own, tuple(sorted(here.items())))
        blocks[place[0]] = _blocks.one(key, partial(_put_together, items[place[1]], texts[place], here, language, own))
    return blocks


def _texts_of(item: Item, content_hash: str, own: str) -> tuple[messages.Message, ...]:
    return _messages.one((content_hash, own), lambda: tuple(messages.find(item, source_language=own)))


def _put_together(
    item: Item, texts: Sequence[messages.Message], targets: _Targets, language: str, own: str
) -> ReadBlock:
    put: dict[str, messages.Target] = {}
    counted = untranslated = outdated = machine = 0
    is_title_outdated = False
    earlier: list[Earlier] = []
    for message in texts:
        found = _made_up(message, language) or targets.get(message.role, ())
        shown = _shown(item, message.text, found)
        if shown is not None:
            put[message.role] = messages.Target(shown.text, shown.language, shown.cuts, borders=shown.borders)
        if not message.optional:
            counted += 1
            untranslated += not found
            is_outdated = bool(found) and (shown is None or not shown.holds_for(message.text))
            outdated += is_outdated
            is_title_outdated |= is_outdated and message.role == TITLE_ROLE
            is_seen = message.role != TITLE_ROLE or not isinstance(item, tree.Text)
            machine += is_seen and shown is not None and shown.is_machine_made(message.text)
            if is_outdated and shown is None and message.kind in _ON_VIEW and not message.reveals:
                earlier.append(Earlier(_readable(message.text), Words(_readable(found[0].text), found[0].language)))
    whole = messages.put_back(item, put, language=language, source_language=own)
    title = put.get(TITLE_ROLE)
    shown_title = Words(whole.title, title.language if title else own)
    return ReadBlock(whole, shown_title, counted, untranslated, outdated, is_title_outdated, machine, tuple(earlier))


def _readable(text: str) -> str:
    """A message's text to read alone: where a field, a picture or a formula would stand is an ellipsis."""
    parts = split(text)
    marks = {part: "…" for part in parts if isinstance(part, Mark) and part.form is Form.ALONE}
    return " ".join("".join(part if isinstance(part, str) else marks.get(part, "") for part in parts).split())


def _made_up(message: messages.Message, language: str) -> tuple[_Found, ...]:
    """The text in a pseudo-language, which comes before whatever there is in the languages behind it."""
    target = pseudo.translate(message, language)
    return (_Found(language, target.text, (), message.text, ()),) if target is not None else ()


def _shown(item: Item, text: str, found: Sequence[_Found]) -> _Found | None:
    """The best target there is; in an exercise, the best that is not outdated, for else it could mislead."""
    if isinstance(item, tree.Exercise):
        return next((one for one in found if one.holds_for(text)), None)
    return found[0] if found else None


def _count_languages(version: Version) -> tuple[Availability, ...]:
    """Counts the texts whose translation is shown and is one of the source as it is now. Two queries, whatever the
    number of languages."""
    own = courses.outline(version).course.language
    here = Placement.objects.filter(version=version, unplaced="").values("content_id")
    texts = Message.objects.filter(course_id=version.course_id, optional=False, places__content_hash__in=here)
    total = texts.distinct().count()
    done = (
        TranslationUnit.objects.annotate(said=last_said("shown"))
        .filter(
            Q(shown__source_text=F("message__text")) | Q(said__in=(Verdict.APPROVED, *HOLDING)),
            message__in=texts.values("pk"),
        )
        .values("language")
        .annotate(count=Count("pk", distinct=True))
    )
    shares = {row["language"]: row["count"] / total for row in done} if total else {}
    shares.pop(own, None)
    others = sorted(shares, key=lambda language: (-shares[language], language))
    return (Availability(own, 1.0), *(Availability(language, shares[language]) for language in others))
