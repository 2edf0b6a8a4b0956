"""Sessions in the database, so that signing out ends one for good; saved through the write door.

Each row says whose session it is: to end all of a person's needs no look into the others.
"""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.utils import timezone

from polylect_web.accounts.models import Session
from polylect_web.foundation.database import write
from polylect_web.foundation.prepared import Prepared

_by_key = Prepared(lambda key: Session.objects.filter(session_key=key).values_list("session_data", "expire_date"))


class SessionStore(DatabaseSessionStore):
    """Django's sessions in the database, queued with the other writers."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    def load(self) -> dict[str, Any]:
        for data, expires_at in _by_key(self.session_key or ""):
            if expires_at > timezone.now():
                return self.decode(data)
        self._session_key = None
        return {}

    def save(self, must_create: bool = False) -> None:
        with write():
            super().save(must_create=must_create)

    def delete(self, session_key: str | None = None) -> None:
        with write():
            super().delete(session_key)
