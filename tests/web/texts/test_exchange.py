"""Translations out of the site and in again: what a file holds, and that taking it in loses nothing."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polylect.messages import exchange as forms
from polylect.messages.exchange import Form
from polylect.messages.merging import Outcome
from polylect.messages.rows import Row
from polylect.messages.rows import State as RowState
from polylect_web.courses.models import Run
from polylect_web.texts import actions as texts
from polylect_web.texts import exchange
from polylect_web.texts.models import Origin, Target, TranslationUnit
from polylect_web.texts.queries import State
from web import builders
from web.builders import message, publish, text, translate, unit

pytestmark = pytest.mark.django_db

BRIDGES = "Bridges join people."
LINKED = '<p>Bridges <a href="/map">join</a> <b>people</b>.</p>'


def rows(run: Run, language: str = "fr", **options: object) -> dict[str, Row]:
    """What a file holds, by the source text."""
    settings: dict[str, object] = {"may_see_answers": True} | options
    return {row.source: row for row in exchange.rows(run.version, language, **settings)}


def merge(run: Run, given: list[Row], **options: object) -> exchange.Merge:
    settings: dict[str, object] = {"may_see_answers": True} | options
    return exchange.merge(run.version, "fr", given, **settings)


def take(run: Run, given: list[Row], *, may_translate: bool = True) -> list[Outcome]:
    merged = merge(run, given)
    exchange.take_in(merged, by=None, may_translate=may_translate)
    return [one.outcome for one in merged.merged]


def current(run: Run, source: str = BRIDGES) -> str:
    found = TranslationUnit.objects.filter(message__course=run.course, message__text=source, language="fr").first()
    return found.current.text if found else ""


def suggested(run: Run) -> list[str]:
    found = Target.objects.filter(message__course=run.course, is_suggestion=True)
    return list(found.order_by("pk").values_list("text", flat=True))


def test_a_file_has_the_texts_in_reading_order_with_where_they_stand() -> None:
    run = publish()
    found = rows(run)
    assert list(found)[:4] == ["Bridges", "Part one", "First steps", "Beginnings"]
    assert found[BRIDGES].place == "intro|html"
    assert found[BRIDGES].key == str(message(run, BRIDGES).uuid)
    assert found["Yes, with steel in it."].reveals
    assert "Yes, with steel in it." not in rows(run, may_see_answers=False)


def test_a_file_says_what_placeholders_stand_for() -> None:
    run = publish(builders.course(unit(text(html=LINKED))))
    (row,) = [row for row in rows(run).values() if row.place == "intro|html"]
    assert [one.shown for one in row.placeholders] == ['<a href="/map">', "<b>"]


def test_addresses_are_there_where_they_are_translated() -> None:
    run = publish(builders.course(unit(text(html=LINKED))))
    assert "/map" not in rows(run)
    translate(run, "fr", {"/map": "/carte"})
    assert rows(run)["/map"].text == "/carte"


def test_a_file_has_the_states_that_were_asked_for() -> None:
    run = publish()
    translate(run, "fr", {BRIDGES: "Ponts."})
    translate(run, "fr", {"Beginnings": "Débuts"}, is_approved=True)
    assert list(rows(run, states={State.TRANSLATED})) == [BRIDGES]
    assert BRIDGES not in rows(run, states={State.MISSING, State.APPROVED})
    assert rows(run)["Beginnings"].state is RowState.APPROVED


def test_an_outdated_text_goes_with_what_it_was_made_for() -> None:
    run = publish()
    translate(run, "fr", {BRIDGES: "Ponts."})
    run = publish(builders.course(unit(text(html="<p>Bridges join two peoples.</p>"))))
    row = rows(run, states={State.OUTDATED})["Bridges join two peoples."]
    assert (row.text, row.made_for) == ("Ponts.", BRIDGES)


@pytest.mark.parametrize("form", Form)
def test_a_file_that_comes_back_as_it_left_changes_nothing(form: Form) -> None:
    run = publish()
    translate(run, "fr", {BRIDGES: "Ponts.", "Beginnings": "Débuts"})
    head = exchange.head_of(run.version, "fr")
    written = "".join(forms.write(form, head, exchange.rows(run.version, "fr", may_see_answers=True)))
    read = forms.read(written.encode(), forms.name_of(head, form))
    assert read.issues == ()
    merged = merge(run, list(read.rows))
    assert not merged.is_new
    expected = {Outcome.SAME} if form is Form.BUNDLE else {Outcome.EMPTY, Outcome.UNCHANGED}
    assert set(merged.counts) == expected


def test_what_only_the_file_changed_is_taken() -> None:
    run = publish()
    translate(run, "fr", {BRIDGES: "Ponts."})
    here = rows(run)
    changed = [replace(here[BRIDGES], text="Les ponts."), replace(here["Beginnings"], text="Débuts")]
    assert take(run, changed) == [Outcome.TAKEN, Outcome.TAKEN]
    assert (current(run), current(run, "Beginnings")) == ("Les ponts.", "Débuts")
    assert take(run, changed) == [Outcome.SAME, Outcome.SAME]


def test_newer_work_stays_and_the_file_is_kept_beside_it() -> None:
    run = publish()
    translate(run, "fr", {BRIDGES: "Ponts."})
    left = rows(run)[BRIDGES]
    translate(run, "fr", {BRIDGES: "Les beaux ponts."})
    assert take(run, [replace(left, text="Les ponts.")]) == [Outcome.CONFLICT]
    assert current(run) == "Les beaux ponts."
    assert suggested(run) == ["Les ponts."]
    assert take(run, [replace(left, text="Les ponts.")]) == [Outcome.KNOWN]
    assert suggested(run) == ["Les ponts."]


def test_what_is_written_while_a_file_is_taken_in_stays() -> None:
    run = publish()
    merged = merge(run, [replace(rows(run)[BRIDGES], text="Les ponts.")])
    translate(run, "fr", {BRIDGES: "Les beaux ponts."})
    assert exchange.take_in(merged, by=None, may_translate=True) == 1
    assert current(run) == "Les beaux ponts."
    assert suggested(run) == ["Les ponts."]


def test_whoever_may_not_translate_suggests() -> None:
    run = publish()
    assert take(run, [replace(rows(run)[BRIDGES], text="Les ponts.")], may_translate=False) == [Outcome.TAKEN]
    assert current(run) == ""
    assert suggested(run) == ["Les ponts."]


def test_each_of_two_rows_of_a_text_is_kept() -> None:
    run = publish()
    row = rows(run)[BRIDGES]
    given = [replace(row, text=words) for words in ("Un.", "Deux.", "Trois.")]
    assert take(run, given) == [Outcome.TAKEN, Outcome.CONFLICT, Outcome.CONFLICT]
    assert current(run) == "Un."
    assert suggested(run) == ["Deux.", "Trois."]


def test_a_file_made_before_the_source_changed_is_kept_and_not_shown() -> None:
    run = publish()
    left = rows(run)[BRIDGES]
    now = "Bridges join two peoples."
    run = publish(builders.course(unit(text(html=f"<p>{now}</p>"))))
    translate(run, "fr", {now: "Les ponts relient deux peuples."})
    assert take(run, [replace(left, text="Les ponts.")]) == [Outcome.OUTDATED]
    assert current(run, now) == "Les ponts relient deux peuples."
    assert Target.objects.filter(text="Les ponts.", source_text=BRIDGES).exists()


def test_a_translation_that_holds_by_a_word_of_a_reviewer_stays() -> None:
    run = publish()
    translate(run, "fr", {BRIDGES: "Ponts."})
    left = rows(run)[BRIDGES]
    now = "Bridges join two peoples."
    run = publish(builders.course(unit(text(html=f"<p>{now}</p>"))))
    texts.say_cosmetic(run.course, message(run, now).uuid)
    assert take(run, [replace(left, text="Les ponts.")]) == [Outcome.OUTDATED]
    assert current(run, now) == "Ponts."


def test_work_for_a_text_that_is_gone_is_kept_as_memory() -> None:
    run = publish()
    left = rows(run)[BRIDGES]
    run = publish(builders.course(unit(builders.exercise())))
    assert take(run, [replace(left, text="Ponts.")]) == [Outcome.TAKEN]
    assert Target.objects.filter(text="Ponts.").exists()


def test_whoever_may_not_see_answers_cannot_find_them_by_guessing() -> None:
    run = publish()
    row = Row(source="Yes, with steel in it.", text="Oui.")
    assert list(merge(run, [row], may_see_answers=False).counts) == [Outcome.UNKNOWN]
    known = Row(key=str(message(run, "Yes, with steel in it.").uuid), source="x", text="Oui.")
    assert list(merge(run, [known], may_see_answers=False).counts) == [Outcome.UNKNOWN]
    assert list(merge(run, [row]).counts) == [Outcome.TAKEN]


def test_what_was_taken_in_is_of_whoever_brought_it() -> None:
    run, somebody = publish(), builders.person("translator")
    merged = merge(run, [replace(rows(run)[BRIDGES], text="Ponts.")])
    exchange.take_in(merged, by=somebody, may_translate=True, is_approved=True)
    target = Target.objects.get(text="Ponts.")
    assert (target.person, target.origin) == (somebody, Origin.HUMAN)
    assert target.reviews.exists()


def test_a_longer_course_costs_no_more_queries() -> None:
    counts = []
    for number in (2, 30):
        blocks = [text(code=f"t{n}", html=f"<p>Words <b>{number}</b> {n}</p>") for n in range(number)]
        run = publish(builders.course(unit(*blocks)))
        given = [replace(row, text=row.source) for row in rows(run).values()]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            list(exchange.rows(run.version, "fr", may_see_answers=True))
            merge(run, given)
        counts.append(len(captured))
    assert counts[1] <= counts[0]
