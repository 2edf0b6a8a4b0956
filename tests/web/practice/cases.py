"""What the tests of cases know: two cases as they are filled in, and people with browsers."""

from django.test import Client

from polylect.partnership import Arrangement, parse
from polylect_web.accounts.models import Person
from polylect_web.practice import actions
from polylect_web.practice.models import Case
from web.builders import person

PAGE, LIST = "/en/partnership/", "/en/partnerships/"

HALL = {
    "side": ["1", "2"],
    "name-1": "The owner of the hall",
    "kind-1": "organization",
    "invests-1": ["venue"],
    "gains-1": ["thanks"],
    "name-2": "The choir",
    "kind-2": "group",
    "invests-2": ["nothing"],
    "gains-2": ["reach", "skills"],
    "overlap": "compatible",
}
"""A donation: the hall is given, and nothing that counts comes back."""

LIBRARY = HALL | {"gains-1": ["mission"], "invests-2": ["time"]}
"""A partnership."""


def arrangement(form: dict[str, object] = LIBRARY) -> Arrangement:
    """What the form describes, in the library's form."""
    sides = [
        {"id": f"side-{key}"} | {name: form[f"{name}-{key}"] for name in ("name", "kind", "invests", "gains")}
        for key in form["side"]  # type: ignore[attr-defined]
    ]
    return parse({"sides": sides, "overlap": form["overlap"]})[0]


def kept(owner: Person, title: str = "The library", **fields: object) -> Case:
    """A case in somebody's register."""
    values: dict[str, object] = {"arrangement": arrangement()} | fields
    return actions.keep(owner=owner, kept=actions.Kept(title, **values))  # type: ignore[arg-type]


def browser_of(somebody: Person) -> Client:
    """Where this person is signed in."""
    client = Client()
    client.force_login(somebody)
    return client


def amina() -> Person:
    """Who keeps cases."""
    return person("amina")


def address(case: Case, act: str = "") -> str:
    """The page of a case, or of what is done with it."""
    return f"{LIST}{case.uuid}/{act}"
