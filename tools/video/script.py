"""The script of a video: what is said, and what is seen meanwhile. The form is described in the script itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True)
class Thing:
    """Something on a slide: an icon, an arrow, words… `fields` are those of its kind, as written."""

    fields: Mapping[str, Any]
    first: int
    """The first line of the narration, from 1, during which it is there."""
    last: int | None
    """The last such line; None: until the slide ends."""

    def is_there(self, line: int) -> bool:
        return self.first <= line and (self.last is None or line <= self.last)


@dataclass(frozen=True)
class Slide:
    code: str
    things: tuple[Thing, ...]
    narration: tuple[str, ...] = ()
    """Lines of one or two sentences; a picture changes between lines only."""

    def at(self, line: int) -> "tuple[Thing, ...]":
        """What is seen during a line of the narration (from 1)."""
        return tuple(thing for thing in self.things if thing.is_there(line))


@dataclass(frozen=True)
class Voice:
    """How the narration is spoken: a voice of flite, how much slower than usual, and the silences."""

    name: str
    stretch: float
    sentence_pause_ms: int
    slide_pause_ms: int
    lead_in_ms: int
    lead_out_ms: int


@dataclass(frozen=True)
class CaptionLimits:
    line_characters: int
    lines: int


@dataclass(frozen=True)
class Still:
    """A picture of its own: a slide or drawing, as seen during a line, written to a file beside the video."""

    file: str
    slide: str
    line: int
    quality: int


@dataclass(frozen=True)
class Script:
    language: str
    voice: Voice
    captions: CaptionLimits
    slides: tuple[Slide, ...]
    drawings: tuple[Slide, ...]
    stills: tuple[Still, ...]

    def picture(self, code: str) -> Slide:
        """The slide or drawing of that code; an unknown code is a mistake in the script: KeyError."""
        return {slide.code: slide for slide in (*self.slides, *self.drawings)}[code]


def load(path: Path) -> Script:
    """Reads a script. A missing or misspelt field is a mistake in the script: KeyError or TypeError."""
    data = YAML(typ="safe").load(path)
    return Script(
        language=data["language"],
        voice=Voice(**data["voice"]),
        captions=CaptionLimits(**data["captions"]),
        slides=tuple(_slide(slide) for slide in data["slides"]),
        drawings=tuple(_slide(drawing) for drawing in data["drawings"]),
        stills=tuple(
            Still(file, still["slide"], still["line"], still["quality"]) for file, still in data["stills"].items()
        ),
    )


def _slide(data: Mapping[str, Any]) -> Slide:
    return Slide(data["code"], tuple(map(_thing, data["things"])), tuple(data.get("narration", ())))


def _thing(data: Mapping[str, Any]) -> Thing:
    fields = {name: value for name, value in data.items() if name not in {"from", "until"}}
    return Thing(fields, data.get("from", 1), data.get("until"))
