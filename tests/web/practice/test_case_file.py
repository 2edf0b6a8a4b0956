"""A case as a file to take along, and back."""

import json

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from polylect.partnership import STANDARD, Arrangement, Overlap, Side, SideKind
from polylect_web.practice import case_file
from polylect_web.practice.described import numbered, plain
from web.practice.cases import HALL, arrangement

FILE = "/en/partnership/file/"


def cells(values: tuple[str, ...]) -> st.SearchStrategy[frozenset[str] | None]:
    return st.none() | st.frozensets(st.sampled_from(values))


names = st.text(max_size=30).map(plain)
sides = st.builds(
    Side,
    id=st.just(""),
    name=names,
    kind=st.none() | st.sampled_from(SideKind),
    invests=cells(STANDARD.investments),
    gains=cells(STANDARD.gains),
)
arrangements = st.builds(
    lambda some, overlap: Arrangement(tuple(Side(f"side-{n}", *parts) for n, parts in enumerate(some, 1)), overlap),
    st.lists(sides.map(lambda side: (side.name, side.kind, side.invests, side.gains)), min_size=1, max_size=5),
    st.none() | st.sampled_from(Overlap),
)


@given(arrangements)
def test_what_was_saved_is_opened_equal(case: Arrangement) -> None:
    opened = case_file.opened(case_file.to_bytes(case))
    assert (opened.arrangement, opened.issues) == (numbered(case), ())


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_file_raises(content: bytes) -> None:
    opened = case_file.opened(content)
    assert opened.arrangement or opened.issues


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=9), inner, max_size=6),
)


@given(st.fixed_dictionaries({"sides": json_values}, optional={"overlap": json_values, "format": json_values}))
def test_no_json_raises(data: dict[str, object]) -> None:
    opened = case_file.opened(json.dumps(data).encode())
    assert opened.arrangement is not None or opened.issues


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Line 1, character 1: this is no JSON"),
        (b'{"sides": [\n  {"name": "a",,}]}', "Line 2, character 16: this is no JSON"),
        (b"\xff\xfe", "no text in UTF-8"),
        (b"x" * 70_000, "larger than 64 kB"),
        (b"[" * 60_000, "no case"),
        (b"[1]", "it has no list of “sides”"),
        (b'{"sides": 3}', "it has no list of “sides”"),
        (b'{"a": ' + b"1" * 5000 + b"}", "no case"),
    ],
)
def test_what_is_no_case_is_told_so_and_what_would_be(content: bytes, said: str) -> None:
    opened = case_file.opened(content)
    assert opened.arrangement is None
    (issue,) = opened.issues
    assert said in issue
    assert "Choose a file that was saved here." in issue


def test_what_is_wrong_with_a_side_is_told_with_its_number() -> None:
    data = {"sides": [{"name": "a"}, {"kind": "robot", "size": 3}, 7], "overlap": "partly", "color": "red"}
    assert list(case_file.opened(json.dumps(data).encode()).issues) == [
        "“color” means nothing here and is left out. Known are: sides, overlap.",
        "“overlap” cannot be “partly”. Known are: shared, compatible, none.",
        "Side 2: “size” means nothing here and is left out. Known are: id, name, kind, invests, gains.",
        "Side 2: “kind” cannot be “robot”. Known are: organization, group, person.",
        "Side 3: A side is expected here, as in “name: The library”, not 7.",
    ]


def test_signs_that_no_page_can_hold_are_left_out() -> None:
    opened = case_file.opened(b'{"sides": [{"name": "a\\ud800\\u0000\\nb"}]}')
    assert opened.arrangement is not None
    assert opened.arrangement.sides[0].name == "a b"


@pytest.mark.django_db
def test_the_file_comes_from_what_was_posted_and_is_kept_by_no_cache(client: Client) -> None:
    answer = client.post(FILE, HALL)
    assert answer["Content-Disposition"] == 'attachment; filename="case.json"'
    assert "no-store" in answer["Cache-Control"]
    assert case_file.opened(answer.content).arrangement == arrangement(HALL)


@pytest.mark.django_db
def test_looking_gives_no_file(client: Client) -> None:
    assert client.get(FILE).status_code == 405


@pytest.mark.django_db
def test_a_form_from_elsewhere_gets_no_file() -> None:
    assert Client(enforce_csrf_checks=True).post(FILE, HALL).status_code == 403
