"""The messages of a course and its parts: found in reading order, and put back in another language."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from polylect.captions import compose, cutting, groups, scripts
from polylect.captions.track import Group
from polylect.course.tree import (
    Block,
    Course,
    Exercise,
    Grading,
    Library,
    Page,
    Section,
    Selection,
    Subsection,
    Text,
    Unit,
    Video,
    VideoTrack,
)
from polylect.exercises import Exercise as ExerciseBody
from polylect.exercises.texts import Slot, Words
from polylect.messages import html, plain
from polylect.messages.message import Kind, Message, Target, check, escape, words_of

COURSE_CODE = "course"
"""The code that stands for the course itself, where messages are named by code and role."""

Item = Block | Unit | Subsection | Section | Course | Library
_Item = TypeVar("_Item", bound=Item)

_KINDS_OF_SLOTS = {
    "choice": Kind.CHOICE,
    "label": Kind.LABEL,
    "feedback-label": Kind.LABEL,
    "hint": Kind.HINT,
    "feedback": Kind.FEEDBACK,
    "solution": Kind.SOLUTION,
    "answer": Kind.ANSWER,
}


def find(item: Item, *, source_language: str | None = None) -> tuple[Message, ...]:
    """The messages of one thing, in reading order, without those of the things inside it (`walk` goes through
    them).

    Roles: `title`; `html` and its parts; the slots of an exercise; `poster` and `handout` of a video,
    `captions.LANGUAGE.KIND.N` for the sentences of a video's tracks in the source language (where it has none
    in that language, or none is given: in the language of its first track); `page.CODE.title`,
    `page.CODE.html` and `category.CODE.name` of a course.
    """
    return (*plain.find("title", item.title, kind=Kind.TITLE), *_inside(item, source_language))


def put_back(
    item: _Item,
    targets: Mapping[str, Target],
    *,
    language: str | None = None,
    source_language: str | None = None,
) -> _Item:
    """The thing with these targets, by role. Putting the source texts back gives the same thing.

    With `language`, each text in another one is marked inside HTML with `lang` and `dir`, in an exercise's
    plain texts by their `Words`; for titles ask `title_words`. Texts without a target are in
    `source_language`. A video gets a track in `language`, made from the sentences, as soon as one of them has
    a target, and unless its author gave one.
    """
    titled = replace(item, title=_plain(item.title, targets.get("title")))
    if isinstance(titled, Text):
        text = html.put_back("html", titled.html, targets, language=language, source_language=source_language)
        return replace(titled, html=text)
    if isinstance(titled, Exercise):
        return replace(titled, body=_exercise_body(titled, targets, language, source_language))
    if isinstance(titled, Video):
        return replace(
            titled,
            poster=_put_address(titled.poster, targets.get("poster"), Kind.MEDIA),
            handout=_put_address(titled.handout, targets.get("handout"), Kind.ADDRESS),
            tracks=_tracks(titled, targets, language, source_language),
        )
    if isinstance(titled, Course):
        pages = _pages(titled, targets, language, source_language)
        return replace(titled, pages=pages, grading=_grading(titled.grading, targets))
    return titled


def title_words(
    item: Item | Page,
    targets: Mapping[str, Target],
    *,
    language: str | None = None,
    source_language: str | None = None,
    role: str = "title",
) -> Words:
    """A title, with its language where that is not `language`."""
    target = targets.get(role)
    return Words(_plain(item.title, target), _differing(target, language, source_language))


def walk(course: Course | Library) -> Iterator[tuple[str, Item]]:
    """A course and everything in it that learners can come to, in reading order, by code."""
    yield COURSE_CODE, course
    if isinstance(course, Library):
        yield from _blocks(course.blocks)
        return
    for section in course.sections:
        yield section.code, section
        for subsection in section.subsections:
            yield subsection.code, subsection
            for unit in subsection.units:
                yield unit.code, unit
                yield from _blocks(unit.blocks)


def find_all(course: Course | Library) -> Iterator[tuple[str, Message]]:
    """Every message of a course, with the code of what it stands in."""
    language = course.language if isinstance(course, Course) else None
    for code, item in walk(course):
        for message in find(item, source_language=language):
            yield code, message


def source_tracks(video: Video, source_language: str | None) -> tuple[VideoTrack, ...]:
    """The tracks whose sentences are translated."""
    languages = {track.language for track in video.tracks}
    language = source_language if source_language in languages else next((t.language for t in video.tracks), None)
    return tuple(track for track in video.tracks if track.language == language)


def caption_role(track: VideoTrack, number: int) -> str:
    """The role of a track's sentence, counted from 1."""
    return f"captions.{track.language}.{track.kind.value}.{number}"


def sentence_target(track: VideoTrack, group: Group, target: Target) -> compose.SentenceTarget:
    """What a caption sentence's target says, and where it is cut."""
    text = scripts.one_line(words_of(target.text))
    pieces = [groups.piece_text(track.track, span) for span in group.spans] if target.borders else ()
    cuts = cutting.kept(target.cuts, target.borders, pieces) if target.borders else target.cuts
    return compose.SentenceTarget(text, target.language, cuts)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Item]]:
    for block in blocks:
        yield block.code, block
        if isinstance(block, Selection):
            yield from _blocks(block.blocks)


