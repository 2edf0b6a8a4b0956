"""A course to translate, and the people who do."""

from uuid import UUID

from django.test import Client

from polylect_web.accounts import actions as accounts
from polylect_web.accounts.models import Person, Role
from polylect_web.courses.models import Run
from web.builders import RUN, message, person

SOURCE = "Bridges join people."
BASE = f"/en/translate/fr/{RUN}/"
LESSON = f"{BASE}start/"


def signed_in(name: str, role: Role | None = None, language: str = "fr") -> Client:
    """The browser of somebody with this name, and this role in the course for a language."""
    someone = Person.objects.filter(username=name).first() or person(name)
    if role is not None:
        accounts.give_role(person=someone, role=role, course_key="Test+Bridges", language=language)
    client = Client()
    client.force_login(someone)
    return client


def uuid_of(run: Run, text: str = SOURCE) -> UUID:
    return message(run, text).uuid


def line(run: Run, text: str = SOURCE) -> str:
    """The address of a text in hand."""
    return f"{LESSON}{uuid_of(run, text)}/"


def form(text: str, source: str = SOURCE, **fields: object) -> dict[str, object]:
    """What the form of a text sends."""
    return {"text": text, "source": source, "seen": "", "act": "save"} | fields
