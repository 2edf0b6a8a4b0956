"""Keeps people signed in who come back."""

from collections.abc import Callable
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

RENEWED = "renewed"
RENEW_AFTER = timedelta(days=7)


class KeepSignedInMiddleware:
    """Starts a session's time anew when it is used, once a week at most: other views write nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        session = request.session
        if session.accessed and not session.is_empty():
            today = timezone.now().date()
            if today - date.fromisoformat(session.get(RENEWED, "1970-01-01")) >= RENEW_AFTER:
                session[RENEWED] = today.isoformat()
        return response
