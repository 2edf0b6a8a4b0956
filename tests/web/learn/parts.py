"""What the tests of a learner's pages know about them: videos to build courses from, and a way to look at a page."""

from django.http import HttpResponse
from lxml.html import HtmlElement, document_fromstring

from polylect.captions.groups import group
from polylect.captions.track import Cue, Track
from polylect.course import tree

UNIT = "/en/courses/Test+Bridges+2026/start/"
ANSWER = f"{UNIT}answer/ask/"

TRACK = Track(
    (
        Cue(0, 2000, "Two groups meet."),
        Cue(2000, 4000, "<v Ada>One has a <i>room</i>;"),
        Cue(4000, 6000, "the other has readers."),
    )
)


def video(code: str = "film", track: Track | None = TRACK, **fields: object) -> tree.Video:
    """A video with captions in English."""
    tracks = (tree.VideoTrack("en", track, groups=group(track, "en")),) if track else ()
    return tree.Video(code, "A film", tracks=tracks, **fields)  # type: ignore[arg-type]


def page(response: HttpResponse) -> HtmlElement:
    """The page of an answer, to look at its parts."""
    return document_fromstring(response.content.decode())


def text_of(root: HtmlElement, selector: str) -> str:
    """The words of the first part that matches, spaces made single."""
    (first, *_) = root.cssselect(selector)
    return " ".join(first.text_content().split())
