"""People.

    Person ─┬─ PersonLanguage   the languages they read, best first
            ├─ PersonRole       what they may do, where
            └─ Session          the browsers they are signed in with

A guest is a Person without credentials, made when the first thing worth keeping arrives; signing up adds
credentials to that row. Other apps refer to a person by foreign key, the world outside by `uuid`. This app knows
nothing of courses: a role names its course by its key (ORG+CODE).

What becomes of a row that points at a person when they are erased is said in docs/reference/personal-data.md, and a
test holds every app to it.
"""

import unicodedata
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from polylect_web.accounts.sessions import SessionStore


class PersonManager(BaseUserManager["Person"]):
    """Finds people by what they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username=folded(username or ""))


class Person(AbstractBaseUser):
    """Somebody who uses the site. Without username and email it is a guest."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(max_length=150, unique=True, null=True, blank=True)
    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    is_credited = models.BooleanField(default=True)
    """Whether others may read who translated what this person translated."""
    last_login = None
    is_without_roles = False
    """Known to have none; False: nobody has looked yet."""

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()

    class Meta:
        verbose_name_plural = "people"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(  # on all three columns, or SQLite takes the index of one for what half of all rows have
                fields=["email", "username", "made_at"],
                condition=models.Q(email__isnull=True, username__isnull=True),
                name="guest_by_age",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.username or self.email or f"guest {self.uuid.hex[:8]}"

    @property
    def is_guest(self) -> bool:
        """Whether nobody can sign in as this person: their work lives with one browser."""
        return self.username is None and self.email is None

    def reading_languages(self) -> list[str]:
        """The languages they read, best first."""
        return [row.language for row in self.languages.all()]


class PersonLanguage(models.Model):
    """A language that a person reads; `position` 0 is the one they like best."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=35)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["person", "language"], name="person_language_once"),
            models.UniqueConstraint(fields=["person", "position"], name="person_language_position_once"),
        )

    def __str__(self) -> str:
        return self.language


class Role(models.TextChoices):
    """What somebody is trusted with."""

    OPERATOR = "operator"
    """Everything, everywhere."""
    AUTHOR = "author"
    """A course: its text, its settings, its people."""
    STAFF = "staff"
    """A course: its people and their work, and what is hidden from learners."""
    REVIEWER = "reviewer"
    """A course in a language: to approve translations."""
    TRANSLATOR = "translator"
    """A course in a language: to translate, also what gives answers away."""


class PersonRole(models.Model):
    """A role somebody has: in a course (ORG+CODE; empty: in all), for a language (empty: for all)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Role.choices)
    course_key = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=35, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "role", "course_key", "language"], name="person_role_once"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.course_key} {self.language}".strip()


class Session(AbstractBaseSession):
    """A browser that somebody is signed in with, or the browser of a guest, who can come back by no other way."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        from polylect_web.accounts.sessions import SessionStore

        return SessionStore


class FailedSignIn(models.Model):
    """A sign-in that failed, kept for a day. `key` stands for a name or an address, and does not tell which."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["key", "at"], name="failed_sign_in_by_key"),
            models.Index(fields=["at"], name="failed_sign_in_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.at:%Y-%m-%d %H:%M}"


def folded(name: str) -> str:
    """A username or email as it is stored and compared: in one letter case and one spelling.

    NFKC, case folded, and NFKC again, for folding takes letters apart (`ΐ`). Folding twice changes nothing more.
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()
