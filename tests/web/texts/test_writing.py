"""What people write one text at a time: nobody overwrites anybody unawares, and nothing that was written is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polylect_web.accounts import actions as accounts
from polylect_web.accounts.models import Person, Role
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.texts import choices, queries, showing, writing
from polylect_web.texts.choices import Choice
from polylect_web.texts.models import Origin, Remark, Shown, Target, TranslationUnit, Who
from polylect_web.texts.writing import Draft, Outcome, Written
from web.builders import course, message, person, publish, text, unit

pytestmark = pytest.mark.django_db

SOURCE = "Bridges join people."
APPROVED_ONLY = Choice(shown=Shown.APPROVED)


def write(run: Run, wording: str, *, seen: int | None = None, by: Person | None = None, **options: object) -> Written:
    draft = Draft(wording, SOURCE, seen)
    options = {"choice": Choice(), "by": by or person(None)} | options
    return writing.write_target(run.course, "fr", message(run, SOURCE).uuid, draft, **options)  # type: ignore[arg-type]


def read(run: Run, language: str = "fr") -> str:
    """What learners read."""
    found = courses.outline(run.version).unit("start")
    assert found is not None
    item = queries.read_unit(run.version, found, language).blocks["intro"].item
    return item.html  # type: ignore[union-attr]


def test_what_is_written_is_read() -> None:
    run = publish()
    written = write(run, "Les ponts relient les gens.")
    assert written.outcome is Outcome.SAVED
    assert "Les ponts relient les gens." in read(run)


def test_two_people_cannot_overwrite_each_other_unawares() -> None:
    run = publish()
    first = write(run, "Les ponts relient.")
    second = write(run, "Les ponts unissent.")
    assert (second.outcome, second.target) == (Outcome.CONFLICT, first.target)
    assert first.target is not None
    assert write(run, "Les ponts unissent.", seen=first.target.pk).outcome is Outcome.SAVED
    assert "unissent" in read(run)
    assert set(Target.objects.values_list("text", flat=True)) == {"Les ponts relient.", "Les ponts unissent."}


def test_writing_the_same_again_adds_nothing() -> None:
    run = publish()
    write(run, "Les ponts relient.")
    assert write(run, "Les ponts relient.").outcome is Outcome.SAME
    assert Target.objects.count() == 1


def test_a_lost_placeholder_is_refused_with_a_sentence() -> None:
    html = "<p>Read <a href='https://example.org/'>this</a> first.</p>"
    run = publish(course(unit(text(html=html))))
    row = message(run, "Read <a1>this</a1> first.")
    draft = Draft("Lisez ceci d'abord.", row.text)
    written = writing.write_target(run.course, "fr", row.uuid, draft, by=person(), choice=Choice())
    assert written.outcome is Outcome.REFUSED
    assert [issue.kind.code for issue in written.issues] == ["message-placeholder-lost"]
    assert not Target.objects.exists()


def test_a_source_that_was_published_anew_is_shown_before_anything_is_saved() -> None:
    run = publish()
    uuid = message(run, SOURCE).uuid
    publish(course(unit(text(html="<p>Bridges join many people.</p>"))))
    written = writing.write_target(run.course, "fr", uuid, Draft("Les ponts.", SOURCE), by=person(), choice=Choice())
    assert written.outcome is Outcome.SOURCE_CHANGED


def test_a_suggestion_is_read_by_nobody_until_it_is_accepted() -> None:
    run, learner, reviewer = publish(), person("learner"), person("reviewer")
    written = writing.suggest(run.course, "fr", message(run, SOURCE).uuid, Draft("Des ponts.", SOURCE), by=learner)
    assert written.outcome is Outcome.SUGGESTED
    assert written.target is not None
    assert SOURCE in read(run)
    writing.approve(run.course, written.target.pk, by=reviewer, choice=Choice())
    assert "Des ponts." in read(run)
    assert not writing.open_suggestions().exists()
    assert Target.objects.get().person == learner


def test_suggesting_the_same_twice_is_suggesting_it_once() -> None:
    run, uuid = publish(), None
    uuid = message(run, SOURCE).uuid
    for name in ("one", "two"):
        writing.suggest(run.course, "fr", uuid, Draft("Des ponts.", SOURCE), by=person(name))
    assert Target.objects.count() == 1


def test_a_guest_cannot_fill_the_workbench(monkeypatch: pytest.MonkeyPatch) -> None:
    run, guest = publish(), person(None)
    monkeypatch.setattr(writing, "MOST_OPEN", 1)
    uuid = message(run, SOURCE).uuid
    assert writing.suggest(run.course, "fr", uuid, Draft("Un.", SOURCE), by=guest).outcome is Outcome.SUGGESTED
    assert writing.suggest(run.course, "fr", uuid, Draft("Deux.", SOURCE), by=guest).outcome is Outcome.REFUSED
    assert writing.remark(run.course, "fr", uuid, "What bridges?", by=guest) is None
    assert writing.suggest(run.course, "fr", uuid, Draft("Deux.", SOURCE), by=person()).outcome is Outcome.SUGGESTED


def test_where_only_approved_texts_are_shown_the_approved_one_stays_until_the_next_is() -> None:
    run, reviewer = publish(), person("reviewer")
    showing.choose(run.course, "fr", who=None, shown=Shown.APPROVED, shows_machine=False)
    first = write(run, "Un.", choice=APPROVED_ONLY).target
    assert SOURCE in read(run)
    assert first is not None
    writing.approve(run.course, first.pk, by=reviewer, choice=APPROVED_ONLY)
    assert "Un." in read(run)
    second = write(run, "Deux.", seen=first.pk, choice=APPROVED_ONLY).target
    assert "Un." in read(run)
    assert second is not None
    writing.approve(run.course, second.pk, by=reviewer, choice=APPROVED_ONLY)
    assert "Deux." in read(run)


def test_a_changed_choice_changes_what_learners_see_at_once() -> None:
    run = publish()
    write(run, "Un.")
    assert "Un." in read(run)
    assert showing.choose(run.course, "fr", who=None, shown=Shown.APPROVED, shows_machine=False) == 1
    assert SOURCE in read(run)
    assert showing.choose(run.course, "fr", who=None, shown=Shown.TRANSLATED, shows_machine=False) == 1
    assert "Un." in read(run)


def test_what_a_machine_wrote_is_shown_only_where_the_course_says_so() -> None:
    run = publish()
    write(run, "Un.", origin=Origin.MACHINE)
    assert SOURCE in read(run)
    showing.choose(run.course, "fr", who=None, shown=Shown.TRANSLATED, shows_machine=True)
    assert "Un." in read(run)


def test_rejecting_the_current_one_brings_back_the_one_before() -> None:
    run, reviewer = publish(), person("reviewer")
    first = write(run, "Un.").target
    assert first is not None
    second = write(run, "Deux.", seen=first.pk).target
    assert second is not None
    writing.reject(run.course, second.pk, by=reviewer, choice=Choice())
    assert "Un." in read(run)
    writing.reject(run.course, first.pk, by=reviewer, choice=Choice())
    assert SOURCE in read(run)
    assert not TranslationUnit.objects.exists()
    assert Target.objects.count() == 2


def test_a_reverted_source_brings_back_no_rejected_target() -> None:
    run, reviewer = publish(), person("reviewer")
    target = write(run, "Faux.").target
    assert target is not None
    writing.reject(run.course, target.pk, by=reviewer, choice=Choice())
    publish(course(unit(text(html="<p>Bridges join many people.</p>"))))
    publish(course(unit(text())))
    assert not TranslationUnit.objects.exists()


def test_writing_costs_the_same_in_a_long_course() -> None:
    counted = []
    for length in (1, 40):
        blocks = [text(f"more{number}", f"<p>Text {number} of {length}.</p>") for number in range(length)]
        run = publish(course(unit(text(), *blocks)))
        queries.forget()
        write(run, f"Avant {length}.", by=person(f"a{length}"))
        seen = TranslationUnit.objects.get().current_id
        with CaptureQueriesContext(
            connection,
        ) as captured:
            write(run, f"Les ponts {length}.", seen=seen, by=person(f"b{length}"))
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 16


def test_a_language_is_open_until_somebody_is_named_for_it() -> None:
    run, volunteer, named = publish(), person("volunteer"), person("named")
    open_to_all = choices.choice_of(run.course, "fr")
    assert choices.rights_of(volunteer, run.course, "fr", open_to_all).may_translate
    accounts.give_role(person=named, role=Role.TRANSLATOR, course_key="Test+Bridges", language="fr")
    choice = choices.choice_of(run.course, "fr")
    assert choice.who == Who.TEAM
    assert not choices.rights_of(volunteer, run.course, "fr", choice).may_translate
    assert choices.rights_of(volunteer, run.course, "fr", choice).may_suggest
    assert choices.rights_of(Person.objects.get(pk=named.pk), run.course, "fr", choice).may_see_answers
    assert choices.choice_of(run.course, "sw").who == Who.OPEN


def test_the_course_has_the_last_word_on_who_translates() -> None:
    run, volunteer = publish(), person("volunteer")
    showing.choose(run.course, "fr", who=Who.TEAM, shown=Shown.TRANSLATED, shows_machine=False)
    rights = choices.rights_of(volunteer, run.course, "fr", choices.choice_of(run.course, "fr"))
    assert (rights.may_translate, rights.may_suggest) == (False, True)


def test_guests_suggest_and_nobody_else_does_anything() -> None:
    run = publish()
    guest = choices.rights_of(person(None), run.course, "fr", Choice())
    assert (guest.may_suggest, guest.may_translate) == (True, False)
    assert choices.rights_of(None, run.course, "fr", Choice()) == choices.Rights()


def test_a_guest_who_signs_in_takes_their_suggestions_along() -> None:
    run, guest, account = publish(), person(None), person("account")
    uuid = message(run, SOURCE).uuid
    writing.suggest(run.course, "fr", uuid, Draft("Des ponts.", SOURCE), by=guest)
    writing.remark(run.course, "fr", uuid, "Which bridges?", by=guest)
    accounts.merge(guest=guest, into=account)
    assert Target.objects.get().person == account
    assert Remark.objects.get().person == account
