"""The blocks of a unit as a page shows them.

What is the same for all learners is made once for each `cache_key` and kept in this process: the HTML of a text, the
transcript of a video, an exercise put together in a language. What belongs to one learner is laid over it in
`exercise_page`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import cast

from django.utils.safestring import SafeString, mark_safe

from polylect import languages
from polylect.captions.compose import take_cues
from polylect.captions.groups import group
from polylect.captions.groups import text as sentence
from polylect.captions.track import Track
from polylect.course import tree
from polylect.exercises import Words
from polylect.messages.blocks import source_tracks
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Version
from polylect_web.courses.outline import Block
from polylect_web.foundation.recent import Recent
from polylect_web.learn.author_html import for_page
from polylect_web.learn.transcripts import Passage, cue_list, cues, passage_list, sentences, translated_sentences
from polylect_web.texts import queries as texts
from polylect_web.texts.queries import KeyedBlock


@dataclass(frozen=True)
class Source:
    """How much of a block stands in the language it was written in, for want of a translation, and where the rest is
    from."""

    language: str
    is_whole: bool = False
    is_part: bool = False
    outdated: int = 0
    """How many of the texts that are shown translate an earlier source."""
    is_machine: bool = False
    """A machine translated all that is translated."""
    is_partly_machine: bool = False
    earlier: tuple[texts.Earlier, ...] = ()
    """What stands in the source since it changed, with its translation of before."""


@dataclass(frozen=True)
class DrawnText:
    """A text, ready to be put into a page."""

    html: SafeString
    source: Source


@dataclass(frozen=True)
class DrawnVideo:
    """A video in a language. `transcript` is the list of cues; empty where it has no words."""

    block: Block
    title: Words
    video: tree.Video
    track: Track | None
    track_language: str
    transcript: SafeString
    revision: str
    """Changes when the words do: part of the tracks' addresses, so that browsers may keep them."""
    source: Source
    """Of the transcript: none of it where the author gave the captions in this language."""


@dataclass(frozen=True)
class DrawnExercise:
    """An exercise in a language; a learner's part is laid over it later."""

    title: Words
    exercise: tree.Exercise
    source: Source


@dataclass(frozen=True)
class DrawnOther:
    """A selection, or a kind that cannot be shown."""

    title: Words
    item: tree.Selection | tree.Foreign


Drawn = DrawnText | DrawnVideo | DrawnExercise | DrawnOther

_drawn: Recent[str, Drawn] = Recent(1000)
_caption_languages: Recent[tuple[object, ...], tuple[str, ...]] = Recent(1000)
_sentences: Recent[str, SafeString] = Recent(300)


@dataclass(frozen=True)
class DrawnUnit:
    """The drawn blocks of a unit by code, and every title of the course."""

    blocks: Mapping[str, Drawn]
    titles: texts.Titles = field(default_factory=dict)


def draw_unit(version: Version, keys: texts.UnitKeys, language: str) -> DrawnUnit:
    """All blocks of a unit in a language, those that selections draw from too. No query for what is at hand."""
    return DrawnUnit(draw(version, _all(keys.blocks), language), keys.titles)


def draw(version: Version, keyed: Iterable[KeyedBlock], language: str) -> dict[str, Drawn]:
    """These blocks by code."""
    by_key = {one.cache_key: one.block for one in keyed}

    def read(missing: Collection[str]) -> dict[str, Drawn]:
        blocks = {key: by_key[key] for key in missing}
        found = texts.read_blocks(version, blocks.values(), language)
        return {key: _draw(version, block, found[block.code], language, key) for key, block in blocks.items()}

    return {by_key[key].code: drawn for key, drawn in _drawn.many(by_key, read).items()}


def draw_draft(version: Version, block: Block, language: str, role: str, text: str) -> Drawn:
    """A block with a draft as the text of a role. Nothing of it is kept."""
    read = texts.read_draft(version, block.code, block.content_hash, language, role, text)
    return _draw(version, block, read, language, "draft")


def read_track(version: Version, block: Block, language: str) -> tuple[Track, str] | None:
    """The words of a video in a language and the language they are in; None where it has none."""
    video = texts.read_blocks(version, [block], language)[block.code].item
    return track_in(video, language) if isinstance(video, tree.Video) else None


def track_in(video: tree.Video, language: str) -> tuple[Track, str] | None:
    """The track to read beside a video: in the language, in one it falls back on, or else the first."""
    for candidate in languages.chain(language):
        for track in video.tracks:
            if track.language == candidate:
                return track.track, track.language
    return (video.tracks[0].track, video.tracks[0].language) if video.tracks else None


def words_to_read(
    version: Version, drawn: DrawnVideo, second: str = "", *, by_sentence: bool = False
) -> tuple[SafeString, str]:
    """The transcript as a reader likes it, and the second language that stands in it.

    `second`: a language to set beside the first; it stays away where the video has none of it. Two queries with one.
    """
    found = read_track(version, drawn.block, second) if second and drawn.track else None
    if drawn.track is None or not drawn.transcript:
        return drawn.transcript, ""
    if found is None or found[1] not in languages.chain(second):
        if not by_sentence:
            return drawn.transcript, ""
        return _sentences.one(drawn.revision, lambda: mark_safe(_listed(version, drawn))), ""
    return mark_safe(_listed(version, drawn, found, by_sentence=by_sentence)), second


