"""What the tests of the glossary know: a course with terms, and people who may more or less."""

from django.test import Client

from polylect.messages.terms import Form, Standing
from polylect.messages.terms import Term as Said
from polylect_web.accounts import actions as accounts
from polylect_web.accounts.models import Person, Role
from polylect_web.courses.models import Course, Run
from polylect_web.glossary import actions, queries
from polylect_web.glossary.models import Term
from web.builders import person

GLOSSARY = "/en/translate/fr/glossary/"
COURSE = "Test+Bridges"


def author(course: str = COURSE) -> Person:
    return _with(Role.AUTHOR, "author", course, "")


def translator(course: str = COURSE, language: str = "fr") -> Person:
    return _with(Role.TRANSLATOR, f"translator {language}", course, language)


def browser_of(somebody: Person | None) -> Client:
    """Where this person is signed in; None: a browser of nobody."""
    client = Client()
    if somebody is not None:
        client.force_login(somebody)
    return client


def add(course: Course | None, text: str = "arch", definition: str = "", **fields: object) -> Term:
    """A term of a course, in English."""
    return actions.add_term(course=course, given=Said(text, "en", definition, **fields), by=None)  # type: ignore[arg-type]


def say(
    term: Term, *texts: str, language: str = "fr", unwanted: tuple[str, ...] = (), by: Person | None = None
) -> None:
    """What a term is called: these are preferred."""
    forms = [Form(text) for text in texts] + [Form(text, Standing.FORBIDDEN) for text in unwanted]
    revision = queries.revision_of(term, language)
    actions.set_forms(term=term, language=language, forms=forms, revision=revision, by=by)


def called(term: Term, language: str = "fr") -> list[tuple[str, str]]:
    """The forms of a term and how they stand."""
    return [(form.text, form.standing) for form in queries.forms_of(term, language)]


def address(term: Term, act: str = "", language: str = "fr") -> str:
    return f"/en/translate/{language}/glossary/{term.uuid}/{act}"


def posted(*words: tuple[str, ...], revision: object = 0) -> dict[str, str]:
    """The form that says what a term is called: text, standing and note of each word."""
    data = {"form-TOTAL_FORMS": str(len(words)), "form-INITIAL_FORMS": "0", "revision": str(revision)}
    for at, word in enumerate(words):
        text, standing, note = (*word, *("", "preferred", "")[len(word) :])
        data |= {f"form-{at}-text": text, f"form-{at}-standing": standing, f"form-{at}-note": note}
    return data


def closed(run: Run) -> None:
    """Nobody but its makers sees the course."""
    Run.objects.filter(pk=run.pk).update(is_open=False)


def _with(role: Role, name: str, course: str, language: str) -> Person:
    somebody = person(name)
    accounts.give_role(person=somebody, role=role, course_key=course, language=language)
    return Person.objects.get(pk=somebody.pk)
