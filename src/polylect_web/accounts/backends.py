"""How a password signs somebody in: by username or by email."""

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from polylect_web.accounts.models import Person, folded


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
        return Person.objects.filter(pk=user_id, is_active=True).first()
