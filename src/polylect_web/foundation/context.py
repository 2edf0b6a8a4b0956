"""What every template may use."""

from django.http import HttpRequest
from django.utils import translation

from polylect import languages
from polylect_web.foundation.languages import reading_language


def of_languages(request: HttpRequest) -> dict[str, str]:
    """`reading_language`, and `interface_language` and `interface_direction` for the `<html>` element."""
    interface = translation.get_language() or "en"
    return {
        "reading_language": reading_language(request),
        "interface_language": interface,
        "interface_direction": languages.direction(interface),
    }
