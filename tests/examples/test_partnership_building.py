"""The example course is what a learner sees first: it is whole, in four languages, and every answer gets its reason."""

import re
import shutil
import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from video import narration, script, voice

from polylect import markdown
from polylect.captions import webvtt
from polylect.course.files import open_folder
from polylect.course.tree import Course, Exercise, Text, Unit, Video
from polylect.exercises import Verdict
from polylect.messages import Kind, Message, Target, find_all, po, put_back, walk
from polylect.messages.message import words_of

FOLDER = Path(__file__).parents[2] / "examples" / "partnership-building"
VIDEO = FOLDER / "media" / "lesson.webm"
LANGUAGES = ("ar", "es", "fr")
MOST_VIDEO_BYTES = 4_000_000


@cache
def the_course() -> Course:
    with open_folder(FOLDER) as folder:
        course, issues = markdown.read(folder)
    assert [str(issue) for issue in issues] == []
    assert course is not None
    return course


@cache
def the_messages() -> dict[po.Key, Message]:
    return {(code, message.role): message for code, message in find_all(the_course())}


@cache
def the_targets(language: str) -> dict[po.Key, Target]:
    file = FOLDER / "translations" / f"{language}.po"
    targets, issues = po.read(file.read_text(encoding="utf-8"), the_course(), f"translations/{file.name}")
    assert [str(issue) for issue in issues] == []
    return targets


def the_exercises() -> dict[str, etree._Element]:
    items = (item for _, item in walk(the_course()) if isinstance(item, Exercise))
    return {item.code: etree.fromstring(item.body.xml) for item in items}


def the_video() -> Video:
    return next(item for _, item in walk(the_course()) if isinstance(item, Video))


def test_a_learner_compares_first_and_is_told_after():
    units = [item for _, item in walk(the_course()) if isinstance(item, Unit)]
    assert [unit.code for unit in units] == [
        "two-cases",
        "four-conditions",
        "read-the-case",
        "change-the-case",
        "rule-card",
    ]


def test_a_picture_of_two_cases_has_the_first_one_where_reading_begins():
    """So that what its description and the cases below call the first is the first."""
    page = next(item for _, item in walk(the_course()) if isinstance(item, Text) and "<img" in item.html)
    for language in LANGUAGES:
        targets = {role: target for (code, role), target in the_targets(language).items() if code == page.code}
        (picture,) = re.findall(r"/static/(\S+?\.webp)", put_back(page, targets).html)
        assert picture == ("media/two-saturdays.ar.webp" if language == "ar" else "media/two-saturdays.webp")
        assert (FOLDER / picture).exists()


def test_five_exercises_ask_in_five_ways():
    ways = [
        {element.tag for element in xml.iter() if str(element.tag).endswith("response")}
        for xml in the_exercises().values()
    ]
    assert sorted(way for kinds in ways for way in kinds) == [
        "choiceresponse",
        "multiplechoiceresponse",
        "numericalresponse",
        "optionresponse",
        "stringresponse",
    ]


def test_every_choice_says_why():
    for code, xml in the_exercises().items():
        choices = [*xml.iter("choice"), *xml.iter("option")]
        silent = [etree.tostring(choice, encoding="unicode") for choice in choices if not _reasons(choice)]
        assert silent == [], code


def test_a_checkbox_says_why_when_it_is_left_too():
    for choice in the_exercises()["who-gains"].iter("choice"):
        assert sorted(hint.get("selected") for hint in choice.iter("choicehint")) == ["false", "true"]


def test_every_exercise_offers_hints_and_an_explanation():
    for code, xml in the_exercises().items():
        assert list(xml.iter("hint")), code
        assert list(xml.iter("solution")), code


@pytest.mark.parametrize(
    ("code", "given", "verdicts"),
    [
        ("count-it", ("120", "2"), (Verdict.CORRECT, Verdict.CORRECT)),
        ("count-it", ("24", "4"), (Verdict.INCORRECT, Verdict.INCORRECT)),
        ("the-letter", ("Donor",), (Verdict.CORRECT,)),
        ("the-letter", ("sponsor",), (Verdict.INCORRECT,)),
    ],
)
def test_the_computer_judges_as_the_lesson_does(code, given, verdicts):
    assert _verdicts(code, given) == verdicts


