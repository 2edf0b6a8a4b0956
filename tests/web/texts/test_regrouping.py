"""Sentences put together and parted by an author: their translations go with them, and they stay so."""

import pytest

from polylect.captions import groups, plain
from polylect.captions.track import Cue, Track
from polylect.course import tree
from polylect_web.accounts.models import Person
from polylect_web.courses.models import Run
from polylect_web.texts import regrouping
from polylect_web.texts.models import Target, TranslationUnit
from polylect_web.texts.regrouping import At
from polylect_web.texts.tracks import Outcome, find_video, publish_track
from polylect_web.texts.writing import open_suggestions
from web.builders import course, message, person, publish, text, translate, unit
from web.texts.test_tracks import shown

pytestmark = pytest.mark.django_db

TRACK = Track(
    (
        Cue(0, 2000, "We met on a train. It was"),
        Cue(2000, 4000, "late, and it was"),
        Cue(4000, 6000, "cold. Then we went home."),
    )
)
FRENCH = {
    "We met on a train.": "On s’est vus dans un train.",
    "It was late, and it was cold.": "Il était tard, et il faisait froid.",
    "Then we went home.": "Puis nous sommes rentrés.",
}


def given(track: Track = TRACK) -> tree.Course:
    captions = tree.VideoTrack("en", track, groups=groups.group(track, "en"))
    return course(unit(text(), tree.Video("film", "A film", tracks=(captions,))))


def translated(*, is_approved: bool = False) -> Run:
    run = publish(given())
    translate(run, "fr", FRENCH, is_approved=is_approved)
    return run


def now(run: Run) -> Run:
    return Run.objects.select_related("course", "version").get(pk=run.pk)


def at(run: Run, number: int) -> At:
    video = find_video(now(run).version, "film")
    assert video is not None
    return At("film", video.tracks[0], number)


def sentences(run: Run) -> list[str]:
    track = at(run, 0).track
    return [groups.text(track.track, group) for group in track.groups]


def author() -> Person:
    return Person.objects.filter(username="author").first() or person("author")


def current(run: Run) -> dict[str, str]:
    """The translations that hold, by their source."""
    units = TranslationUnit.objects.filter(message__course=run.course, language="fr").select_related("current")
    return {
        one.message.text: one.current.text
        for one in units.select_related("message")
        if one.current.source_text == one.message.text and one.message.text in sentences(run)
    }


def read(run: Run) -> list[str]:
    return [plain.readable(one) for one in shown(run)]


def test_two_sentences_become_one_with_their_translations() -> None:
    run = translated()
    before = read(run)
    assert regrouping.join(now(run), at(run, 0), by=author()) is Outcome.PUBLISHED
    assert sentences(run) == ["We met on a train. It was late, and it was cold.", "Then we went home."]
    joined = "On s’est vus dans un train. Il était tard, et il faisait froid."
    assert current(run)[sentences(run)[0]] == joined
    assert " ".join(read(run)) == " ".join(before)
    assert len(Target.objects.filter(text__in=FRENCH.values())) == 3  # nothing is lost


def test_one_sentence_becomes_two_with_its_translation_parted_where_its_cues_are() -> None:
    run = translated()
    before = read(run)
    assert regrouping.part(now(run), at(run, 1), 7, by=author()) is Outcome.PUBLISHED
    assert sentences(run)[1:3] == ["It was", "late, and it was cold."]
    assert set(current(run)) == set(sentences(run))
    assert " ".join(read(run)) == " ".join(before)


def test_a_sentence_is_parted_inside_a_cue() -> None:
    run = translated()
    assert regrouping.part(now(run), at(run, 1), 13, by=author()) is Outcome.PUBLISHED
    assert sentences(run)[1:3] == ["It was late,", "and it was cold."]
    halves = [current(run)[one] for one in sentences(run)[1:3]]
    assert " ".join(halves) == FRENCH["It was late, and it was cold."]


def test_what_was_approved_stays_approved() -> None:
    run = translated(is_approved=True)
    regrouping.join(now(run), at(run, 0), by=author())
    target = Target.objects.get(text__startswith="On s’est vus dans un train. Il")
    assert [one.verdict for one in target.reviews.all()] == ["approved"]


@pytest.mark.parametrize("which", [0, 1])
def test_where_only_one_of_two_is_translated_it_is_suggested_and_learners_miss_nothing(which: int) -> None:
    run = publish(given())
    source, text = list(FRENCH.items())[which]
    translate(run, "fr", {source: text})
    assert text.split()[0] in " ".join(read(run))
    regrouping.join(now(run), at(run, 0), by=author())
    assert current(run) == {}
    assert read(run) == [cue.text for cue in TRACK.cues]
    joined = message(run, sentences(run)[0])
    offered = open_suggestions().get(message=joined)
    assert (offered.text, offered.source_text) == (text, joined.text)


@pytest.mark.parametrize("place", [0, 1, 5, 99])
def test_a_sentence_is_not_parted_inside_a_word(place: int) -> None:
    run = translated()
    assert regrouping.part(now(run), at(run, 1), place, by=author()) is Outcome.UNCHANGED
    assert len(sentences(run)) == 3


def test_the_last_sentence_has_none_to_be_joined_with() -> None:
    run = translated()
    assert regrouping.join(now(run), at(run, 2), by=author()) is Outcome.UNCHANGED


def test_a_choice_made_for_other_captions_is_not_published() -> None:
    run = translated()
    here = at(run, 0)
    regrouping.join(now(run), here, by=author())
    assert regrouping.join(now(run), here, by=author()) is Outcome.CLASH


def test_choices_stay_when_the_course_is_published_again() -> None:
    run = translated()
    regrouping.join(now(run), at(run, 0), by=author())
    chosen = sentences(run)
    publish(given())
    assert sentences(run) == chosen
    assert set(current(run)) == set(chosen)
    regrouping.part(now(run), at(run, 0), 19, by=author())
    assert sentences(run) == list(FRENCH)


def test_choices_stay_when_other_captions_are_edited() -> None:
    run = translated()
    regrouping.join(now(run), at(run, 0), by=author())
    edited = Track((*TRACK.cues[:2], Cue(4000, 6000, "cold. Then we all went home.")))
    run = now(run)
    assert publish_track(run, "film", "en", edited, base=run.version, by=author()) is Outcome.PUBLISHED
    assert sentences(run) == ["We met on a train. It was late, and it was cold.", "Then we all went home."]
