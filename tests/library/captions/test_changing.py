"""What turned one track into another: applied it gives the other, undone the one before."""

from hypothesis import given
from hypothesis import strategies as st

from polylect.captions.changing import applied, between
from polylect.captions.track import Cue, Track

_cues = st.builds(Cue, st.integers(0, 3), st.integers(4, 6), st.sampled_from("ab"))
_tracks = st.builds(
    Track,
    st.lists(_cues, max_size=6).map(tuple),
    st.sampled_from(["", " - talk"]),
    st.sampled_from([(), ("NOTE end",)]),
)


@given(_tracks, _tracks)
def test_a_change_makes_one_track_of_the_other_and_back(before: Track, after: Track) -> None:
    change = between(before, after)
    assert applied(before, change) == after
    assert applied(after, change.undone) == before
    assert change.is_none == (before == after)


def test_only_what_differs_is_kept() -> None:
    cues = tuple(Cue(at, at + 1, str(at)) for at in range(100))
    change = between(Track(cues), Track((*cues[:40], Cue(40, 41, "x"), *cues[42:])))
    assert (change.first, len(change.before.cues), len(change.after.cues)) == (40, 2, 1)
