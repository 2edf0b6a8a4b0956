"""The example course is what a learner sees first: it is whole, in four languages, and every answer gets its reason."""

import re
import shutil
import struct
from collections.abc import Iterable

import pytest
from lxml import etree
from video import narration, script, voice

from examples.the_course import FOLDER, LANGUAGES, the_course, the_messages, the_targets
from polylect.captions import webvtt
from polylect.course.tree import Exercise, Text, Unit, Video
from polylect.exercises import Verdict
from polylect.messages import Kind, put_back, walk
from polylect.messages.message import words_of

VIDEO = FOLDER / "media" / "lesson.webm"
MOST_VIDEO_BYTES = 8_000_000
VIDEO_MINUTES = (6, 8)
QUIZZES = {"ten-questions", "three-days-later"}


def the_exercises() -> dict[str, etree._Element]:
    items = (item for _, item in walk(the_course()) if isinstance(item, Exercise))
    return {item.code: etree.fromstring(item.body.xml) for item in items}


def units_of(subsection: str) -> list[Unit]:
    parts = (part for section in the_course().sections for part in section.subsections)
    return [unit for part in parts if part.code == subsection for unit in part.units]


def codes_in(subsection: str) -> set[str]:
    """The exercises of a subsection."""
    return {item.code for unit in units_of(subsection) for item in unit.blocks if isinstance(item, Exercise)}


def the_video() -> Video:
    return next(item for _, item in walk(the_course()) if isinstance(item, Video))


def test_a_learner_compares_first_and_is_told_after():
    units = [item for _, item in walk(the_course()) if isinstance(item, Unit)]
    assert [unit.code for unit in units] == [
        "two-cases",
        "four-conditions",
        "worked-case",
        "half-case",
        "read-the-case",
        "own-cases",
        "change-the-case",
        "quiz",
        "rule-card",
        "again",
    ]


def test_help_fades_from_a_worked_case_to_four_of_ones_own():
    practice = {
        unit.code: [item for item in unit.blocks if isinstance(item, Exercise)] for unit in units_of("practice")
    }
    assert practice["worked-case"] == []
    assert len(practice["half-case"]) == 1
    assert len(practice["own-cases"]) == 4
    kinds = [xml.get("kind") for code, xml in the_verdicts().items() if code.startswith("own-")]
    assert kinds == ["service", "partnership", "volunteering", "partnership"]


def the_verdicts() -> dict[str, etree._Element]:
    """Of the analyses of an arrangement."""
    found = ((code, xml.find(".//arrangementresponse/verdict")) for code, xml in the_exercises().items())
    return {code: verdict for code, verdict in found if verdict is not None}


def test_a_picture_of_two_cases_has_the_first_one_where_reading_begins():
    """So that what its description and the cases below call the first is the first."""
    page = next(item for _, item in walk(the_course()) if isinstance(item, Text) and "<img" in item.html)
    for language in LANGUAGES:
        targets = {role: target for (code, role), target in the_targets(language).items() if code == page.code}
        (picture,) = re.findall(r"/static/(\S+?\.webp)", put_back(page, targets).html)
        assert picture == ("media/two-saturdays.ar.webp" if language == "ar" else "media/two-saturdays.webp")
        assert (FOLDER / picture).exists()


def test_exercises_ask_in_many_ways():
    ways = {element.tag for xml in the_exercises().values() for element in xml.iter()}
    assert sorted(way for way in ways if str(way).endswith("response")) == [
        "arrangementresponse",
        "choiceresponse",
        "contrastresponse",
        "matrixresponse",
        "missingresponse",
        "multiplechoiceresponse",
        "numericalresponse",
        "optionresponse",
        "repairresponse",
        "stringresponse",
    ]


def test_every_choice_says_why():
    for code, xml in the_exercises().items():
        choices = [*xml.iter("choice"), *xml.iter("option")]
        silent = [etree.tostring(choice, encoding="unicode") for choice in choices if not _reasons(choice)]
        assert silent == [], code


def test_a_checkbox_says_why_when_it_is_left_too():
    boxes = [choice for xml in the_exercises().values() for choice in xml.iterfind(".//checkboxgroup/choice")]
    assert len(boxes) > 4
    for choice in boxes:
        assert sorted(hint.get("selected") for hint in choice.iter("choicehint")) == ["false", "true"]


def test_every_exercise_explains_and_practice_offers_hints_too():
    quizzes = {code for subsection in QUIZZES for code in codes_in(subsection)}
    for code, xml in the_exercises().items():
        assert list(xml.iter("solution", "note")), code
        assert list(xml.iter("hint")) or code in quizzes or list(xml.iter("note")), code


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


def test_the_video_is_light_and_short():
    assert VIDEO.stat().st_size <= MOST_VIDEO_BYTES
    assert VIDEO_MINUTES[0] <= _duration_ms(VIDEO.read_bytes()) / 60_000 <= VIDEO_MINUTES[1]


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
