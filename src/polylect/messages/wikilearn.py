"""WikiLearn's message bundles: one page a block, with keys made from positions.

WikiLearn (Open edX with its strings on Meta-Wiki) names a text by where it stands: `display_name`; `content`
for all of a page's HTML; for a problem the path of the XML element
(`problem.multiplechoiceresponse.choicegroup.choice.2`); `subtitle-START-END-N` for a cue. `values` derives
them from a block as its plugin does (openedx-wikilearn-features, 2026-07), `take` brings translations back.

A position says little about what stands there now. So a translation is taken where the text it was made for
is found: by that text, and for captions by time. What does not match for certain is an issue with the text in
it (`params["text"]`), for a person to decide, and is never put on another message.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lxml import etree

from polylect import languages
from polylect.captions import compose, groups, plain
from polylect.captions.track import Cue, Track
from polylect.course.tree import Course, Exercise, Section, Subsection, Text, Unit, Video, VideoTrack
from polylect.issues import Issue, IssueKind, Place, Severity, declare
from polylect.keys import RunKey
from polylect.messages import bundle, html
from polylect.messages.blocks import Item, caption_role, find, source_tracks
from polylect.messages.bundle import Bundle, Metadata
from polylect.messages.message import Mark, Message, Target, escape, split, words_of

TITLE_KEY = "display_name"
CONTENT_KEY = "content"
EMPTY_CUE = "...."
"""What WikiLearn writes for a cue without text, since a bundle has no empty texts."""

UNMATCHED = declare(
    "wikilearn-unmatched",
    Severity.WARNING,
    "The translation of “{key}” fits no text of this block for certain. Look for its place, and put it in by hand.",
)
AMBIGUOUS = declare(
    "wikilearn-ambiguous",
    Severity.WARNING,
    "“{key}” translates a text that this block has several times, and the translations differ. Choose by hand.",
)
OTHER_STRUCTURE = declare(
    "wikilearn-structure",
    Severity.WARNING,
    "The translated page has other paragraphs, lists or pictures than its source, so its texts cannot be told apart.",
)
NO_LANGUAGE = declare(
    "wikilearn-language",
    Severity.WARNING,
    "The source language of the bundle is {found}. It is read as English; write sourceLanguage into @metadata.",
)
NO_TEXTS = declare("wikilearn-empty", Severity.ERROR, "The bundle has no title, page or captions to make a lesson of.")
NOT_SHOWN = declare(
    "wikilearn-kept",
    Severity.NOTE,
    "“{key}” cannot be shown without the block that it belongs to. It is kept, and written out again.",
)

_CUE_KEY = re.compile(r"subtitle-(?P<start>0|[1-9][0-9]{,8})-(?P<end>0|[1-9][0-9]{,8})-(?P<number>[1-9][0-9]{,5})")
_COUNTER = re.compile("[1-9][0-9]{,5}")
TAKEN_QUESTIONS = ("choiceresponse", "multiplechoiceresponse", "numericalresponse", "optionresponse", "stringresponse")
_HINTS = frozenset({"choicehint", "compoundhint", "correcthint", "optionhint", "stringequalhint"})
_REVEALING = "ancestor-or-self::*[self::solution or " + " or ".join(f"self::{tag}" for tag in sorted(_HINTS)) + "]"
_RUN = re.compile(r"course-v1:[\w.~%-]+(?:\+|%2B)[\w.~-]+(?:\+|%2B)[\w.~-]+")
_BLOCK = re.compile(r"block@([\w.~-]+?)(?:\.json|\.txt)?$")
_LABEL = re.compile(r"WikiLearn - (?P<course>.*) - \w+: ")
_DISPLAYED = re.compile(r'(?P<key>[A-Za-z0-9_.-]+)"(?P<text>.*)"')
_KEPT = "message-bundle"


# From a block to WikiLearn's keys, and back


def values(item: Item, *, source_language: str | None = None, with_answers: bool = False) -> dict[str, str]:
    """The texts of a block, or of a level, by WikiLearn's keys, in its order.

    Empty where WikiLearn takes nothing, not even the title: an exercise without one of the five common
    questions. Blank texts are left out. `with_answers`: also what gives answers away, which WikiLearn
    publishes. Scripts are never written. Some keys, such as that of a tenth choice, no wiki accepts:
    `bundle.write` says which.
    """
    if isinstance(item, Exercise):
        places = _places(item.body.xml)
        if places is None:
            return {}
        texts = {place.key: place.text for place in places if with_answers or not place.reveals}
    elif isinstance(item, Text):
        texts = {CONTENT_KEY: item.html}
    elif isinstance(item, Video):
        texts = dict(_cue_values(next(iter(source_tracks(item, source_language)), None)))
    else:
        texts = {}
    return {key: text for key, text in {TITLE_KEY: item.title, **texts}.items() if text.strip()}


def take(
    item: Item,
    translated: Mapping[str, str],
    *,
    language: str,
    source: Mapping[str, str] | None = None,
    source_language: str | None = None,
    place: Place | None = None,
) -> tuple[dict[str, Target], list[Issue]]:
    """The targets in a bundle's translations, by role, each with the text that it was made for.

    `translated` and `source` are the texts in `language` and in the source language by WikiLearn's keys;
    without `source`, the wiki has what `values` would write now. Keys that only one of the two has are
    issues.
    """
    own = values(item, source_language=source_language, with_answers=True)
    taking = _Taking(
        item, dict(translated), own if source is None else source, language, source_language, place or Place()
    )
    taking.take_title()
    if isinstance(item, Text):
        taking.take_content()
    elif isinstance(item, Video):
        taking.take_cues()
    elif isinstance(item, Exercise):
        taking.take_texts(_whole_texts(item.body.xml))
    taking.report_rest()
    return taking.targets, taking.issues


# A bundle as a course of its own


def course_from_bundle(text: str, file: str = "") -> tuple[Course | None, list[Issue]]:
    """A course of one lesson from a bundle alone: a video without picture from its captions, a text from its
    page.

    `file`: where it came from; the wiki page's full title names the course and the block. `text` is the
    page's JSON, or the page as it is displayed. None where there is nothing to make a lesson of.
    """
    issues: list[Issue] = []
    found = displayed(text)
    if found is None:
        found, issues = bundle.read(text, file)
    language = languages.canonical(found.metadata.source_language or "")
    if language is None:
        language = "en"
        issues.append(NO_LANGUAGE.at(Place(file), found=found.metadata.source_language or "not known"))
    lesson = _lesson(found, language, file)
    if lesson is None:
        return None, [*issues, NO_TEXTS.at(Place(file))]
    unit = Unit("unit-1", lesson.title, (lesson,))
    section = Section("section-1", lesson.title, (Subsection("subsection-1", lesson.title, (unit,)),))
    course = Course(_run_key(file), _course_title(found) or lesson.title, language, (section,))
    course = replace(course, kept=((_KEPT, _what_to_keep(course, found)),))
    known = _values_of_lesson(course)
    issues += [NOT_SHOWN.at(Place(file), key=key) for key in found.messages if key not in known]
    return course, issues


def bundle_from_course(course: Course) -> Bundle:
    """The bundle of a course that was made from one: the same texts, in the same order, with the same
    metadata.
    """
    kept = json.loads(dict(course.kept).get(_KEPT, "{}"))
    texts = _values_of_lesson(course)
    for key, (derived, written) in kept.get("written", {}).items():
        if texts.get(key, derived) == derived:
            texts[key] = written
    order = {key: number for number, key in enumerate(kept.get("order", ()))}
    ordered = sorted(texts, key=lambda key: order.get(key, len(order)))
    metadata = kept.get("metadata", {"source_language": course.language})
    if metadata.get("priority_languages") is not None:
        metadata["priority_languages"] = tuple(metadata["priority_languages"])
    return Bundle({key: texts[key] for key in ordered}, Metadata(**metadata))


def displayed(text: str) -> Bundle | None:
    """The bundle of a wiki page as a reader sees it: a title line, then lines of a key and a text in quotes.

    It does not say its source language. None where the text is no such page.
    """
    rows = [_DISPLAYED.fullmatch(line) for line in text.splitlines()]
    texts = {row["key"]: row["text"] for row in rows if row is not None}
    if TITLE_KEY not in texts or text.lstrip("\ufeff \t\r\n").startswith("{"):
        return None
    metadata = Metadata(description=texts.pop("description", None), label=texts.pop("label", None))
    return Bundle({key: value for key, value in texts.items() if value.strip()}, metadata)


# Problems


@dataclass(frozen=True)
class _Place:
    """A text of a problem as WikiLearn sees it. `is_whole`: it is all that a learner reads there."""

    key: str
    text: str
    reveals: bool
    is_whole: bool


def _places(xml: str) -> list[_Place] | None:
    """The texts of a problem's elements, up to their first child. None: WikiLearn takes nothing of it."""
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True)
    try:
        problem = etree.fromstring(xml.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if len(problem) and not any(child.tag in TAKEN_QUESTIONS for child in problem):
        return None
    has_text_question = problem.find("stringresponse") is not None
    tree = problem.getroottree()
    places = []
    for element in problem.iter("*"):
        answer = element.get("answer") if has_text_question else None
        text = answer or element.text
        if text and text.strip() and element.tag != "script":
            key = re.sub(r"\[([0-9])\]", r".\1", tree.getpath(element).removeprefix("/").replace("/", "."))
            reveals = bool(answer) or bool(element.xpath(_REVEALING))
            places.append(_Place(key, text.strip(), reveals, not answer and _is_whole(element)))
    return places


def _is_whole(element: etree._Element) -> bool:
    """Whether an element's first text is a thought of its own: nothing stands around it, and nothing but
    hints inside.
    """
    parent = element.getparent()
    around = [parent.text, *(child.tail for child in parent)] if parent is not None else []
    if any(text and text.strip() for text in around):
        return element.tag in _HINTS
    return all(child.tag in _HINTS and not (child.tail or "").strip() for child in element)


def _whole_texts(xml: str) -> set[str]:
    return {_normal(place.text) for place in _places(xml) or () if place.is_whole}


def _normal(text: str) -> str:
    return " ".join(text.split())


# Captions


def _cue_values(track: VideoTrack | None, numbers: Sequence[int] | None = None) -> Iterator[tuple[str, str]]:
    """A key and a text for each cue, with these numbers."""
    cues = track.track.cues if track is not None else ()
    for number, cue in zip(numbers or _numbers(cues), cues, strict=True):
        text = plain.to_loose(cue.text).replace("\n", " ")
        yield f"subtitle-{cue.start_ms}-{cue.end_ms}-{number}", text if text.strip() else EMPTY_CUE


def _numbers(cues: Sequence[Cue]) -> Sequence[int]:
    """The number of each cue: the one that its file gave it, where those count upwards; else its place."""
    codes = [int(cue.code) if _COUNTER.fullmatch(cue.code) else 0 for cue in cues]
    return codes if all(before < code for before, code in pairwise([0, *codes])) else range(1, len(cues) + 1)


def _cue(key: str, text: str) -> Cue | None:
    """A cue from its key and its text; None for any other key, and for times that run backwards."""
    found = _CUE_KEY.fullmatch(key)
    if found is None or int(found["end"]) < int(found["start"]):
        return None
    return Cue(int(found["start"]), int(found["end"]), plain.from_loose(text), code=found["number"])


# Taking


@dataclass
class _Taking:
    """What is left of a bundle's translations while they are taken, and what became of the others."""

    item: Item
    left: dict[str, str]
    source: Mapping[str, str]
    language: str
    source_language: str | None
    place: Place

    def __post_init__(self) -> None:
        self.targets: dict[str, Target] = {}
        self.issues: list[Issue] = []
        self.messages = find(self.item, source_language=self.source_language)

    def take_title(self) -> None:
        """A block has one title, whatever it said when it was translated."""
        source = self.source.get(TITLE_KEY)
        if source is not None and self.left.get(TITLE_KEY, "").strip() and self.item.title:
            self._add("title", escape(self.left.pop(TITLE_KEY)), escape(source))

    def take_content(self) -> None:
        """The texts of a page, if the translation has the structure of the page that it was made from."""
        source, translated = self.source.get(CONTENT_KEY), self.left.get(CONTENT_KEY)
        if source is None or translated is None:
            return
        matched = html.match(source, translated)
        if matched is None:
            self._report(OTHER_STRUCTURE, CONTENT_KEY)
            return
        self.left.pop(CONTENT_KEY)
        sources = {message.role: message for message in html.find("", source)}
        own = Counter((message.kind, message.text) for message in self.messages)
        was = Counter((message.kind, message.text) for message in sources.values())
        roles = {(message.kind, message.text): message.role for message in self.messages}
        same_page = isinstance(self.item, Text) and source == self.item.html
        for suffix, text in matched.items():
            message = sources[suffix]
            key = (message.kind, message.text)
            if text is None:
                self._report_text(UNMATCHED, CONTENT_KEY, message.text)
            elif message.optional and text == message.text:
                continue
            elif same_page:
                self._add(f"html{suffix}", text, message.text)
            elif own[key] == was[key] == 1:
                self._add(roles[key], text, message.text)
            else:
                self._report_text(UNMATCHED, CONTENT_KEY, text)

    def take_texts(self, whole_texts: set[str]) -> None:
        """The texts of a problem, by the texts that they were made for."""
        by_source: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for key, text in self.left.items():
            if key in self.source:
                by_source[_normal(self.source[key])][text].append(key)
        by_text: dict[str, list[Message]] = defaultdict(list)
        for message in self.messages:
            if message.role != "title" and not any(isinstance(part, Mark) for part in split(message.text)):
                by_text[_normal(words_of(message.text))].append(message)
        for source, translations in by_source.items():
            messages = by_text[source] if source in whole_texts else []
            keys = [key for keys in translations.values() for key in keys]
            if messages and len(translations) > 1:
                for key in keys:
                    self._report(AMBIGUOUS, key)
            elif messages:
                text = self.left[keys[0]]
                for key in keys:
                    self.left.pop(key)
                for message in messages:
                    self._add(message.role, escape(_normal(text)), message.text)

    def take_cues(self) -> None:
        """The sentences of the cues whose times the track has exactly once, and whose text is the one
        translated.
        """
        for track in source_tracks(self.item, self.source_language)[:1] if isinstance(self.item, Video) else ():
            own = {key: (cue, text) for (key, text), cue in zip(_cue_values(track), track.track.cues, strict=True)}
            times = Counter((cue.start_ms, cue.end_ms) for cue in track.track.cues)
            texts = {(cue.start_ms, cue.end_ms): text for cue, text in own.values()}
            taken: dict[tuple[int, int], Cue] = {}
            for key in list(self.left):
                cue = _cue(key, self.left[key])
                when = (cue.start_ms, cue.end_ms) if cue is not None else (-1, -1)
                is_known = times[when] == 1 and when not in taken and key in self.source
                if cue is None or not is_known or _normal(self.source[key]) != _normal(texts[when]):
                    continue
                text = self.left.pop(key)
                if text.strip() not in ("", EMPTY_CUE):
                    taken[when] = replace(cue, code="")
            self._take_sentences(track, Track(tuple(taken[when] for when in sorted(taken))))

    def _take_sentences(self, track: VideoTrack, translated: Track) -> None:
        if not translated.cues:
            return
        sentences, issues = compose.take_cues(
            translated,
            track.track,
            track.groups,
            language=self.language,
            source_language=track.language,
            file=self.place.file,
        )
        self.issues += issues
        for number, (group, sentence) in enumerate(zip(track.groups, sentences, strict=True), start=1):
            if sentence is not None and sentence.text.strip():
                made_for = escape(groups.text(track.track, group))
                target = Target(escape(sentence.text), sentence.language, sentence.cuts, made_for)
                self.targets[caption_role(track, number)] = target

    def report_rest(self) -> None:
        for key in list(self.left):
            self._report(UNMATCHED, key)

    def _add(self, role: str, text: str, made_for: str) -> None:
        self.targets[role] = Target(text, self.language, made_for=made_for)

    def _report(self, kind: IssueKind, key: str) -> None:
        self._report_text(kind, key, self.left.pop(key))

    def _report_text(self, kind: IssueKind, key: str, text: str) -> None:
        self.issues.append(kind.at(self.place, key=key, text=text))


# Courses


def _lesson(found: Bundle, language: str, file: str) -> Text | Video | None:
    title = found.messages.get(TITLE_KEY, "")
    named = _BLOCK.search(file)
    code = named[1] if named else "lesson-1"
    if CONTENT_KEY in found.messages:
        return Text(code, title, found.messages[CONTENT_KEY])
    cues = [cue for key, text in found.messages.items() if (cue := _cue(key, text)) is not None]
    if not cues and not title:
        return None
    track = Track(tuple(sorted(cues, key=lambda cue: (cue.start_ms, int(cue.code)))))
    tracks = (VideoTrack(language, track, groups=groups.group(track, language)),) if cues else ()
    return Video(code, title, tracks=tracks)


def _values_of_lesson(course: Course) -> dict[str, str]:
    """The lesson's texts, with the numbers that its cues came with."""
    lesson = course.sections[0].subsections[0].units[0].blocks[0]
    if not isinstance(lesson, Video):
        return values(lesson, source_language=course.language)
    track = next(iter(source_tracks(lesson, course.language)), None)
    numbers = [int(cue.code) for cue in track.track.cues] if track is not None else []
    texts = {TITLE_KEY: lesson.title, **dict(_cue_values(track, numbers))}
    return {key: text for key, text in texts.items() if text.strip()}


def _what_to_keep(course: Course, found: Bundle) -> str:
    """What the lesson alone does not say: metadata, the order, and texts that would not be written as they
    were.
    """
    derived = _values_of_lesson(course)
    written = {key: (derived.get(key), text) for key, text in found.messages.items() if derived.get(key) != text}
    kept: dict[str, object] = {"metadata": vars(found.metadata)}
    if written:
        kept["written"] = written
    if list(derived) != list(found.messages):
        kept["order"] = list(found.messages)
    return json.dumps(kept, ensure_ascii=False)


def _run_key(file: str) -> RunKey:
    named = _RUN.search(file)
    if named:
        return RunKey.parse(named[0].replace("%2B", "+"))
    name = re.sub(r"[^\w.~-]+", "-", file.rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip("-")
    return RunKey("WikiLearn", name or "lesson", "bundle")


def _course_title(found: Bundle) -> str:
    named = _LABEL.match(found.metadata.label or "")
    return named["course"] if named else ""
