"""What turned one track into another, small enough to keep many of them: for undoing, and doing again."""

from dataclasses import dataclass, replace

from polylect.captions.track import Track


@dataclass(frozen=True)
class Change:
    """The cues from number `first` on (from 0) that differ, as they were and as they are. Everything else that the
    files said (headers, comments) is in both tracks whole."""

    first: int
    before: Track
    after: Track

    @property
    def is_none(self) -> bool:
        return self.before == self.after

    @property
    def undone(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.first, self.after, self.before)


def between(before: Track, after: Track) -> Change:
    """The change that makes `after` of `before`. The cues that both begin and end with are left out."""
    old, new = before.cues, after.cues
    shorter = min(len(old), len(new))
    first = next((number for number in range(shorter) if old[number] != new[number]), shorter)
    rest = shorter - first
    same = next((number for number in range(rest) if old[-1 - number] != new[-1 - number]), rest)
    return Change(
        first,
        replace(before, cues=old[first : len(old) - same]),
        replace(after, cues=new[first : len(new) - same]),
    )


def applied(track: Track, change: Change) -> Track:
    """The track after the change. It has to be as it was when the change was made."""
    cues = track.cues
    end = change.first + len(change.before.cues)
    return replace(change.after, cues=(*cues[: change.first], *change.after.cues, *cues[end:]))
