"""The frame of an exercise: what every kind of question shares."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Exercise:
    """An exercise. `xml` is all of it, as Open edX's problem XML; everything else is read from there."""

    xml: str
