"""Small courses for tests of messages."""

from polylect.captions import groups
from polylect.captions.track import Cue, Track, TrackKind
from polylect.course.tree import (
    Category,
    Course,
    Exercise,
    Foreign,
    Grading,
    Page,
    Section,
    Selection,
    Subsection,
    Text,
    Unit,
    Video,
    VideoTrack,
)
from polylect.exercises import Exercise as Body
from polylect.keys import RunKey

QUESTION = """<problem>
<p>Read <b>this</b> first.</p>
<multiplechoiceresponse>
<label>Who gains?</label>
<choicegroup>
<choice correct="true">All sides<choicehint>That is it.</choicehint></choice>
<choice correct="false">One side<choicehint>Then it is a gift.</choicehint></choice>
</choicegroup>
</multiplechoiceresponse>
<demandhint><hint>Think of both.</hint></demandhint>
</problem>"""


def text(html: str = "<p>Hello <b>world</b></p>", title: str = "A text", code: str = "text") -> Text:
    return Text(code, title, html)


def exercise(xml: str = QUESTION, title: str = "A question") -> Exercise:
    return Exercise("exercise", title, Body(xml))


def track(*cues: str, language: str = "en", kind: TrackKind = TrackKind.CAPTIONS) -> VideoTrack:
    """A track with a cue every two seconds."""
    read = Track(tuple(Cue(2000 * n, 2000 * n + 1500, words) for n, words in enumerate(cues)))
    return VideoTrack(language, read, kind, groups.group(read, language, kind=kind))


def video(*cues: str, title: str = "A video") -> Video:
    return Video("video", title, tracks=(track(*cues),) if cues else ())


def course(*blocks: Text | Video | Exercise | Selection | Foreign) -> Course:
    unit = Unit(
        "unit", "A unit", blocks or (text(), video("One side gives", "what it has. The other", "gains."), exercise())
    )
    section = Section("section", "A section", (Subsection("subsection", "A part", (unit,)),))
    return Course(
        RunKey("Polylect", "SMALL", "2026"),
        "A course",
        "en",
        (section,),
        pages=(Page("overview", "About it", "<p>What it is.</p>", kind="about"),),
        grading=Grading((Category("homework", "Homework", 1.0),)),
    )
