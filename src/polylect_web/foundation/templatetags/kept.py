"""`{% kept %}`: a part of a page that is the same for everybody who is shown the same values.

A template's loop over a hundred lines costs more than all of a page's queries, so what many pages show is drawn once
and kept in this process. A part is kept under everything it can depend on, for it is given nothing else: its values,
and the languages of page and interface. So it is never stale, and nothing of one learner reaches another.
"""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from polylect_web.foundation.recent import Recent

register = template.Library()

_LANGUAGES = ("interface_language", "interface_direction", "reading_language")
_kept: Recent[tuple[object, ...], SafeString] = Recent(2000)


@register.simple_tag(takes_context=True)
def kept(context: Context, name: str, **values: Any) -> SafeString:
    """A template with these values, which must be hashable, and with the languages; nothing else of the page.

    {% kept "learn/_video.html" block=block %}
    """
    languages = _languages(context)
    return _kept.one((name, *languages.values(), *values.items()), lambda: drawn(context, name, **values))


def drawn(context: Context, name: str, **values: Any) -> SafeString:
    """The same without keeping it, for what is large and shown to nobody else."""
    html: SafeString = get_template(name).template.render(Context(_languages(context) | values))  # type: ignore[attr-defined]
    return html


def forget() -> None:
    """Empties this process's cache: for tests that change templates or settings."""
    _kept.forget()


def _languages(context: Context) -> dict[str, Any]:
    return {language: context.get(language, "") for language in _LANGUAGES}
