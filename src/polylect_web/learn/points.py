"""Numbers of points in words, as each language of the interface counts."""

from babel import Locale
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext

_FORMS_SEEN_BY = 101  # Arabic, with the most forms of a noun, comes to its last one at 100


def points(number: float) -> str:
    """A number of points in words, as the interface writes numbers: "1 point", "2.5 points"."""
    return ngettext("%(number)s point", "%(number)s points", _like(number)) % {"number": written(number)}


def points_of(earned: float, possible: float) -> str:
    """Points earned of those that could be had, as a sentence."""
    sentence = ngettext("%(earned)s of %(possible)s point.", "%(earned)s of %(possible)s points.", _like(possible))
    return sentence % {"earned": written(earned), "possible": written(possible)}


def written(number: float) -> str:
    """A number as the interface writes it, with two decimals at most and none that say nothing."""
    rounded = round(number, 2)
    return number_format(int(rounded) if rounded == int(rounded) else rounded, use_l10n=True)


def _like(number: float) -> int:
    """A whole number that the noun takes the same form for: gettext knows no others, and 2.5 is not said as 2 is."""
    rounded = round(number, 2)
    if rounded == int(rounded):
        return int(rounded)
    form = Locale.parse(get_language() or "en", sep="-").plural_form
    return next((whole for whole in range(_FORMS_SEEN_BY) if form(whole) == form(rounded)), int(rounded))
