"""Files of a course: kept once, found by their links, and hidden ones nowhere."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from polylect.course import tree
from polylect.course.files import open_folder
from polylect_web.courses import queries, storage
from polylect_web.courses.models import Version
from polylect_web.foundation.clean import clean
from polylect_web.texts import actions
from web.builders import course, exercise, text, unit

pytestmark = pytest.mark.django_db


def publish(folder: Path, files: dict[str, bytes], *, hidden: tuple[str, ...] = ()) -> Version:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    assets = tuple(tree.Asset(name, name, len(files[name]), name in hidden) for name in files)
    with open_folder(folder) as opened:
        return actions.publish(course(unit(text(), exercise()), assets=assets), opened).version


def stored(hidden: bool = False) -> list[bytes]:
    folder = storage.folder(hidden=hidden)
    return sorted(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_equal_files_are_kept_once(tmp_path: Path) -> None:
    version = publish(tmp_path / "given", {"a.png": b"same", "b.png": b"same", "c.png": b"other"})
    assert stored() == [b"other", b"same"]
    addresses = queries.asset_addresses(version)
    assert addresses["a.png"].rsplit("/", 1)[0] == addresses["b.png"].rsplit("/", 1)[0]
    assert addresses["a.png"].endswith("/a.png")


def test_hidden_files_lie_apart_and_have_no_address(tmp_path: Path) -> None:
    version = publish(tmp_path / "given", {"python_lib.zip": b"answers"}, hidden=("python_lib.zip",))
    assert stored() == []
    assert stored(hidden=True) == [b"answers"]
    assert queries.asset_url(version, "/static/python_lib.zip") is None


def test_publishing_again_writes_no_file_again(tmp_path: Path) -> None:
    publish(tmp_path / "given", {"a.png": b"same"})
    (path,) = (path for path in storage.folder().rglob("*") if path.is_file())
    written = path.stat().st_mtime_ns
    publish(tmp_path / "given", {"a.png": b"same"})
    assert path.stat().st_mtime_ns == written


def test_links_to_files_and_places_become_addresses(
    tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    version = publish(tmp_path / "given", {"a b.png": b"x"})
    queries.outline(version)
    with django_assert_num_queries(1):
        html = queries.rewrite_links(
            '<p><img src="/static/a%20b.png"> <a href="/jump_to_id/ask">there</a></p>', version
        )
    address = queries.asset_addresses(version)["a b.png"]
    assert html == f'<p><img src="{address}"> <a href="../start/#ask">there</a></p>'
    with django_assert_num_queries(0):
        queries.rewrite_links('<img src="/static/a%20b.png">', version)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/jump_to_id/start">unit</a>', '<a href="../start/">unit</a>'),
        ('<a href="/jump_to_id/sub">step</a>', '<a href="../start/">step</a>'),
        ('<a href="/jump_to_id/sec">part</a>', '<a href="../start/">part</a>'),
        ('<a href="/jump_to_id/nowhere">x</a>', '<a href="/jump_to_id/nowhere">x</a>'),
        ('<a href="/static/gone.pdf">x</a>', '<a href="/static/gone.pdf">x</a>'),
        ("<p>/static/a.png is a file</p>", "<p>/static/a.png is a file</p>"),
    ],
)
def test_a_link_that_leads_nowhere_stays_as_it_was_written(tmp_path: Path, html: str, expected: str) -> None:
    assert queries.rewrite_links(html, publish(tmp_path / "given", {})) == expected


def test_a_picture_that_is_not_there_is_not_asked_for(tmp_path: Path) -> None:
    html = queries.rewrite_links('<img alt="A plan" src="/static/gone.png?x">', publish(tmp_path / "given", {}))
    assert clean(html)[0] == '<img alt="A plan">'


@given(content=st.binary(max_size=300))
def test_a_file_is_where_its_hash_says(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("given") / "file"
    path.write_bytes(content)
    with path.open("rb") as stream:
        kept = storage.keep(stream)
    assert storage.place(kept.sha256).read_bytes() == content
    assert kept.size_bytes == len(content)
