"""Sentences of a video's captions made one, or parted, by an author who sees them otherwise than the program does.

Sentences are stored with a version and are the same in every language. Another version is published for each change;
what was translated is put together or parted with them, so that learners go on reading what they read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from polylect.captions import cutting, groups, recue, regrouping, scripts
from polylect.captions.recue import Piece
from polylect.captions.track import Group
from polylect.course import tree, walk
from polylect.messages.blocks import caption_role
from polylect.messages.message import escape, words_of
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.actions import NotPublished
from polylect_web.courses.models import Run, Version
from polylect_web.foundation.database import write
from polylect_web.texts import writing
from polylect_web.texts.actions import Given, publish, take_targets
from polylect_web.texts.choices import choice_of
from polylect_web.texts.models import Asks, Message, Origin, Place, Target, TranslationUnit, Verdict
from polylect_web.texts.revisions import get_ready, raise_counters
from polylect_web.texts.tracks import Outcome, find_video
from polylect_web.texts.writing import Asked

Languages = dict[str, "Said"]


@dataclass(frozen=True)
class At:
    """A sentence of a version: in which video, in which of its tracks, and which one it is there, from 0."""

    block_code: str
    track: tree.VideoTrack
    number: int


@dataclass(frozen=True)
class Said:
    """A translation that holds: its text on one line, where each of its cues but the first begins (`recue.CHOOSE` where
    that is not known), whether a reviewer approved it, and who wrote it."""

    text: str
    cuts: tuple[int, ...]
    is_approved: bool
    person: Person | None


def join(run: Run, at: At, *, by: Person) -> Outcome:
    """Publishes a version in which a sentence and the next one are one. In every language in which both are translated,
    so is the new one; where only one is, learners would miss what the other says, so that it is a suggestion. Who asked
    for it is answered."""
    left, right = (_said(run, at, number) for number in (at.number, at.number + 1))
    if at.number + 1 >= len(at.track.groups):
        return Outcome.UNCHANGED
    shares_cue = at.track.groups[at.number].spans[-1].cue == at.track.groups[at.number + 1].spans[0].cue
    made = {
        language: [_together(left[language], right[language], shares_cue=shares_cue)]
        for language in left.keys() & right.keys()
    }
    asked = Asked(Asks.JOIN, _source(at))
    halves = {language: (left | right)[language] for language in left.keys() ^ right.keys()}
    return _publish(run, at, regrouping.joined(at.track.groups, at.number), made, asked, by, halves)


def part(run: Run, at: At, place: int, *, by: Person) -> Outcome:
    """Publishes a version in which a sentence is two, parted at one of its places (`regrouping.places`), and so are its
    translations. Who asked for it is answered."""
    sentences = regrouping.parted(at.track.track, at.track.groups, at.number, place)
    if len(sentences) == len(at.track.groups):
        return Outcome.UNCHANGED
    halves = sentences[at.number], sentences[at.number + 1]
    made = {language: _apart(at, halves, said, language) for language, said in _said(run, at, at.number).items()}
    return _publish(run, at, sentences, made, Asked(Asks.PART, _source(at), place), by)


def message_at(version: Version, block_code: str, role: str) -> Message | None:
    """The message that stands in a block of a version under this role; None where there is none. One query."""
    unit = courses.outline(version).unit_of(block_code)
    block = next((one for one in unit.all_blocks() if one.code == block_code), None) if unit else None
    if block is None:
        return None
    where = {"course_id": version.course_id, "block_code": block_code, "content_hash": block.content_hash, "role": role}
    place = Place.objects.filter(**where).select_related("message").first()
    return place.message if place is not None else None


def _said(run: Run, at: At, number: int) -> Languages:
    """What is translated of a sentence, by language, where it holds for the source as it is. Three queries."""
    if number >= len(at.track.groups):
        return {}
    message = message_at(run.version, at.block_code, caption_role(at.track, number + 1))
    if message is None:
        return {}
    units = TranslationUnit.objects.filter(message=message, current__source_text=message.text)
    pieces = [groups.piece_text(at.track.track, span) for span in at.track.groups[number].spans]
    found = {}
    for unit in units.select_related("current__person").prefetch_related("current__reviews"):
        said = [one.verdict for one in unit.current.reviews.all() if one.source_text == message.text]
        is_approved = bool(said) and said[-1] == Verdict.APPROVED
        found[unit.language] = Said(_line(unit.current), _cuts(unit.current, pieces), is_approved, unit.current.person)
    return found


def _line(target: Target) -> str:
    return scripts.one_line(words_of(target.text))


def _cuts(target: Target, pieces: Sequence[str]) -> tuple[int, ...]:
    borders = [(source, cut) for source, cut in target.borders or ()]
    return cutting.kept(target.cuts or (), borders, pieces) or (recue.CHOOSE,) * (len(pieces) - 1)


def _together(left: Said, right: Said, *, shares_cue: bool) -> Said:
    text = scripts.join([left.text, right.text])
    start = len(text) - len(right.text)
    between = () if shares_cue else (start,)
    moved = (cut if cut == recue.CHOOSE else cut + start for cut in right.cuts)
    return Said(text, (*left.cuts, *between, *moved), left.is_approved and right.is_approved, left.person)


def _apart(at: At, halves: tuple[Group, Group], said: Said, language: str) -> list[Said]:
    """A translation parted where its source is: where one of its cues begins, if the source is parted between cues,
    else where `recue` would part it. Nothing, where one half would be empty."""
    first, second = (len(half.spans) for half in halves)
    is_between_cues = halves[0].spans[-1].cue != halves[1].spans[0].cue
    cut = said.cuts[first - 1] if is_between_cues else recue.CHOOSE
    if cut == recue.CHOOSE:
        pieces = [Piece(groups.text(at.track.track, half), 0, 0) for half in halves]
        (cut,) = recue.recue(said.text, pieces, language)
    texts = said.text[:cut].strip(" "), said.text[cut:].strip(" ")
    if not all(texts):
        return []
    before, after = said.cuts[: first - 1], said.cuts[len(said.cuts) - second + 1 :]
    return [
        Said(texts[0], tuple(one if one < cut else recue.CHOOSE for one in before), said.is_approved, said.person),
        Said(texts[1], tuple(one - cut if one > cut else recue.CHOOSE for one in after), said.is_approved, said.person),
    ]


def _source(at: At) -> str:
    return escape(groups.text(at.track.track, at.track.groups[at.number]))


def _publish(
    run: Run,
    at: At,
    sentences: tuple[Group, ...],
    made: dict[str, list[Said]],
    asked: Asked,
    by: Person,
    halves: Languages | None = None,
) -> Outcome:
    """Publishes the version with these sentences in the place of the track's, gives their translations, and settles
    what was asked for. `halves`: translations of a part of the sentence, which are offered."""
    version = run.version
    video = find_video(version, at.block_code)
    if video is None or at.track not in video.tracks:
        return Outcome.CLASH
    tracks = tuple(replace(one, groups=sentences) if one == at.track else one for one in video.tracks)
    course = walk.with_blocks(courses.course_tree(version), {at.block_code: replace(video, tracks=tracks)})
    try:
        published = publish(course, by=by, edits=version, regroups=True)
    except NotPublished:
        return Outcome.BUSY
    message = message_at(version, at.block_code, caption_role(at.track, at.number + 1))
    if message is not None:
        writing.settle_asked(message, asked, by=by)
    for language, some in made.items():
        _give(published.version, at, language, some, by)
    if halves is not None:
        _offer(published.version, at, halves, by)
    return Outcome.PUBLISHED


def _give(version: Version, at: At, language: str, some: Sequence[Said], by: Person) -> None:
    """Makes these the translations of the sentences from that one on. What was approved is: it says what it said."""
    for number, said in enumerate(some, start=at.number + 1):
        message = message_at(version, at.block_code, caption_role(at.track, number))
        if message is None:
            return
        cuts = said.cuts if any(cut != recue.CHOOSE for cut in said.cuts) else ()
        given = Given(message.uuid, escape(said.text), message.text, cuts)
        take_targets(version.course, language, [given], origin=Origin.HUMAN, by=said.person)
        if said.is_approved:
            current = TranslationUnit.objects.get(message=message, language=language).current_id
            writing.approve(version.course, current, by=by, choice=choice_of(version.course, language))


def _offer(version: Version, at: At, halves: Languages, by: Person) -> None:
    """Suggests for a joined sentence what was translated of a part of it, and no longer shows that as all of it."""
    message = message_at(version, at.block_code, caption_role(at.track, at.number + 1))
    if message is None:
        return
    get_ready(version.course_id)
    with write():
        partial = TranslationUnit.objects.filter(message=message).exclude(current__source_text=message.text)
        languages = sorted(partial.values_list("language", flat=True))
        partial.delete()
        for language in languages:
            raise_counters(version.course_id, language, {at.block_code})
    for language, said in halves.items():
        draft = writing.Draft(escape(said.text), message.text)
        writing.suggest(version.course, language, message.uuid, draft, by=said.person or by)