def _inside(item: Item, source_language: str | None) -> Iterator[Message]:
    if isinstance(item, Text):
        yield from html.find("html", item.html)
    elif isinstance(item, Exercise):
        for slot in item.body.texts():
            yield from _of_slot(slot, _has_variables(item))
    elif isinstance(item, Video):
        yield from _address("poster", item.poster, Kind.MEDIA)
        for track in source_tracks(item, source_language):
            yield from _sentences(track)
        yield from _address("handout", item.handout, Kind.ADDRESS)
    elif isinstance(item, Course):
        for page in item.pages:
            yield from plain.find(f"page.{page.code}.title", page.title, kind=Kind.TITLE)
            yield from html.find(f"page.{page.code}.html", page.html)
        for category in item.grading.categories:
            yield from plain.find(f"category.{category.code}.name", category.name, kind=Kind.NAME)


def _address(role: str, address: str, kind: Kind) -> Iterator[Message]:
    if address:
        yield Message(role, escape(address), kind, optional=True)


def _sentences(track: VideoTrack) -> Iterator[Message]:
    for number, group in enumerate(track.groups, start=1):
        yield Message(caption_role(track, number), escape(groups.text(track.track, group)), Kind.CAPTION)


def _of_slot(slot: Slot, has_variables: bool) -> tuple[Message, ...]:
    kind = _KINDS_OF_SLOTS.get(slot.kind, Kind.TEXT)
    find_in = html.find if slot.form == "html" else plain.find
    return find_in(
        slot.role, slot.content, kind=kind, reveals=slot.reveals, note=slot.note, has_variables=has_variables
    )


def _has_variables(exercise: Exercise) -> bool:
    return "<script" in exercise.body.xml


def _plain(text: str, target: Target | None, *, has_variables: bool = False) -> str:
    if target is None:
        return text
    message = plain.find("", text, kind=Kind.TITLE, has_variables=has_variables)
    unchanged = not message or message[0].text == target.text
    return text if unchanged else plain.put_back(text, target, has_variables=has_variables)


def _put_address(address: str, target: Target | None, kind: Kind) -> str:
    if target is None or not address or check(escape(address), target.text, kind=kind):
        return address
    return words_of(target.text)


def _differing(target: Target | None, language: str | None, source_language: str | None) -> str | None:
    """The language of a text, if it has to be marked."""
    own = target.language if target is not None else source_language
    return None if language is None or own == language else own


def _exercise_body(
    exercise: Exercise, targets: Mapping[str, Target], language: str | None, source_language: str | None
) -> ExerciseBody:
    has_variables = _has_variables(exercise)
    texts: dict[str, Words] = {}
    for slot in exercise.body.texts():
        if slot.form == "html":
            text = html.put_back(
                slot.role,
                slot.content,
                targets,
                language=language,
                source_language=source_language,
                has_variables=has_variables,
            )
            texts[slot.role] = Words(text)
        else:
            target = targets.get(slot.role)
            text = _plain(slot.content, target, has_variables=has_variables)
            texts[slot.role] = Words(text, _differing(target, language, source_language))
    return exercise.body.with_texts(texts)


def _tracks(
    video: Video, targets: Mapping[str, Target], language: str | None, source_language: str | None
) -> tuple[VideoTrack, ...]:
    tracks = list(video.tracks)
    for index, track in enumerate(video.tracks):
        if track not in source_tracks(video, source_language):
            continue
        if language is None or language == track.language:
            tracks[index] = _rewritten(track, targets)
        elif not any(other.language == language and other.kind is track.kind for other in tracks):
            sentences = _sentence_targets(track, targets)
            if any(sentences):
                tracks.append(_composed(track, sentences, language))
    return tuple(tracks)


def _rewritten(track: VideoTrack, targets: Mapping[str, Target]) -> VideoTrack:
    """The same track with other sentences; itself where all are as they were."""
    changed = [m.role for m in _sentences(track) if m.role in targets and targets[m.role].text != m.text]
    if not changed:
        return track
    written = _composed(track, _sentence_targets(track, {role: targets[role] for role in changed}), track.language)
    return replace(track, track=written.track, groups=groups.group(written.track, track.language, kind=track.kind))


def _composed(track: VideoTrack, sentences: list[compose.SentenceTarget | None], language: str) -> VideoTrack:
    composed = compose.compose(track.track, track.groups, sentences, language=language, source_language=track.language)
    return VideoTrack(language, composed, track.kind)


def _sentence_targets(track: VideoTrack, targets: Mapping[str, Target]) -> list[compose.SentenceTarget | None]:
    found = (targets.get(caption_role(track, number)) for number in range(1, len(track.groups) + 1))
    return [
        sentence_target(track, group, target) if target is not None else None
        for group, target in zip(track.groups, found, strict=True)
    ]


def _pages(
    course: Course, targets: Mapping[str, Target], language: str | None, source_language: str | None
) -> tuple[Page, ...]:
    return tuple(
        replace(
            page,
            title=_plain(page.title, targets.get(f"page.{page.code}.title")),
            html=html.put_back(
                f"page.{page.code}.html",
                page.html,
                targets,
                language=language,
                source_language=source_language,
            ),
        )
        for page in course.pages
    )


def _grading(grading: Grading, targets: Mapping[str, Target]) -> Grading:
    categories = tuple(
        replace(category, name=_plain(category.name, targets.get(f"category.{category.code}.name")))
        for category in grading.categories
    )
    return replace(grading, categories=categories)
