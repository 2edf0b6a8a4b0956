"""Asking a translation service over the network, and saying in a sentence why it did not answer."""

import logging
from collections.abc import Mapping

from django.utils.translation import gettext

from polylect_web.foundation.network import NoAnswer, Trouble, ask
from polylect_web.machine.provider import NotTaken, Unavailable

_MOST_SAID = 200
"""How many characters of a service's own words are told."""

_logger = logging.getLogger(__name__)


def ask_service(name: str, address: str, said: Mapping[str, object] | None, seconds: float) -> object:
    """What the service at this address answers. Raises Unavailable, with a line for the operator in the log."""
    try:
        answer = ask(address, said=said, seconds=seconds)
    except NoAnswer as error:
        _logger.warning("%s at %s: %s", name, address, error)
        raise Unavailable(_of_trouble(error.trouble, name)) from error
    if answer.status != 200:
        words = _words(answer.body)
        _logger.warning("%s at %s answered %s %s", name, address, answer.status, words)
        raise (NotTaken if answer.status in (400, 413, 422) else Unavailable)(_of_status(answer.status, name, words))
    return answer.body


def unreadable(name: str) -> Unavailable:
    """The answer came, and is not what this kind of service says."""
    return Unavailable(_of_trouble(Trouble.UNREADABLE, name))


def _of_trouble(trouble: Trouble, name: str) -> str:
    sentences = {
        Trouble.UNREACHABLE: gettext("%(name)s cannot be reached. Try again later."),
        Trouble.SLOW: gettext("%(name)s took too long. Try again later, or with a shorter text."),
        Trouble.UNREADABLE: gettext("%(name)s gave an answer that cannot be read. Tell whoever runs this site."),
    }
    return sentences[trouble] % {"name": name}


def _of_status(status: int, name: str, words: str) -> str:
    if status in (400, 413, 422):
        return gettext("%(name)s did not take the text: %(words)s") % {"name": name, "words": words or status}
    if status in (401, 403):
        return gettext("%(name)s does not serve this site. Tell whoever runs it.") % {"name": name}
    if status == 429:
        return gettext("%(name)s was asked too often. Try again in a minute.") % {"name": name}
    return gettext("%(name)s answered with the error %(status)s. Try again later.") % {"name": name, "status": status}


def _words(body: object) -> str:
    """The service's own words, on one line."""
    said = body.get("error") or body.get("detail") if isinstance(body, Mapping) else None
    return " ".join(said.split())[:_MOST_SAID] if isinstance(said, str) else ""
