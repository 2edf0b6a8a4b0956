"""What the gallery shows: the parts, by name, and the frames that each is shown in."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """A part of the pages, drawn by `templates/pages/gallery/<name>.html`."""

    name: str
    title: str | Promise

    @property
    def template(self) -> str:
        return f"pages/gallery/_{self.name}.html"


@dataclass(frozen=True)
class Frame:
    """A place to look at a part in: a color theme and a direction, with the texts of a language."""

    theme: str
    language: str
    title: str | Promise


PARTS = (
    Part("colors", _("Colors")),
    Part("type", _("Type")),
    Part("buttons", _("Buttons")),
    Part("forms", _("Forms")),
    Part("notices", _("Notices")),
    Part("badges", _("Labels")),
    Part("cards", _("Course cards")),
    Part("outline", _("Outline")),
    Part("prose", _("Text")),
    Part("tables", _("Tables")),
    Part("cases", _("Two cases to compare")),
    Part("answer", _("What the judge says")),
    Part("side", _("A side to fill in")),
    Part("transcript", _("Transcript")),
    Part("exercise", _("Exercise")),
    Part("choice_numbers", _("Choices with numbers")),
    Part("finding", _("What follows from an arrangement")),
    Part("picture", _("Picture to point into")),
    Part("progress", _("Progress")),
    Part("sequence", _("Previous and next")),
    Part("keys", _("List of keys")),
)

FRAMES = (
    Frame("light", "en", _("light, left to right")),
    Frame("dark", "en", _("dark, left to right")),
    Frame("light", "ar", _("light, right to left")),
    Frame("dark", "ar", _("dark, right to left")),
)
