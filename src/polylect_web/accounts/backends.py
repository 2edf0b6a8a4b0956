"""How a password signs somebody in: by username or by email."""

from django.contrib.auth.hashers import make_password
from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from polylect_web.accounts.models import Person, PersonRole, folded
from polylect_web.foundation.prepared import Prepared, columns, instance

_COLUMNS = columns(Person)
_by_id = Prepared(
    lambda user_id: Person.objects.filter(pk=user_id, is_active=True).values_list(
        *_COLUMNS, Exists(PersonRole.objects.filter(person=OuterRef("pk")))
    )
)


class PasswordBackend:
    """Finds a person by username or email and checks the password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None
    ) -> Person | None:
        """The person, or None. A name that nobody has takes as long as a wrong password: names cannot be tried out."""
        if username is None or password is None:
            return None
        field = "email" if "@" in username else "username"
        person = Person.objects.filter(**{field: folded(username)}).first()
        if person is None:
            make_password(password)
            return None
        return person if person.check_password(password) and person.is_active else None

    def get_user(self, user_id: int) -> Person | None:
        """The person of a session."""
        for row in _by_id(int(user_id)):
            person = instance(Person, _COLUMNS, row[:-1])
            person.is_without_roles = not row[-1]
            return person
        return None
