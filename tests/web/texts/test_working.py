"""What the workbench asks: lessons, how far they are, the texts of one."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polylect import messages
from polylect_web.courses.models import Run
from polylect_web.texts import working, writing
from polylect_web.texts.choices import Choice
from polylect_web.texts.models import Review, Target, TranslationUnit, Verdict
from polylect_web.texts.queries import State
from polylect_web.texts.working import Lesson, Line, Tally
from polylect_web.texts.writing import Draft
from web.builders import course, exercise, message, person, publish, text, translate, unit

pytestmark = pytest.mark.django_db

SOURCE = "Bridges join people."


def lines(run: Run, code: str = "start", *, may_see_answers: bool = True) -> list[Line]:
    lesson = lesson_of(run, code)
    return working.lines(run.version, lesson, "fr", may_see_answers=may_see_answers)


def lesson_of(run: Run, code: str) -> Lesson:
    return next(lesson for lesson in working.lessons(run.version) if lesson.code == code)


def test_a_lesson_is_a_unit_and_the_course_is_one_of_its_own() -> None:
    run = publish()
    assert [lesson.code for lesson in working.lessons(run.version)] == [messages.COURSE_CODE, "start"]
    assert [line.text for line in lines(run, messages.COURSE_CODE)] == ["Bridges", "Part one", "First steps"]


def test_lines_are_in_reading_order_with_their_state() -> None:
    run = publish()
    translate(run, "fr", {SOURCE: "Les ponts relient."})
    translate(run, "fr", {"About bridges": "Sur les ponts"}, is_approved=True)
    found = lines(run)
    assert [line.text for line in found[:3]] == ["Beginnings", "About bridges", SOURCE]
    assert [line.state for line in found[:3]] == [State.MISSING, State.APPROVED, State.TRANSLATED]
    assert found[2].current is not None
    assert found[2].current.text == "Les ponts relient."


def test_what_gives_answers_away_is_for_those_who_were_named() -> None:
    run = publish()
    assert any(line.reveals for line in lines(run))
    assert not any(line.reveals for line in lines(run, may_see_answers=False))


def test_progress_counts_words_by_state() -> None:
    run = publish(course(unit(text())))
    assert working.progress(run.version, ["fr"])["start", "fr"] == Tally(total=6)
    translate(run, "fr", {SOURCE: "Les ponts relient."})
    translate(run, "fr", {"About bridges": "Sur les ponts"}, is_approved=True)
    assert working.progress(run.version, ["fr"])["start", "fr"] == Tally(6, translated=3, approved=2)
    run = publish(course(unit(text(html="<p>Bridges join many people.</p>"))))
    tally = working.progress(run.version, ["fr"])["start", "fr"]
    assert (tally, tally.left) == (Tally(7, outdated=4, approved=2), 5)


def test_progress_costs_the_same_in_a_long_course() -> None:
    counted = []
    for length in (1, 30):
        units = [unit(text(f"text{number}"), exercise(f"ask{number}"), code=f"u{number}") for number in range(length)]
        run = publish(course(*units))
        working.lessons(run.version)
        with CaptureQueriesContext(connection) as captured:
            assert len(working.progress(run.version, ["fr", "ar"])) == 2 * (length + 1)
        counted.append(len(captured))
        with CaptureQueriesContext(connection) as captured:
            working.progress(run.version, ["fr", "ar"])
        assert len(captured) == 1
    assert counted == [3, 3]


@pytest.mark.parametrize("made_for", [SOURCE, "Bridges join many people."])
@pytest.mark.parametrize("length", [0, 1, 2])
def test_the_database_counts_as_the_list_says(made_for: str, length: int) -> None:
    """Whatever was said of a target, for whichever source: one rule, said in Python and in SQL."""
    run = publish(course(unit(text())))
    row = message(run, SOURCE)
    words = [(verdict, source) for verdict in Verdict for source in (SOURCE, "Bridges join many people.")]
    for said in product(words, repeat=length):
        target = Target.objects.create(message=row, language="fr", text="Un.", source_text=made_for, origin="human")
        for verdict, source in said:
            Review.objects.create(target=target, verdict=verdict, source_text=source)
        TranslationUnit.objects.update_or_create(message=row, language="fr", defaults={"current": target})
        working.forget()
        state = next(line.state for line in lines(run) if line.text == SOURCE)
        assert getattr(working.progress(run.version, ["fr"])["start", "fr"], state.value) == 3, said


def test_a_suggestion_and_a_remark_wait_in_their_lesson() -> None:
    run, learner = publish(), person()
    uuid = message(run, SOURCE).uuid
    writing.suggest(run.course, "fr", uuid, Draft("Des ponts.", SOURCE), by=learner)
    asked = writing.remark(run.course, "fr", uuid, "Is this a metaphor?", by=learner)
    assert asked is not None
    assert working.open_work(run.version, "fr", working.lessons(run.version)) == {"start": 2}
    line = lines(run)[2]
    assert (line.suggestions, line.remarks) == (1, 1)
    assert working.started_languages(run.course_id) == ("fr",)
    writing.settle_remark(run.course, asked.pk, by=learner)
    assert working.open_work(run.version, "fr", working.lessons(run.version)) == {"start": 1}


def test_history_says_who_wrote_and_who_said_what() -> None:
    run, writer, reviewer = publish(), person("writer"), person("reviewer")
    row = message(run, SOURCE)
    written = writing.write_target(run.course, "fr", row.uuid, Draft("Un.", SOURCE), by=writer, choice=Choice())
    assert written.target is not None
    writing.approve(run.course, written.target.pk, by=reviewer, choice=Choice())
    (past,) = working.history(row.pk, "fr").past
    assert (past.target.text, past.is_current) == ("Un.", True)
    assert [(one.verdict, one.person) for one in past.said] == [("approved", "reviewer")]


def test_others_see_what_changed_since_they_looked() -> None:
    run, writer = publish(), person("writer")
    before = lines(run)
    assert working.changed_since(before, "fr", 0) == []
    writing.write_target(run.course, "fr", message(run, SOURCE).uuid, Draft("Un.", SOURCE), by=writer, choice=Choice())
    assert [line.text for line in working.changed_since(before, "fr", 0)] == [SOURCE]
