"""Publishing: all of a course or nothing of it, and nobody sees it before it is whole."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from own_database import own_database

from polylect.course import tree
from polylect.course.files import open_folder
from polylect.issues import Place
from polylect.keys import RunKey
from polylect.olx.links import MISSING_FILE
from polylect_web.courses import actions, queries, storage
from polylect_web.courses.actions import Into, NotPublished
from polylect_web.courses.models import Asset, Content, Course, Placement, Run, Version, VersionAsset
from polylect_web.texts import actions as texts
from polylect_web.texts.models import Message
from polylect_web.texts.models import Place as MessagePlace
from web.builders import RUN, course, exercise, publish, text, unit

pytestmark = pytest.mark.django_db

TABLES = (Asset, Content, Course, Message, MessagePlace, Placement, Run, Version, VersionAsset)


def everything() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in TABLES}


def whole_course() -> tree.Course:
    """One of everything that a tree can hold."""
    hidden = tree.Access(staff_only=True, start="2030-01-01T00:00:00Z", due="2030-02-01T00:00:00Z", unlisted=True)
    selection = tree.Selection("pick", "Some of these", (exercise("one"), exercise("two")), count=1)
    video = tree.Video("film", "A film", youtube_id="abcdefghijk")
    foreign = tree.Foreign("odd", "Odd", "poll", "<poll/>")
    return course(
        unit(text(), video, exercise(weight=2.5), selection, foreign, access=hidden, kept=(("a", "b"),)),
        unit(code="empty", title="Nothing yet"),
        pages=(tree.Page("about", "About", "<p>Hello.</p>", "about"),),
        grading=tree.Grading((tree.Category("hw", "Homework", 1.0),), (("Pass", 0.5),)),
        unplaced=(
            tree.Unplaced(unit(text("lost-text"), code="lost"), "orphan"),
            tree.Unplaced(text("intro", "<p>Not finished.</p>"), "draft"),
        ),
        start="2026-01-01T00:00:00Z",
    )


def test_what_is_published_reads_back_as_it_was() -> None:
    given = whole_course()
    assert queries.course_tree(publish(given).version) == given


def test_the_first_publish_makes_version_one_of_a_run() -> None:
    run = publish(course(title="Bridges of the world"))
    assert (run.key, run.title, run.version.number) == ("Test+Bridges+2026", "Bridges of the world", 1)
    assert queries.find_run("Test", "Bridges", "2026") == run
    assert list(queries.catalogue()) == [run]


def test_publishing_again_moves_the_run_and_keeps_the_version_before() -> None:
    first = publish(course(unit(text(html="<p>Old.</p>"))))
    second = publish(course(unit(text(html="<p>New.</p>"))))
    assert (second.pk, second.version.number) == (first.pk, 2)
    before = queries.course_tree(first.version).sections[0].subsections[0].units[0].blocks[0]
    assert isinstance(before, tree.Text)
    assert before.html == "<p>Old.</p>"


def test_publishing_the_same_again_stores_no_content_and_no_message_twice() -> None:
    publish(whole_course())
    before = everything()
    publish(whole_course())
    after = everything()
    assert {name for name in after if after[name] != before[name]} == {"Placement", "Version"}


def test_issues_are_kept_with_the_version() -> None:
    issue = MISSING_FILE.at(Place("html/a.html", 7), name="gone.png")
    published = texts.publish(course(), issues=[issue])
    assert published.version.issues[0]["code"] == issue.code
    assert published.version.issues[0]["line"] == 7
    assert published.version.issues[0]["sentence"] == issue.sentence


def test_authors_are_told_what_no_page_will_show() -> None:
    published = texts.publish(course(unit(text(html="<p>Hi</p><script>alert(1)</script>"))))
    assert [(issue.code, issue.place.block) for issue in published.issues] == [("clean-script", "intro")]


def test_nobody_finds_a_course_before_it_is_whole() -> None:
    seen: list[tuple[str, object]] = []

    def look(stage: str, done: int, total: int) -> None:
        seen.append((stage, queries.find_run("Test", "Bridges", "2026")))

    texts.publish(course(), progress=look)
    assert {stage for stage, _ in seen} == {"rows", "messages"}
    assert all(run is None for _, run in seen)


def test_a_publish_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """The second of two files goes away while the course is being published."""
    given = tmp_path / "given"
    given.mkdir()
    for name in ("a.txt", "b.txt"):
        (given / name).write_text(name)
    with open_folder(given) as folder:
        (given / "b.txt").unlink()
        assets = tuple(tree.Asset(name, name, 5) for name in ("a.txt", "b.txt"))
        with pytest.raises(FileNotFoundError):
            texts.publish(course(assets=assets), folder)
    assert everything() == dict.fromkeys(everything(), 0)
    assert not [path for path in storage.folder().rglob("*") if path.is_file()]


def test_a_failed_publish_keeps_files_that_another_course_has(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (given / "a.txt").write_text("shared")
    (given / "b.txt").write_text("gone")
    shared = tree.Asset("a.txt", "a.txt", 6)
    with open_folder(given) as folder:
        run = texts.publish(course(assets=(shared,)), folder).run
        (given / "b.txt").unlink()
        with pytest.raises(FileNotFoundError):
            texts.publish(course(assets=(shared, tree.Asset("b.txt", "b.txt", 4))), folder)
    (asset,) = Asset.objects.all()
    assert storage.place(asset.sha256).read_text() == "shared"
    assert queries.asset_url(run.version_id, "a.txt") == f"/media/{asset.sha256}/a.txt"


def test_a_new_run_of_a_known_course_asks_what_it_is() -> None:
    publish()
    before = everything()
    with pytest.raises(NotPublished, match=r"--as-new-version .* --separate") as refusal:
        publish(course(key=replace(RUN, run="2027")))
    assert "Test+Bridges+2026" in str(refusal.value)
    assert everything() == before


def test_a_new_run_can_be_a_new_version_of_the_course() -> None:
    first = publish()
    second = texts.publish(course(key=replace(RUN, run="2027")), into=Into.NEW_VERSION).run
    assert second.course == first.course
    assert second.version.number == 2
    assert Message.objects.values("course").distinct().count() == 1
    assert Run.objects.get(pk=first.pk).version.number == 1


def test_a_new_run_can_be_a_course_of_its_own() -> None:
    first = publish()
    second = texts.publish(course(key=replace(RUN, run="2027")), into=Into.SEPARATE).run
    assert second.course != first.course
    assert second.version.number == 1


def test_another_course_asks_nothing() -> None:
    publish()
    assert publish(course(key=RunKey("Other", "Bridges", "2026"))).version.number == 1


def test_two_cannot_publish_one_course_at_once() -> None:
    publish()
    draft = actions.store(course(), None)
    with pytest.raises(NotPublished, match="published by somebody else"):
        publish()
    actions.discard(draft)
    assert publish().version.number == 2


def test_a_process_killed_while_publishing_leaves_nothing(tmp_path: Path) -> None:
    """Killed between two slices: no page finds the course, and the next publish clears up."""
    script = Path(__file__).with_name("killed_publish.py")
    settings = {"POLYLECT_DATA": str(tmp_path), "POLYLECT_DATABASE_URL": own_database(tmp_path)}
    environment = os.environ | settings | {"PYTHONPATH": os.pathsep.join(sys.path)}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(script), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert run("die").returncode == -signal.SIGKILL
    assert run("look").stdout.split() == ["0", "0"]
    assert run("publish-later").stdout.split() == ["1", "1"]
