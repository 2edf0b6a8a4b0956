"""A run that shows an older version than the last of its course: its readers get what was made for what they read."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from polylect.course import tree
from polylect.exercises import Words
from polylect.keys import RunKey
from polylect_web.courses import queries as courses
from polylect_web.courses.actions import Into
from polylect_web.courses.models import Run
from polylect_web.texts import actions, queries, working
from polylect_web.texts.models import Message, Origin, Review, Shown, Target, Verdict
from polylect_web.texts.showing import choose
from web.builders import CHOICE_XML, course, exercise, person, publish, text, translate, unit

pytestmark = pytest.mark.django_db

OLD, NEW = "Bridges join people.", "Bridges have joined people for long."
QUESTION, NEW_QUESTION = "Which material is used for most bridges?", "Which material are most new bridges made of?"
LATER = RunKey("Test", "Bridges", "2027")
T1, T2 = "Les ponts relient.", "Les ponts relient depuis longtemps."


def later(*blocks: tree.Block, title: str = "Bridges") -> Run:
    """A later run of the same course, where texts say something else."""
    blocks = blocks or (
        text(html=f"<p>{NEW}</p>"),
        exercise(xml=CHOICE_XML.replace(QUESTION, NEW_QUESTION)),
    )
    actions.publish(course(unit(*blocks, title="New beginnings"), key=LATER, title=title), into=Into.NEW_VERSION)
    return Run.objects.select_related("course", "version").get(key=str(LATER))


def read(run: Run, language: str = "fr", code: str = "intro") -> queries.ReadBlock:
    found = courses.outline(run.version).unit("start")
    assert found is not None
    return queries.read_blocks(run.version, found.blocks, language)[code]


def html(run: Run, language: str = "fr") -> str:
    item = read(run, language).item
    assert isinstance(item, tree.Text)
    return item.html


def words(run: Run) -> str:
    item = read(run, code="ask").item
    assert isinstance(item, tree.Exercise)
    return " ".join(one.text for _, one in item.body.words)


def test_both_runs_see_what_was_made_for_what_they_read() -> None:
    run = publish()
    translate(run, "fr", {OLD: T1, QUESTION: "Quel matériau ?"})
    new = later()
    translate(new, "fr", {NEW: T2, NEW_QUESTION: "Quel matériau neuf ?"})
    assert T2 in html(new)
    assert T1 in html(run)
    assert "Quel matériau ?" in words(run)
    assert "Quel matériau neuf ?" in words(new)
    assert read(run).outdated == read(new).outdated == 0


def test_without_one_of_its_own_a_text_is_outdated_and_a_question_is_the_source() -> None:
    run = publish()
    new = later()
    translate(new, "fr", {NEW: T2, NEW_QUESTION: "Quel matériau neuf ?"})
    assert T2 in html(run)
    assert (read(run).outdated, read(run, code="ask").outdated) == (1, 1)
    assert "Quel matériau" not in words(run)


def test_the_newest_of_its_own_is_shown() -> None:
    run = publish()
    translate(run, "fr", {OLD: "Vieux."})
    translate(run, "fr", {OLD: T1})
    new = later()
    translate(new, "fr", {NEW: T2})
    assert T1 in html(run)


def test_one_that_was_said_to_hold_for_its_text_is_shown() -> None:
    run = publish()
    uuid = Message.objects.get(course=run.course, text=OLD).uuid
    given = [actions.Given(uuid, T1, "Bridges joined people.")]
    actions.take_targets(run.course, "fr", given, origin=Origin.HUMAN)
    actions.say_cosmetic(run.course, uuid)
    translate(later(), "fr", {NEW: T2})
    assert T1 in html(run)


@pytest.mark.parametrize("verdict", [None, Verdict.REJECTED])
def test_suggestions_and_what_was_rejected_are_not_shown(verdict: Verdict | None) -> None:
    run = publish()
    uuid = Message.objects.get(course=run.course, text=OLD).uuid
    given = [actions.Given(uuid, T1, OLD)]
    actions.take_targets(run.course, "fr", given, origin=Origin.HUMAN, are_suggestions=verdict is None)
    if verdict:
        Review.objects.create(target=Target.objects.get(), source_text=OLD, verdict=verdict)
    translate(later(), "fr", {NEW: T2})
    assert T2 in html(run)


def test_where_only_approved_ones_are_shown_it_has_to_be_approved() -> None:
    run = publish()
    translate(run, "fr", {OLD: "Approuvé."}, is_approved=True)
    translate(run, "fr", {OLD: "Pas encore."})
    choose(run.course, "fr", who=None, shown=Shown.APPROVED, shows_machine=False)
    translate(later(), "fr", {NEW: T2}, is_approved=True)
    assert "Approuvé." in html(run)


def test_a_language_falls_back_as_ever() -> None:
    run = publish()
    translate(run, "pt", {OLD: "As pontes unem."})
    translate(later(), "pt", {NEW: "As pontes unem há muito."})
    assert "As pontes unem.<" in html(run, "pt-BR")


def test_titles_are_those_that_were_made_for_it() -> None:
    run = publish()
    translate(run, "fr", {"Beginnings": "Débuts", "Bridges": "Ponts"})
    new = later(title="More bridges")
    translate(new, "fr", {"New beginnings": "Nouveaux débuts", "More bridges": "Plus de ponts"})
    assert queries.titles(run.version, "fr")["start"] == Words("Débuts", "fr")
    assert queries.titles(new.version, "fr")["start"] == Words("Nouveaux débuts", "fr")
    both = queries.course_titles([run, new], "fr")
    assert (both[run.pk].text, both[new.pk].text) == ("Ponts", "Plus de ponts")


def test_it_costs_one_query_there_and_none_elsewhere(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    run = publish()
    translate(run, "fr", {OLD: T1, QUESTION: "Quel matériau ?"})
    new = later()
    translate(new, "fr", {NEW: T2, NEW_QUESTION: "Quel matériau neuf ?"})
    html(run), html(new)
    with django_assert_num_queries(1):
        html(new)
    with django_assert_num_queries(2):
        html(run)


def test_the_workbench_works_on_what_a_text_says_in_the_version_published_last() -> None:
    run = publish()
    translate(run, "fr", {OLD: T1})
    later()
    lesson = next(one for one in working.lessons(run.version) if one.code == "start")
    line = next(one for one in working.lines(run.version, lesson, "fr", may_see_answers=False) if one.text == NEW)
    assert line.state is queries.State.OUTDATED
    somebody = person("amina")
    shown = Client()
    shown.force_login(somebody)
    address = f"/en/translate/fr/{run.key}/start/{line.uuid}/"
    assert line.current is not None
    form = {"text": T2, "source": NEW, "seen": str(line.current.pk), "act": "save"}
    assert shown.post(address, form).status_code == 302
    assert Target.objects.get(text=T2).source_text == NEW
    assert T1 in html(run)
    assert T2 in html(Run.objects.select_related("version").get(key=str(LATER)))
