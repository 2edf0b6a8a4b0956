"""Pictures that learners point into: where one lies on the page, the place that was pointed to, and what is right.

Places are counted in the author's pixels. The page draws them in a drawing of that size, however wide it is on a
screen; marks lie over it by shares of its width and height, so that they stay as large as a finger.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _

from polylect.exercises import Picture, Words
from polylect.exercises.grading import Point
from polylect_web.courses.queries import ASSETS_URL

_MOST_DIGITS = 9


@dataclass(frozen=True)
class ShownPicture:
    """A picture with what belongs to one learner."""

    picture: Picture
    place: tuple[int, int] | None = None
    """Where the learner pointed, as far as it lies in the picture."""
    areas: tuple[tuple[Point, ...], ...] = ()
    """The right areas, each by the corners around it. Set with the answer."""

    @property
    def is_here(self) -> bool:
        """Whether the course has the file. What another site would send is not loaded by itself."""
        return self.picture.src.startswith(ASSETS_URL)

    @property
    def has_size(self) -> bool:
        return bool(self.picture.width and self.picture.height)

    @property
    def instead(self) -> Words:
        """The picture as a text would have it, for where it cannot be shown: cleaning makes a link of it."""
        alt = self.picture.alt
        return Words(str(format_html('<img src="{}" alt="{}">', self.picture.src, alt.text)), alt.language)

    @property
    def outlines(self) -> list[str]:
        """The right areas, as `points` of an SVG polygon wants them."""
        return [" ".join(f"{left:g},{top:g}" for left, top in corners) for corners in self.areas]

    @property
    def areas_in_words(self) -> tuple[Words, ...]:
        """How far the right areas reach."""
        sentence = _("from the left %(left)s to %(right)s, from the top %(top)s to %(bottom)s")
        return tuple(Words(sentence % _reach(corners)) for corners in self.areas)

    @property
    def across(self) -> str:
        """The place as a share of the width."""
        return _share(self.place[0], self.picture.width) if self.place else "50%"

    @property
    def down(self) -> str:
        """The place as a share of the height."""
        return _share(self.place[1], self.picture.height) if self.place else "50%"


def shown_picture(picture: Picture, typed: tuple[str, ...], areas: Iterable[tuple[Point, ...]]) -> ShownPicture:
    """A picture with the place that these two numbers name, in digits of any script."""
    across, down = (*map(_whole, typed), None, None)[:2]
    is_inside = across is not None and down is not None and across <= picture.width and down <= picture.height
    place = (across, down) if is_inside and across is not None and down is not None else None
    return ShownPicture(picture, place, tuple(areas))


def _reach(corners: tuple[Point, ...]) -> dict[str, str]:
    across, down = [left for left, _top in corners], [top for _left, top in corners]
    ends = {"left": min(across), "right": max(across), "top": min(down), "bottom": max(down)}
    return {name: f"{round(end)}" for name, end in ends.items()}


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def _share(pixels: int, size: int) -> str:
    return f"{100 * pixels / size:.2f}%" if size else "50%"
