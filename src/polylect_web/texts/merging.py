"""What becomes of a guest's suggestions and remarks when they sign in to an account."""

from polylect_web.accounts.models import Person
from polylect_web.texts.models import Remark, Target


def merge(guest: Person, into: Person) -> None:
    """They are the account's from then on."""
    for model in (Target, Remark):
        model._default_manager.filter(person=guest).update(person=into)
