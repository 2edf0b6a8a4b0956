"""What the template of a sentence's cues says in words: times, and whether they can be read."""

from django import template
from django.utils.formats import number_format

from polylect.sentences import Sentence
from polylect_web.foundation import saying

register = template.Library()


@register.filter
def said(sentence: Sentence) -> str:
    """A sentence of the library in the interface's language."""
    return saying.said(sentence)


@register.filter
def clock(time_ms: int) -> str:
    """A moment of a video, to a tenth of a second: 1:02.4."""
    tenths = round(time_ms / 100)
    minutes, rest = divmod(tenths, 600)
    seconds = number_format(rest / 10, 1)
    return f"{minutes}:{seconds.zfill(4)}"
