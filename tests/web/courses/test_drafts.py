"""Drafts of captions: kept from change to change, undone and done again, never overwritten unawares."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polylect.captions import editing
from polylect.captions.track import Cue, Track
from polylect_web.courses import drafts
from polylect_web.courses.drafts import Of
from polylect_web.courses.models import TrackChange, TrackDraft
from web.builders import person, publish

pytestmark = pytest.mark.django_db

ONE = Track((Cue(0, 2000, "We met."), Cue(2000, 4000, "It was late.")))


def of(name: str = "author") -> Of:
    return Of(person(name), publish(), "film", "en")


def keep(whose: Of, after: Track, act: str = "text") -> bool:
    known = drafts.find(whose)
    before, revision = (known.track, known.revision) if known else (ONE, 0)
    return drafts.change(whose, before, after, act, revision=revision)


def track(whose: Of) -> Track | None:
    known = drafts.find(whose)
    return known.track if known else None


def revision(whose: Of) -> int:
    known = drafts.find(whose)
    return known.revision if known else 0


def test_a_draft_begins_with_the_first_change() -> None:
    whose = of()
    assert keep(whose, ONE)
    assert track(whose) is None
    changed = editing.shift(ONE, 500).track
    assert keep(whose, changed, "shift")
    known = drafts.find(whose)
    assert known is not None
    assert (known.track, known.undoes, known.redoes) == (changed, "shift", "")
    assert drafts.drafted(whose.person, whose.run) == {("film", "en")}


def test_what_is_undone_can_be_done_again_until_something_else_is_done() -> None:
    whose = of()
    first, second = editing.shift(ONE, 500).track, editing.merge(ONE, 0).track
    keep(whose, first)
    keep(whose, second, "merge")
    assert drafts.undo(whose, revision=revision(whose))
    assert track(whose) == first
    assert drafts.undo(whose, revision=revision(whose))
    assert track(whose) == ONE
    assert not drafts.undo(whose, revision=revision(whose))
    assert drafts.redo(whose, revision=revision(whose))
    assert track(whose) == first
    keep(whose, ONE, "remove")
    assert not drafts.redo(whose, revision=revision(whose))


def test_an_older_page_changes_nothing() -> None:
    whose = of()
    keep(whose, editing.shift(ONE, 500).track)
    seen = revision(whose)
    keep(whose, editing.shift(ONE, 700).track)
    now = track(whose)
    for late in (0, seen, 99):
        assert not drafts.change(whose, ONE, editing.merge(ONE, 0).track, "merge", revision=late)
        assert not drafts.undo(whose, revision=late)
        assert not drafts.move_to_version(whose, revision=late)
    assert track(whose) == now


def test_the_oldest_changes_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_CHANGES", 3)
    whose = of()
    for by_ms in range(1, 7):
        keep(whose, editing.shift(ONE, by_ms).track)
    assert TrackChange.objects.count() == 3
    for _ in range(3):
        assert drafts.undo(whose, revision=revision(whose))
    assert not drafts.undo(whose, revision=revision(whose))
    assert track(whose) == editing.shift(ONE, 3).track


def test_each_has_a_draft_of_their_own_and_may_throw_it_away() -> None:
    whose, other = of(), of("other")
    keep(whose, editing.shift(ONE, 1).track)
    keep(other, editing.shift(ONE, 2).track)
    drafts.throw_away(whose)
    assert track(whose) is None
    assert track(other) == editing.shift(ONE, 2).track
    assert TrackDraft.objects.count() == TrackChange.objects.count() == 1


_cues = st.builds(Cue, st.integers(0, 5), st.integers(6, 9), st.sampled_from(["a", "b & c", "\ud800"]))
_tracks = st.lists(_cues, max_size=4).map(lambda cues: Track(tuple(cues)))


@given(st.lists(_tracks, min_size=1, max_size=6), st.integers(1, 6))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_undoing_goes_back_through_every_state(states: list[Track], count: int) -> None:
    TrackDraft.objects.all().delete()
    whose = Of(person(None), publish(), "film", "en")
    kept = [ONE]
    for state in states:
        if state != kept[-1]:
            keep(whose, state)
            kept.append(state)
    back = min(count, len(kept) - 1)
    for at in range(back):
        assert drafts.undo(whose, revision=revision(whose))
        assert track(whose) == kept[-2 - at]
    for at in range(back):
        assert drafts.redo(whose, revision=revision(whose))
        assert track(whose) == kept[len(kept) - back + at]
