"""The real exports: everything in them is read, and what is wrong with them is said."""

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from polylect import olx
from polylect.course import stored, walk
from polylect.course.files import open_folder
from polylect.course.tree import Course, Exercise, Library, Selection, Text, Unit, Video
from polylect.issues import Issue, Severity

Read = Callable[[str], tuple[Course | Library | None, list[Issue]]]

pytestmark = pytest.mark.shared


@pytest.fixture(scope="session")
def read(shared: Path) -> Read:
    """Reads one of the real exports by its name; each is read once."""
    done: dict[str, tuple[Course | Library | None, list[Issue]]] = {}

    def read_once(name: str) -> tuple[Course | Library | None, list[Issue]]:
        if name not in done:
            with open_folder(shared / "courses" / f"{name}.tar.gz") as folder:
                done[name] = olx.read(folder)
        return done[name]

    return read_once


def kinds(course: Course | Library) -> Counter[str]:
    return Counter(type(block).__name__ for block in walk.blocks(course))


def codes(issues: list[Issue]) -> Counter[str]:
    return Counter(issue.code for issue in issues if issue.code.startswith("olx-"))


def test_the_demo_course_is_read_completely(read: Read) -> None:
    course, issues = read("demo-course")
    assert isinstance(course, Course)
    assert str(course.key) == "OpenedX+DemoX+DemoCourse"
    assert course.image == "DemoX-Course-Card.png"  # the policy's, not the one in the course's own file
    assert len(list(walk.units(course))) == 58
    assert kinds(course) == {"Text": 266, "Exercise": 29, "Video": 11, "Foreign": 12, "Selection": 1}
    assert codes(issues) == {"olx-not-shown": 12, "olx-groups-only": 2}
    assert [category.share for category in course.grading.categories] == [0.3, 0.35, 0.35]
    assert course.grading.cutoffs == (("Pass", 0.5),)
    assert sorted({part.category for section in course.sections for part in section.subsections}) == [
        "",
        *sorted(category.code for category in course.grading.categories),
    ]
    assert not course.unplaced
    assert len(course.assets) == 124


def test_every_text_of_the_demo_course_has_its_html(read: Read) -> None:
    course, _ = read("demo-course")
    assert isinstance(course, Course)
    texts = [block for block in walk.blocks(course) if isinstance(block, Text)]
    assert [block.code for block in texts if not block.html.strip()] == []


def test_captions_of_the_demo_course_are_read_in_their_languages(read: Read) -> None:
    course, _ = read("demo-course")
    assert isinstance(course, Course)
    videos = [block for block in walk.blocks(course) if isinstance(block, Video)]
    assert [video.code for video in videos if not video.youtube_id and not video.sources] == []
    tracks = [(track.language, len(track.track.cues) > 0, len(track.groups) > 0) for v in videos for track in v.tracks]
    assert Counter(tracks) == {("en", True, True): 5, ("es", True, True): 1}
    reach = next(video for video in videos if len(video.tracks) == 2)
    assert (reach.start_ms, reach.end_ms, reach.handout) == (699_000, 777_000, "open-edx-reach-slide.png")


def test_the_demo_course_draws_two_problems_from_its_library(read: Read) -> None:
    course, _ = read("demo-course")
    assert isinstance(course, Course)
    (selection,) = (block for block in walk.blocks(course) if isinstance(block, Selection))
    assert (selection.count, len(selection.blocks)) == (2, 6)
    assert selection.library == "library-v1:OpenedX+DemoRespiratoryQuestions"


def test_the_kitchen_sink_is_read_completely(read: Read) -> None:
    course, issues = read("kitchen-sink")
    assert isinstance(course, Course)
    assert len(list(walk.units(course))) == 16
    assert kinds(course) == {"Exercise": 14, "Foreign": 3, "Video": 1}
    assert course.end == "2027-02-24T00:30:00Z"
    assert codes(issues)["olx-dangling"] == 0
    graded = [part.category for section in course.sections for part in section.subsections if part.category]
    assert graded == ["midterm-exam", "final-exam"]


def test_the_sixteen_dangling_units_are_sixteen_issues(read: Read) -> None:
    course, issues = read("supported-components")
    assert isinstance(course, Course)
    dangling = [issue for issue in issues if issue.code == "olx-dangling"]
    assert len(dangling) == 16
    assert all(issue.place.file.startswith("sequential/") and issue.place.line for issue in dangling)
    assert list(walk.units(course)) == []


def test_staff_can_look_at_orphaned_exercises_and_drafts(read: Read) -> None:
    course, issues = read("supported-components")
    assert isinstance(course, Course)
    kept = Counter((type(each.item).__name__, each.reason) for each in course.unplaced)
    assert kept == {("Exercise", "orphan"): 28, ("Text", "orphan"): 8, ("Unit", "draft"): 1}
    (draft,) = (each.item for each in course.unplaced if isinstance(each.item, Unit))
    assert sum(isinstance(block, Exercise) for block in draft.blocks) == 4
    assert codes(issues)["olx-draft-only"] == 1


def test_the_content_library_is_a_library_of_six_exercises(read: Read) -> None:
    library, issues = read("demo-content-library")
    assert isinstance(library, Library)
    assert str(library.key) == "library-v1:OpenedX+DemoRespiratoryQuestions"
    assert kinds(library) == {"Exercise": 6}
    assert issues == []


@pytest.mark.parametrize("name", ["demo-course", "supported-components", "kitchen-sink", "demo-content-library"])
def test_codes_are_unique_and_the_stored_form_gives_the_same_course(read: Read, name: str) -> None:
    course, _ = read(name)
    assert course is not None
    blocks = [block.code for block in walk.blocks(course)]
    assert len(blocks) == len(set(blocks))
    assert stored.load(stored.dump(course)) == course


@pytest.mark.parametrize("name", ["demo-course", "supported-components", "kitchen-sink", "demo-content-library"])
def test_every_issue_says_where_in_a_sentence(read: Read, name: str) -> None:
    _, issues = read(name)
    for issue in issues:
        assert issue.place.file, issue
        assert issue.sentence.endswith("."), issue
        assert issue.severity is Severity.NOTE or issue.place.line or issue.code in ("olx-shares",), issue


def test_the_unpacked_folder_reads_like_its_archive(read: Read, shared: Path, tmp_path: Path) -> None:
    archive = shared / "courses" / "kitchen-sink.tar.gz"
    with open_folder(archive) as folder:
        for path in folder.paths():
            copy = tmp_path / "any name" / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(folder.read(path))
    with open_folder(tmp_path) as folder:
        assert olx.read(folder)[0] == read("kitchen-sink")[0]


def test_the_demo_course_is_read_in_seconds(shared: Path) -> None:
    with open_folder(shared / "courses" / "demo-course.tar.gz") as folder:
        start = time.process_time()
        olx.read(folder)
        assert time.process_time() - start < 3  # about 0.6 s on two slow cores
