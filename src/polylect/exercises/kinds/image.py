"""A place in a picture: its learner points to it (`imageresponse` with one `imageinput` or more, each judged alone).

What is right are rectangles, edges included (`rectangle="(10,10)-(60,40);(80,10)-(99,40)"`), or regions, each the
convex hull of its points without its edge (`regions="[[10,10],[60,10],[35,50]]"`). Places are whole numbers of the
author's pixels, from the left edge and from the top.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import ClassVar

from lxml import etree

from polylect.exercises import notes, numerals
from polylect.exercises.grading import Answer, Examples, Point, Response, Responses, Result, Verdict
from polylect.exercises.kinds.number import NO_INPUT
from polylect.exercises.question import Input, Question, Situation, Source, Wording, result
from polylect.exercises.texts import Words
from polylect.exercises.view import FieldKind
from polylect.issues import Issue, Place, Severity, declare

NOT_A_PLACE = declare(
    "exercise-not-a-place",
    Severity.ERROR,
    "Point to a place in the picture, or write two whole numbers, such as {across} and {down}.",
)
BAD_AREA = declare(
    "exercise-bad-area",
    Severity.ERROR,
    "Question {question} has the area “{found}”; expected is one such as {expected}. It is not graded.",
)
NO_AREA = declare(
    "exercise-no-area",
    Severity.WARNING,
    "Question {question} has a picture without a right place, so nobody can answer it.",
)

_RECTANGLE = re.compile(r"[(\[](\d{1,9}),(\d{1,9})[)\]]-[(\[](\d{1,9}),(\d{1,9})[)\]]", re.ASCII)
_MOST_DIGITS = 9
_PIXELS = re.compile(r"\s*(\d{1,5})(?!\d)", re.ASCII)
_FAR_OUT = (999_999_999, 999_999_999)
_EXAMPLE = (120, 45)


@dataclass(frozen=True)
class Rectangle:
    """From corner to corner, both let in. It holds nothing where the corners are the wrong way round."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    @property
    def outline(self) -> tuple[Point, ...]:
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        return ((left, top), (right, top), (right, bottom), (left, bottom)) if self.holds((left, top)) else ()


@dataclass(frozen=True)
class Region:
    """The inside of a convex polygon, whose corners go around it; empty where its author's points lie in one line."""

    outline: tuple[Point, ...]

    def holds(self, point: Point) -> bool:
        following = (*self.outline[1:], *self.outline[:1])
        return bool(self.outline) and all(
            _turn(one, other, point) > 0 for one, other in zip(self.outline, following, strict=True)
        )


Area = Rectangle | Region


@dataclass(frozen=True)
class Target:
    """What is right in one picture, and how its author wrote it."""

    code: str
    areas: tuple[Area, ...]
    written: str

    def holds(self, point: Point) -> bool:
        return any(area.holds(point) for area in self.areas)


@dataclass(frozen=True)
class Image(Question):
    """A question with one picture or more to point into."""

    tag: ClassVar[str] = "imageresponse"
    input_tags: ClassVar[tuple[str, ...]] = ("imageinput",)

    targets: tuple[Target, ...]

    @classmethod
    def parse(cls, source: Source) -> "Image":
        if not source.input_elements:
            source.refuse(NO_INPUT)
        targets = []
        for code, element in zip(source.input_codes(), source.input_elements, strict=True):
            rectangles, regions = source.get(element, "rectangle"), source.get(element, "regions")
            areas: list[Area] = [*_rectangles(source, element, rectangles), *_regions(source, element, regions)]
            if not any(area.outline for area in areas) and source.is_prepared:
                source.warn(NO_AREA, element)
            targets.append(Target(code, tuple(areas), " ".join(filter(None, (rectangles.strip(), regions.strip())))))
            common = source.common(element, code)
            size = (_pixels(source.get(element, "width")), _pixels(source.get(element, "height")))
            picture = source.text(f"{code}.picture", element, _img(element, size), "text", note=notes.PICTURE.text)
            source.put_input(element, Input(code, FieldKind.IMAGE, picture=picture, picture_size=size, **common))
        return cls(source.finish(), tuple(targets))

    @property
    def key(self) -> object:
        return [(one.code, one.areas) for one in self.targets]

    def read(self, input: Input, typed: tuple[str, ...], language: str) -> tuple[Response, Issue | None]:
        given = [text.strip() for text in typed]
        if typed and not any(given):
            return Response(input.code, typed), None
        numbers = tuple(numerals.in_ascii(text, language).strip() if language else text for text in given)
        response = Response(input.code, typed, numbers)
        if _is_place(numbers):
            return response, None
        across, down = _EXAMPLE
        return response, NOT_A_PLACE.at(Place(), across=across, down=down, field=input.code, typed=" ".join(given))

    def grade(self, responses: Responses, situation: Situation) -> tuple[Result, ...]:
        return tuple(
            result(input, Verdict.CORRECT if _is_met(one, responses) else Verdict.INCORRECT)
            for one, input in zip(self.targets, self.frame.inputs, strict=True)
        )

    def answers(self, wording: Wording) -> tuple[Answer, ...]:
        return tuple(
            Answer(
                one.code,
                texts=(Words(one.written),) if one.written else (),
                areas=tuple(area.outline for area in one.areas if area.outline),
            )
            for one in self.targets
        )

    def examples(self) -> tuple[Examples, ...]:
        return tuple(
            Examples(
                one.code,
                next((_texts(point) for point in _middles(one.areas) if one.holds(point)), ()),
                _texts(_FAR_OUT),
                ("?", "?"),
            )
            for one in self.targets
        )


