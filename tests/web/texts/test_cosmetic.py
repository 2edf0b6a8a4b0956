"""An author says that a change is cosmetic: translations stay valid, and it is known who said so and of what."""

import pytest

from polylect.course import tree
from polylect_web.accounts.models import Person
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.texts import actions, queries
from polylect_web.texts.models import Review, RevisionCounter, TranslationUnit, Verdict
from polylect_web.texts.queries import State
from web.builders import CHOICE_XML, TEXT_XML, course, exercise, message, publish, text, translate, unit

pytestmark = pytest.mark.django_db

QUESTION = "Which material is used for most bridges?"
RETYPED = "Which material is used for the most bridges?"
MATERIAL = "Quel matériau ?"


def asking(question: str) -> tree.Course:
    return course(unit(text(), exercise(xml=CHOICE_XML.replace(QUESTION, question))))


def republish(given: tree.Course, *, is_cosmetic: bool = True) -> Run:
    author, _ = Person.objects.get_or_create(username="author")
    run = actions.publish(given, is_cosmetic=is_cosmetic, by=author).run
    return Run.objects.select_related("course", "version").get(pk=run.pk)


def label(run: Run) -> str:
    found = courses.outline(run.version).unit("start")
    assert found is not None
    item = queries.read_blocks(run.version, found.blocks, "fr")["ask"].item
    assert isinstance(item, tree.Exercise)
    return dict(item.body.words)["question.q1.label"].text


def translated(*, is_approved: bool = False) -> None:
    translate(publish(asking(QUESTION)), "fr", {QUESTION: MATERIAL}, is_approved=is_approved)


def state(run: Run, source: str) -> State:
    one = TranslationUnit.objects.get(message=message(run, source), language="fr")
    said = one.current.reviews.order_by("pk").values_list("verdict", "source_text")
    return queries.state_of(source, one.current.source_text, said)


def test_a_cosmetic_change_keeps_the_translation_on_the_page() -> None:
    translated()
    run = republish(asking(RETYPED))
    assert label(run) == MATERIAL
    (said,) = Review.objects.all()
    assert (said.verdict, said.source_text, str(said.person)) == (Verdict.STILL_VALID, RETYPED, "author")
    assert state(run, RETYPED) is State.TRANSLATED


def test_a_change_that_nobody_calls_cosmetic_does_not() -> None:
    translated()
    run = republish(asking(RETYPED), is_cosmetic=False)
    assert RETYPED in label(run)
    assert state(run, RETYPED) is State.OUTDATED


def test_what_was_approved_stays_approved() -> None:
    translated(is_approved=True)
    assert state(republish(asking(RETYPED)), RETYPED) is State.APPROVED


def test_what_was_outdated_before_stays_outdated() -> None:
    translated()
    republish(asking("Which old material is used for most bridges?"), is_cosmetic=False)
    run = republish(asking("Which old material is used for the most bridges?"))
    assert "old material" in label(run)
    assert not Review.objects.exists()


def test_the_next_change_is_not_cosmetic_because_the_last_one_was() -> None:
    translated()
    republish(asking(RETYPED))
    run = republish(asking("Which material was used for the most bridges?"), is_cosmetic=False)
    assert "was used" in label(run)


def test_one_text_can_be_called_cosmetic_later_and_its_pages_follow() -> None:
    translated()
    run = republish(asking(RETYPED), is_cosmetic=False)
    (outdated,) = queries.outdated_texts(run.course)
    assert (outdated.block_code, outdated.made_for, outdated.text) == ("ask", QUESTION, RETYPED)
    assert outdated.languages == ("fr",)
    before = RevisionCounter.objects.get(unit_code="start", language="fr").count
    assert actions.say_cosmetic(run.course, outdated.message) == 1
    assert RevisionCounter.objects.get(unit_code="start", language="fr").count == before + 1
    assert label(run) == MATERIAL
    assert queries.outdated_texts(run.course) == ()
    assert actions.say_cosmetic(run.course, outdated.message) == 0


def test_a_cosmetic_change_counts_as_translated_in_the_list_of_languages() -> None:
    translated()
    before = queries.available_languages(republish(asking(QUESTION)).version)
    assert queries.available_languages(republish(asking(RETYPED)).version) == before


def test_an_approved_spelling_counts_only_for_the_answer_it_was_approved_for() -> None:
    """A translation can never change what is correct, nor can an old one."""
    run = publish(course(unit(exercise(xml=TEXT_XML))))
    translate(run, "es", {"arch": "arco"}, is_approved=True)

    def spellings(answer: str, *, is_cosmetic: bool) -> list[str]:
        now = republish(course(unit(exercise(xml=TEXT_XML.replace("arch", answer)))), is_cosmetic=is_cosmetic)
        block = now.version.placements.get(code="ask")
        return [text for _, text in queries.accepted_spellings(now.course, "ask", block.content_id)]

    assert spellings("Arch", is_cosmetic=False) == []
    assert spellings("arch", is_cosmetic=False) == ["arco"]
    assert spellings("ARCH", is_cosmetic=True) == ["arco"]