def caption_languages(version: Version, block: Block, availability: tuple[texts.Availability, ...]) -> tuple[str, ...]:
    """The languages that a video's words can be had in. No query while nobody has translated anything into anything:
    whatever adds a language to a video changes how much of the course is `available`."""
    key = (version.pk, block.code, availability)
    return _caption_languages.one(key, lambda: texts.caption_languages(version, block))


def forget() -> None:
    """Empties this process's caches: for tests, whose databases use the same numbers again."""
    _drawn.forget()
    _caption_languages.forget()
    _sentences.forget()


def _all(keyed: Iterable[KeyedBlock]) -> Iterable[KeyedBlock]:
    for one in keyed:
        yield one
        yield from _all(one.children)


def _draw(version: Version, block: Block, read: texts.ReadBlock, language: str, key: str) -> Drawn:
    item, own = cast(tree.Block, read.item), courses.outline(version).course.language
    title = read.title
    if isinstance(item, tree.Text):
        return DrawnText(for_page(courses.rewrite_links(item.html, version)), _source(read, language, own))
    if isinstance(item, tree.Exercise):
        return DrawnExercise(title, _with_addresses(item, version), _source(read, language, own))
    if isinstance(item, tree.Video):
        words = track_in(item, language)
        transcript = mark_safe(cue_list(words[0], words[1])) if words and words[0].cues else mark_safe("")
        revision = sha256(key.encode()).hexdigest()[:12]
        track, track_language = words or (None, own)
        source = _source_of_captions(read, block, language, own, track_language)
        return DrawnVideo(block, title, item, track, track_language, transcript, revision, source)
    return DrawnOther(title, item)


def _listed(
    version: Version, drawn: DrawnVideo, second: tuple[Track, str] | None = None, *, by_sentence: bool = True
) -> str:
    def passages(track: Track, language: str) -> list[Passage]:
        return _sentences_of(version, drawn.block, track, language) if by_sentence else cues(track)

    first = passages(cast(Track, drawn.track), drawn.track_language)
    beside, language = (passages(*second), second[1]) if second else (None, "")
    return passage_list(first, drawn.track_language, beside, language)


def _sentences_of(version: Version, block: Block, track: Track, language: str) -> list[Passage]:
    """The sentences of a track: those of the author's own as they are, those of a translation as they were translated,
    so that each is in one language."""
    video, own = cast(tree.Video, courses.load_content(block.content_hash)), courses.outline(version).course.language
    given = next((one for one in video.tracks if one.language == language), None)
    if given is not None:
        return sentences(track, given.groups if given.track == track else group(track, language))
    source = source_tracks(video, own)[0]
    translated, _issues = take_cues(
        track, source.track, source.groups, language=language, source_language=source.language
    )
    said = (
        (one.text, one.language) if one else (sentence(source.track, of), source.language)
        for one, of in zip(translated, source.groups, strict=True)
    )
    return translated_sentences(source.track, source.groups, said, language)


def _with_addresses(item: tree.Exercise, version: Version) -> tree.Exercise:
    """The exercise with the links in its texts made addresses."""
    put = dict(item.body.words)
    linked = {
        slot.role: Words(
            courses.rewrite_links(slot.content, version), put[slot.role].language if slot.role in put else None
        )
        for slot in item.body.texts()
        if slot.form == "html"
    }
    return replace(item, body=item.body.with_texts(linked))


def _source(read: texts.ReadBlock, language: str, own_language: str) -> Source:
    """How much is left in the source, the title apart: a text's is not shown, others say their language themselves. Of
    an exercise, that is also what changed since it was translated."""
    if own_language in languages.chain(language):
        return Source(own_language)
    counted, left, outdated = read.texts, read.untranslated, read.outdated - read.is_title_outdated
    if isinstance(read.item, tree.Exercise):
        left, outdated = left + read.outdated, 0
    translated = counted - left
    if isinstance(read.item, tree.Text) and read.item.title:
        translated -= read.title.language != own_language
    if read.item.title:
        counted -= 1
        left -= read.title.language == own_language
    return Source(
        own_language,
        is_whole=0 < left >= counted,
        is_part=0 < left < counted,
        outdated=outdated,
        is_machine=0 < read.machine >= translated,
        is_partly_machine=0 < read.machine < translated,
        earlier=read.earlier,
    )


def _source_of_captions(
    read: texts.ReadBlock, block: Block, language: str, own_language: str, track_language: str
) -> Source:
    video = cast(tree.Video, courses.load_content(block.content_hash))
    is_given = any(track.language == track_language for track in video.tracks)
    return Source(own_language) if is_given else _source(read, language, own_language)