def _is_met(target: Target, responses: Responses) -> bool:
    given = responses.of(target.code).read
    return _is_place(given) and target.holds((int(given[0]), int(given[1])))


def _is_place(numbers: tuple[str, ...]) -> bool:
    """Whether these are two whole numbers, of a size that pictures have."""
    return len(numbers) == 2 and _is_whole(numbers[0]) and _is_whole(numbers[1])


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS


def _img(element: etree._Element, size: tuple[int, int]) -> str:
    """The picture as an author would put it into a text: then its link and its words go the way of all others."""
    said = {"src": element.get("src", ""), "alt": element.get("alt", "")}
    said |= {name: str(pixels) for name, pixels in zip(("width", "height"), size, strict=True) if pixels}
    return "<img{}>".format("".join(f' {name}="{escape(value)}"' for name, value in said.items()))


def _pixels(text: str) -> int:
    found = _PIXELS.match(text)
    return int(found[1]) if found else 0


def _rectangles(source: Source, element: etree._Element, text: str) -> Iterator[Rectangle]:
    """What follows a rectangle is passed over, as in Open edX."""
    for part in "".join(text.split()).split(";"):
        found = _RECTANGLE.match(part)
        if found is not None:
            left, top, right, bottom = map(int, found.groups())
            yield Rectangle(left, top, right, bottom)
        elif part and source.is_prepared:
            source.refuse(BAD_AREA, element, found=part, expected="(10,10)-(60,40)")


def _regions(source: Source, element: etree._Element, text: str) -> tuple[Region, ...]:
    if not text.strip() or not source.is_prepared:
        return ()
    try:
        found = json.loads(text)
        if found and not isinstance(found[0][0], list):
            found = [found]
        return tuple(Region(_hull(_point(*corner) for corner in region)) for region in found)
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError):
        source.refuse(BAD_AREA, element, found=text, expected="[[10,10],[60,10],[35,50]]")


def _point(across: float, down: float) -> Point:
    point = (float(across), float(down))
    if not all(map(math.isfinite, point)) or isinstance(across, str) or isinstance(down, str):
        raise ValueError("no place")
    return point


def _hull(points: Iterable[Point]) -> tuple[Point, ...]:
    """The corners of the smallest convex polygon around these (Andrew's monotone chain); empty without an inside."""
    ordered = sorted(set(points))
    corners = _half(ordered)[:-1] + _half(ordered[::-1])[:-1]
    return tuple(corners) if len(corners) > 2 else ()


def _half(ordered: list[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in ordered:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def _turn(one: Point, other: Point, point: Point) -> float:
    """Above 0 where `point` lies on the side of the line from `one` to `other` on which a polygon's inside is."""
    return (other[0] - one[0]) * (point[1] - one[1]) - (other[1] - one[1]) * (point[0] - one[0])


def _middles(areas: Iterable[Area]) -> Iterator[Point]:
    for area in areas:
        count = len(area.outline)
        if count:
            across, down = (sum(corner[axis] for corner in area.outline) / count for axis in (0, 1))
            yield max(round(across), 0), max(round(down), 0)


def _texts(point: Point) -> tuple[str, str]:
    return str(int(point[0])), str(int(point[1]))
