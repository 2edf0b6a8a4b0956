"""The tree of a course.

`Course` > `Section` > `Subsection` > `Unit` > blocks. A block is a `Text`, a `Video`, an `Exercise`, a `Selection`
(some of several blocks, drawn for each learner) or a `Foreign` (a kind that we cannot show, kept as it came). Readers
(`olx`, `markdown`, `messages.bundle`) make trees; the site stores them with `course.stored`. Codes are unique in a
course.
Every kind has `code` and `title`; every level may be hidden or dated by its `access`.
"""

from dataclasses import dataclass, field

from polylect.captions.track import Group, Track, TrackKind
from polylect.exercises import Exercise as ExerciseBody
from polylect.keys import LibraryKey, RunKey


@dataclass(frozen=True)
class Access:
    """Who may see it, and when. Times are ISO 8601 in UTC (`2026-11-22T00:00:00Z`), empty where none is set."""

    staff_only: bool = False
    start: str = ""
    due: str = ""
    unlisted: bool = False
    """Left out of the outline; links and the pages before and after still lead there."""


@dataclass(frozen=True)
class Text:
    """A piece of HTML, as its author wrote it (it is cleaned at publish, on the site)."""

    code: str
    title: str
    html: str
    access: Access = Access()
    kept: tuple[tuple[str, str], ...] = ()
    """Attributes of the file that nothing here reads, kept for writing it back."""


@dataclass(frozen=True)
class Source:
    """A media file: `address` is a path among the course's assets (`lesson.webm`) or an absolute https address."""

    address: str
    media_type: str = ""


@dataclass(frozen=True)
class VideoTrack:
    """A track of a video, in its language. `groups` are computed once, when the course is read, and stored with it."""

    language: str
    track: Track
    kind: TrackKind = TrackKind.CAPTIONS
    groups: tuple[Group, ...] = ()
    file: str = ""
    """The asset that it was read from, empty where it came otherwise."""


@dataclass(frozen=True)
class Video:
    """A video with its tracks. It may have only a YouTube id, or no picture at all yet (a bundle imported alone)."""

    code: str
    title: str
    sources: tuple[Source, ...] = ()
    youtube_id: str = ""
    poster: str = ""
    tracks: tuple[VideoTrack, ...] = ()
    start_ms: int = 0
    end_ms: int = 0
    """0: to the end."""
    handout: str = ""
    """The address of a file to take away, as `Source.address`."""
    access: Access = Access()
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Exercise:
    """An exercise in its place: what is asked is in `body`; the rest is the course's policy for it, in Open edX's
    words. What follows from it is in `course.rules`."""

    code: str
    title: str
    body: ExerciseBody
    weight: float | None = None
    """Points of the exercise as a whole; None: the sum of its questions'."""
    max_attempts: int | None = None
    """How often one may submit; None: as often as one likes; 0: never, for it is a survey."""
    show_answer: str = "finished"
    rerandomize: str = "never"
    wait_seconds: int = 0
    """Least time between two submissions."""
    show_reset_button: bool = False
    access: Access = Access()
    kept: tuple[tuple[str, str], ...] = ()
    attempts_before_answer: int = 0
    """With `show_answer` "after_attempts": how many submissions come first."""
    force_save_button: bool = False
    grading_method: str = "highest_score"
    """Which submission counts: "highest_score", so that trying again costs nothing, "last_score", "first_score", or
    "average_score"."""
    show_correctness: str = "always"
    """Whether learners are told how right they were: "always", "past_due", "never"."""
    grace_seconds: int = 0
    """How long after the due date answers are still taken."""


@dataclass(frozen=True)
class Selection:
    """`count` of these blocks, drawn by the learner's stored seed. `library`: where they came from, as written."""

    code: str
    title: str
    blocks: tuple["Block", ...]
    count: int = 1
    """-1: all of them, in order: blocks that belong together."""
    library: str = ""
    access: Access = Access()
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Foreign:
    """A kind of block that we cannot show. `kind` is its tag; `xml` the whole of it, to be written out again."""

    code: str
    title: str
    kind: str
    xml: str
    access: Access = Access()


Block = Text | Video | Exercise | Selection | Foreign


@dataclass(frozen=True)
class Unit:
    code: str
    title: str
    blocks: tuple[Block, ...]
    access: Access = Access()
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Subsection:
    code: str
    title: str
    units: tuple[Unit, ...]
    category: str = ""
    """The code of the grading category that its scores count in; empty: not graded."""
    access: Access = Access()
    kept: tuple[tuple[str, str], ...] = ()
    opens_after: str = ""
    """The code of a subsection before it: for each learner, this one opens `opens_after_days` after their first answer
    there. Empty: nobody waits."""
    opens_after_days: int = 0


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    subsections: tuple[Subsection, ...]
    access: Access = Access()
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Category:
    """A grading category: its share of the grade, and how its subsections' scores are put together."""

    code: str
    name: str
    share: float
    """Of the whole, from 0 to 1."""
    short_name: str = ""
    least_count: int = 1
    dropped: int = 0
    """How many of the lowest scores do not count."""


@dataclass(frozen=True)
class Grading:
    """How scores become a grade. `cutoffs` are (name, least share of 1), the highest first; the lowest passes."""

    categories: tuple[Category, ...] = ()
    cutoffs: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Page:
    """Something to read beside the units: a part of the about page (`kind` "about"), a static page ("page"), the
    handouts or the updates ("handouts", "updates")."""

    code: str
    title: str
    html: str
    kind: str = "page"
    access: Access = Access()


@dataclass(frozen=True)
class Asset:
    """A file of the course. `hidden` ones are never served to learners: `python_lib.zip`, files locked by authors."""

    path: str
    """As links name it, without `/static/`."""
    file: str
    """Where it lies among the files that were given."""
    size_bytes: int
    hidden: bool = False


@dataclass(frozen=True)
class Unplaced:
    """A unit or block that the files hold and no page shows: staff can look at it. `reason`: "orphan" or "draft"."""

    item: Unit | Block
    reason: str


@dataclass(frozen=True)
class Course:
    """One course, as given for one run."""

    key: RunKey
    title: str
    language: str
    sections: tuple[Section, ...]
    pages: tuple[Page, ...] = ()
    grading: Grading = Grading()
    assets: tuple[Asset, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    image: str = ""
    start: str = ""
    end: str = ""
    self_paced: bool = True
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Library:
    """A content library: blocks that selections draw from."""

    key: LibraryKey
    title: str
    blocks: tuple[Block, ...]
    assets: tuple[Asset, ...] = ()
    kept: tuple[tuple[str, str], ...] = field(default=())
