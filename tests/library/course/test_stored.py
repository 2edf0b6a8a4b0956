"""The stored form: any value comes back equal, equal values have equal bytes, and other bytes are refused."""

import hashlib
import json
import time
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect import exercises
from polylect.captions.track import Cue, Group, Span, Track, TrackKind
from polylect.course import stored, tree
from polylect.course.stored import StoredError, content_hash, dump, load
from polylect.exercises.grading import Feedback, Grade, Response, Responses, Result, Verdict
from polylect.keys import LibraryKey, RunKey

BODY = exercises.Exercise("<problem/>")
texts = st.text(max_size=8)
names = st.text(alphabet="abc-1é", min_size=1, max_size=4)
numbers = st.floats(allow_nan=False, allow_infinity=False)
kept = st.lists(st.tuples(names, texts), max_size=2).map(tuple)


def tuples(items: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[Any]:
    return st.lists(items, max_size=most).map(tuple)


accesses = st.builds(tree.Access, st.booleans(), texts, texts, st.booleans())
tracks = st.builds(
    Track, tuples(st.builds(Cue, st.integers(), st.integers(), texts, texts, texts, tuples(texts))), texts
)
groups = st.builds(Group, tuples(st.builds(Span, st.integers(0), st.integers(0), st.integers(0))))
video_tracks = st.builds(tree.VideoTrack, names, tracks, st.sampled_from(TrackKind), tuples(groups), texts)
sources = st.builds(tree.Source, texts, texts)
bodies = st.builds(exercises.Exercise, texts, tuples(st.tuples(names, names)))
simple_blocks = st.one_of(
    st.builds(tree.Text, names, texts, texts, accesses, kept),
    st.builds(tree.Foreign, names, texts, names, texts, accesses),
    st.builds(tree.Video, names, texts, tuples(sources), texts, texts, tuples(video_tracks)),
    st.builds(
        tree.Exercise,
        names,
        texts,
        bodies,
        st.none() | numbers,
        st.none() | st.integers(),
    ),
)
blocks = st.recursive(
    simple_blocks,
    lambda inner: st.builds(tree.Selection, names, texts, tuples(inner), st.integers(-1, 9)),
    max_leaves=4,
)
units = st.builds(tree.Unit, names, texts, tuples(blocks), accesses, kept)
subsections = st.builds(tree.Subsection, names, texts, tuples(units), texts, accesses)
sections = st.builds(tree.Section, names, texts, tuples(subsections))
gradings = st.builds(
    tree.Grading,
    tuples(st.builds(tree.Category, names, texts, numbers, texts, st.integers(), st.integers())),
    tuples(st.tuples(texts, numbers)),
)
courses = st.builds(
    tree.Course,
    st.builds(RunKey, names, names, names),
    texts,
    names,
    tuples(sections),
    tuples(st.builds(tree.Page, names, texts, texts)),
    gradings,
    tuples(st.builds(tree.Asset, texts, texts, st.integers(), st.booleans())),
    tuples(st.builds(tree.Unplaced, units | blocks, texts)),
)
libraries = st.builds(tree.Library, st.builds(LibraryKey, names, names), texts, tuples(blocks))
words = st.builds(exercises.Words, texts, st.none() | names)
results = st.builds(
    Result,
    names,
    st.sampled_from(Verdict),
    numbers,
    numbers,
    tuples(st.builds(Feedback, names, words, st.none() | words)),
)
grades = st.builds(Grade, numbers, numbers, tuples(results), texts)
responses = st.builds(Responses, tuples(st.builds(Response, names, tuples(texts), tuples(texts))))
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), numbers, st.text(st.characters()), st.sampled_from(Verdict)
)
values = st.one_of(courses, libraries, grades, responses, st.recursive(scalars, tuples))


@given(values)
def test_what_was_stored_comes_back_equal(value: object) -> None:
    assert load(dump(value)) == value


@given(values)
def test_what_comes_back_has_the_same_bytes_and_kinds(value: object) -> None:
    back = load(dump(value))
    assert dump(back) == dump(value)
    assert kinds(back) == kinds(value)


