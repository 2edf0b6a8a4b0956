"""Sessions in the database, so that signing out ends one for good; saved through the write door."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore

from polylect_web.foundation.database import write


class SessionStore(DatabaseSessionStore):
    """Django's sessions in the database, queued with the other writers."""

    def save(self, must_create: bool = False) -> None:
        with write():
            super().save(must_create=must_create)

    def delete(self, session_key: str | None = None) -> None:
        with write():
            super().delete(session_key)
