"""A cue's text as a person reads it, and back."""

from polylect.captions.track import Cue


def readable(cue_text: str) -> str:
    """What a person reads of a cue's payload: no tags, references decoded, ruby's readings left out, lines parted by LF.

    `Span`s count the characters of this text.
    """
    raise NotImplementedError


def escaped(text: str) -> str:
    """A payload that reads as `text`: `readable(escaped(text)) == text`, blank lines dropped."""
    raise NotImplementedError


def speaker(cue: Cue) -> str:
    """The name of the first voice in the cue (`<v Fred>`), empty where there is none."""
    raise NotImplementedError
