"""What every template may know of the visitor."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from polylect_web.accounts.models import Person


def account(request: HttpRequest) -> dict[str, object]:
    """`account`: the person who is signed in, or None, also for guests. It is looked up when a template asks."""
    return {"account": SimpleLazyObject(lambda: account_of(request))}


def account_of(request: HttpRequest) -> Person | None:
    """The person who is signed in; None for guests and for visitors who are nobody yet."""
    person = request.user
    return person if isinstance(person, Person) and not person.is_guest else None
