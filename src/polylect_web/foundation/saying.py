"""Sentences of the library (`polylect.sentences`), in the interface's language."""

from collections.abc import Iterable

from django.utils.translation import get_language, gettext, pgettext

from polylect.sentences import Item, Sentence, SentenceKind


def said(item: Item) -> str:
    """A sentence in the interface's language; a name is as it is."""
    if isinstance(item, str):
        return item
    try:
        return item.said(_text, get_language() or "en")
    except (AttributeError, IndexError, KeyError, ValueError):
        return item.english  # the translation names what its source does not


def said_together(sentences: Iterable[Sentence]) -> str:
    """Sentences one after another."""
    return " ".join(said(sentence) for sentence in sentences)


def _text(kind: SentenceKind) -> str:
    return pgettext(kind.context, kind.text) if kind.context else gettext(kind.text)