def test_an_answer_in_any_of_the_languages_is_right():
    accepted = [
        (role, target.text)
        for language in LANGUAGES
        for (code, role), target in the_targets(language).items()
        if code == "the-letter" and the_messages()[code, role].kind is Kind.ANSWER
    ]
    for word in ("donateur", "donante", "متبرع", "متبرّع"):
        assert _verdicts("the-letter", (word,), accepted) == (Verdict.CORRECT,), word


def _verdicts(code: str, given: tuple[str, ...], accepted: Iterable[tuple[str, str]] = ()) -> tuple[Verdict, ...]:
    body = next(item.body for _, item in walk(the_course()) if isinstance(item, Exercise) and item.code == code)
    fields = [question.code for question in body.questions]
    responses, issues = body.read({field: [text] for field, text in zip(fields, given, strict=True)})
    assert issues == []
    return tuple(result.verdict for result in body.grade(responses, accepted=accepted).results)


def _reasons(choice: etree._Element) -> list[str]:
    hints = [*choice.iter("choicehint"), *choice.iter("optionhint")]
    return [text for hint in hints if (text := "".join(hint.itertext()).strip())]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_untranslated(language):
    missing = [
        f"{'|'.join(key)}: {message.text}"
        for key, message in the_messages().items()
        if not message.optional and key not in the_targets(language)
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_text_has_one_translation(language):
    found: dict[str, set[str]] = {}
    for key, target in the_targets(language).items():
        message = the_messages()[key]
        if message.kind is not Kind.ANSWER:
            found.setdefault(message.text, set()).add(target.text)
    assert {source: texts for source, texts in found.items() if len(texts) > 1} == {}


@pytest.mark.parametrize(
    ("language", "slip"),
    [
        pytest.param("fr", r"[^\s\u202f][?!;]| [?!;:»%]|« |'", id="French: no-break spaces and curly apostrophes"),
        pytest.param("es", r"^[^¿]*\?|^[^¡]*!|[“”\"]", id="Spanish: questions open with their sign"),
        pytest.param("ar", r"[\u0600-\u06ff]\s?[?,;]|[“”\"]", id="Arabic: its own comma, semicolon and question mark"),
    ],
)
def test_punctuation_is_that_of_the_language(language, slip):
    texts = [words_of(target.text) for target in the_targets(language).values()]
    assert [text for text in texts if re.search(slip, text)] == []


def test_the_video_is_light():
    assert VIDEO.stat().st_size <= MOST_VIDEO_BYTES


def test_captions_are_in_order_and_end_with_the_video():
    text = (FOLDER / "media" / "lesson.en.vtt").read_text(encoding="utf-8")
    track, issues = webvtt.parse(text)
    times = [time for cue in track.cues for time in (cue.start_ms, cue.end_ms)]
    assert issues == ()
    assert times == sorted(times)
    assert times[-1] <= _duration_ms(VIDEO.read_bytes())
    assert len({cue.code for cue in track.cues}) == len(track.cues)


def test_captions_say_what_the_script_says():
    said = " ".join(line for slide in script.load(FOLDER / "video" / "script.yaml").slides for line in slide.narration)
    (track,) = the_video().tracks
    assert " ".join(cue.text.replace("\n", " ") for cue in track.track.cues) == said


def test_each_caption_sentence_is_one_message():
    read = script.load(FOLDER / "video" / "script.yaml")
    sentences = [text for slide in read.slides for line in slide.narration for text in narration.sentences(line)]
    assert [message.text for message in the_messages().values() if message.kind is Kind.CAPTION] == sentences


@pytest.mark.long
@pytest.mark.skipif(shutil.which("flite") is None, reason="flite, which speaks the lesson, is not installed")
def test_the_same_script_gives_the_same_captions():
    read = script.load(FOLDER / "video" / "script.yaml")
    timeline = narration.lay_out(read, lambda text: voice.speak(text, read.voice))
    made = webvtt.write(narration.caption_track(timeline, read.captions))
    assert made == (FOLDER / "media" / "lesson.en.vtt").read_text(encoding="utf-8")


def _duration_ms(webm: bytes) -> float:
    """The duration in a WebM file's header (Matroska: element 4489, as an 8-byte float, in milliseconds)."""
    at = webm.index(b"\x44\x89\x88")
    return struct.unpack(">d", webm[at + 3 : at + 11])[0]