def kinds(value: object) -> object:
    if isinstance(value, tuple):
        return [kinds(item) for item in value]
    if is_dataclass(value):
        return [type(value), *(kinds(getattr(value, field.name)) for field in fields(value))]
    return type(value)


@given(courses, texts)
def test_another_value_has_another_hash(course: tree.Course, title: str) -> None:
    other = replace(course, title=title)
    assert (content_hash(course) == content_hash(other)) == (course == other)


@pytest.mark.parametrize(
    ("value", "same"),
    [
        (tree.Category("a", "A", 1), tree.Category("a", "A", 1.0)),
        (tree.Grading(cutoffs=(("A", 1), ("B", 0.5))), tree.Grading(cutoffs=(("A", 1.0), ("B", 0.5)))),
        (tree.Exercise("a", "A", BODY, weight=2), tree.Exercise("a", "A", BODY, weight=2.0)),
        (tree.Category("a", "A", -0.0), tree.Category("a", "A", 0.0)),
        (tree.Text("a", "", "", kept=()), tree.Text("a", "", "")),
    ],
)
def test_equal_values_have_equal_bytes(value: object, same: object) -> None:
    assert value == same
    assert dump(value) == dump(same)


def test_the_form_stays_what_it_is() -> None:
    block = tree.Text("a", "Ä", "<p>x</p>", tree.Access(due="2026-01-01T00:00:00Z"))
    expected = (
        '{"schema":1,"value":{"$":"text","access":{"$":"access","due":"2026-01-01T00:00:00Z"},'
        '"code":"a","html":"<p>x</p>","title":"Ä"}}'
    )
    assert dump(block).decode() == expected
    assert content_hash(block) == hashlib.sha256(expected.encode()).hexdigest()


def test_every_class_of_the_tree_has_a_form() -> None:
    ours = [kind for kind in vars(tree).values() if isinstance(kind, type) and is_dataclass(kind)]
    assert [kind.__name__ for kind in ours if kind not in stored._KINDS.values()] == []


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "expected a value of schema 1"),
        (b'{"schema":2,"value":1}', 'found b\'{"schema":2,"value":1}\'; expected a value of schema 1'),
        (b'{"schema":1,"value":}', "not a stored value"),
        (b'{"schema":1,"value":\xff}', "not a stored value"),
        (b'{"schema":1,"value":{"$":"virus"}}', "found an object of kind 'virus'; known are access, "),
        (b'{"schema":1,"value":{"a":1}}', "found an object of kind None"),
        (b'{"schema":1,"value":{"$":["text"]}}', "found an object of kind ['text']"),
        (b'{"schema":1,"value":{"$":"text","code":"a"}}', "“text” has code; expected code, html, title"),
        (b'{"schema":1,"value":{"$":"source","address":"a","size":1}}', "“source” has address, size; expected address"),
        (b'{"schema":1,"value":{"$":"verdict","value":"maybe"}}', "“verdict” is 'maybe'; expected one of correct, "),
        (b'{"schema":1,"value":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "not a stored value"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_other_bytes_are_refused_with_what_was_found(data: bytes, sentence: str) -> None:
    with pytest.raises(StoredError) as refused:
        load(data)
    assert sentence in str(refused.value)


def test_our_own_mistakes_are_told() -> None:
    with pytest.raises(TypeError, match="dict has no stored form"):
        dump({"a": 1})
    with pytest.raises(ValueError, match="not JSON compliant"):
        dump(float("nan"))


def test_a_lesson_of_captions_is_loaded_in_milliseconds() -> None:
    cues = tuple(Cue(n * 1000, n * 1000 + 900, f"cue {n} of a longer lesson", str(n)) for n in range(250))
    track = tree.VideoTrack("en", Track(cues), groups=tuple(Group((Span(n, 0, 10),)) for n in range(250)))
    data = dump(tree.Video("v", "V", tracks=(track,)))
    start = time.process_time()
    for _ in range(10):
        load(data)
    assert (time.process_time() - start) / 10 < 0.02
    assert json.loads(data)["schema"] == 1
