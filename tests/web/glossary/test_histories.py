"""Whatever people and the course's file do in turns, the file never changes what a person has said."""

from contextlib import suppress
from random import Random

import pytest

from polylect.messages import glossary as tables
from polylect.messages.terms import Form, Standing
from polylect.messages.terms import Term as Said
from polylect_web.courses.models import Course
from polylect_web.glossary import actions, queries
from polylect_web.glossary.models import Term, TermForm
from web.builders import publish

pytestmark = pytest.mark.django_db

TEXTS, WORDS, LANGUAGES = ("arch", "pier", "span"), ("un", "deux"), ("fr", "ar")
STEPS = 25
State = dict[tuple[str, ...], tuple[object, ...]]


@pytest.mark.parametrize("seed", range(10))
def test_a_file_never_changes_what_a_person_said(seed: int) -> None:
    dice, course = Random(seed), publish().course
    for _ in range(STEPS):
        dice.choice((by_file, by_file, add, change, remove, say, bring))(dice, course)


def by_file(dice: Random, course: Course) -> None:
    """Publishes some file; what persons own is as before, and what the file names is there."""
    before = owned(course)
    table = tables.Table(terms := drawn(dice), {key: 1 for term in terms for key in keys_of(term)})
    actions.take_from_course(course=course, table=table, is_whole=dice.random() < 0.7, by=None)
    after = everything(course)
    assert {key: after[key] for key in before} == before
    removed = {key for key, (is_removed, *_) in before.items() if is_removed}
    follows = (key for term in terms for key in keys_of(term) if not {key, key[:2]} & removed)
    assert not [key for key in follows if after[key][0]]


def add(dice: Random, course: Course) -> None:
    text = dice.choice(TEXTS)
    with suppress(actions.Exists):
        actions.add_term(course=course, given=Said(text, "en", dice.choice(WORDS)), by=None)
    assert not Term.objects.get(course=course, text=text).is_removed


def change(dice: Random, course: Course) -> None:
    for term in present(dice, course):
        given = Said(dice.choice(TEXTS), "en", dice.choice(WORDS))
        with suppress(actions.Exists):
            actions.change_term(term=term, given=given, revision=queries.revision_of(term), by=None)
        assert not Term.objects.get(course=course, text=given.text).is_removed


def remove(dice: Random, course: Course) -> None:
    for term in present(dice, course):
        actions.remove_term(term=term, by=None)


def say(dice: Random, course: Course) -> None:
    for term in present(dice, course):
        language = dice.choice(LANGUAGES)
        words = dice.sample(WORDS, dice.randint(0, 2))
        forms = [Form(word, dice.choice(list(Standing)), dice.choice(("", "why"))) for word in words]
        revision = queries.revision_of(term, language)
        actions.set_forms(term=term, language=language, forms=forms, revision=revision, by=None)
        said = [queries.as_form(row) for row in queries.forms_of(term, language)]
        assert [(form.text, form.standing, form.note) for form in said] == [(f.text, f.standing, f.note) for f in forms]


def bring(dice: Random, course: Course) -> None:
    """Takes in a table over what is here: then it is so."""
    terms = drawn(dice)
    actions.take_in(course=course, terms=terms, by=None, is_replacing=True)
    here = {term.text: term for term in queries.all_terms(course)}
    assert all(set(term.forms) <= set(here[term.text].forms) for term in terms)


def drawn(dice: Random) -> tuple[Said, ...]:
    """Some terms, each with some forms."""
    keys = [(language, word) for language in LANGUAGES for word in WORDS]
    return tuple(
        Said(
            text,
            "en",
            dice.choice(WORDS),
            forms=tuple(
                Form(word, dice.choice(list(Standing)), language=language)
                for language, word in dice.sample(keys, dice.randint(0, 3))
            ),
        )
        for text in dice.sample(TEXTS, dice.randint(0, 3))
    )


def present(dice: Random, course: Course) -> list[Term]:
    """One of the terms, if there are any."""
    found = list(Term.objects.filter(course=course, is_removed=False).order_by("pk"))
    return [dice.choice(found)] if found else []


def keys_of(term: Said) -> list[tuple[str, ...]]:
    key = (term.language, term.text)
    return [key, *((*key, form.language, form.text) for form in term.forms)]


def everything(course: Course) -> State:
    """Every row by what it is about: whether it is removed, and what it says."""
    terms = Term.objects.filter(course=course)
    state: State = {(row.language, row.text): (row.is_removed, row.definition) for row in terms}
    for form in TermForm.objects.filter(term__course=course).select_related("term"):
        key = (form.term.language, form.term.text, form.language, form.text)
        state[key] = (form.is_removed, form.standing, form.note)
    return state


def owned(course: Course) -> State:
    """Those rows that a person changed last."""
    state = everything(course)
    terms = {("en", row.text) for row in Term.objects.filter(course=course, is_from_file=False)}
    forms = TermForm.objects.filter(term__course=course, is_from_file=False).select_related("term")
    keys = terms | {("en", form.term.text, form.language, form.text) for form in forms}
    return {key: state[key] for key in keys}
