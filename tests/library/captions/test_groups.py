"""Sentence groups: the cues of a track as the sentences that people translate."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.captions.text_cases import Case, cases
from polylect.captions import groups, plain
from polylect.captions.track import Cue, Group, Span, Track, TrackKind


def _track(lines: Sequence[str]) -> Track:
    """A cue of two seconds for each line; a line that is a number is a silence of so many milliseconds."""
    cues: list[Cue] = []
    now_ms = 0
    for line in lines:
        if line.isascii() and line.isdigit():
            now_ms += int(line)
        else:
            cues.append(Cue(now_ms, now_ms + 2000, line.replace("⏎", "\n").replace("␠", " ")))
            now_ms += 2000
    return Track(tuple(cues))


def _shown(track: Track, group: Group) -> str:
    first, last = group.spans[0].cue + 1, group.spans[-1].cue + 1
    return f"{first if first == last else f'{first}-{last}'} {groups.text(track, group)}"


@pytest.mark.parametrize("case", cases("groups.txt"))
def test_a_track_has_the_sentences_of_its_case(case: Case) -> None:
    track = _track(case.lines("cues"))
    found = groups.group(track, "".join(case.lines("language")) or "en")
    assert [_shown(track, group) for group in found] == case.lines("sentences")


_TEXT = st.text(alphabet='aB 1.?…。漢ไ\n"“-[]♪>&;<i/', max_size=25) | st.text(max_size=12)
_TRACK = st.lists(st.tuples(st.integers(0, 900), _TEXT), max_size=16).map(
    lambda cues: _track([line for pause, text in cues for line in (str(pause), text.replace("\n", "⏎"))])
)


@given(_TRACK, st.sampled_from(["en", "zh-Hant", "th", "el", "pt-BR", "tlh"]), st.sampled_from(TrackKind))
def test_every_readable_character_is_in_exactly_one_sentence_in_order(
    track: Track, language: str, kind: TrackKind
) -> None:
    spans = [span for group in groups.group(track, language, kind=kind) for span in group.spans]
    texts = [plain.readable(cue.text) for cue in track.cues]
    places = [(span.cue, at) for span in spans for at in range(span.start, span.end)]
    assert places == sorted(set(places))
    held = [(cue, at) for cue, at in places if not texts[cue][at].isspace()]
    assert held == [(cue, at) for cue, text in enumerate(texts) for at, char in enumerate(text) if not char.isspace()]


@given(_TRACK, st.sampled_from(["en", "ja"]))
def test_a_sentence_has_one_piece_a_cue_and_never_too_many(track: Track, language: str) -> None:
    for group in groups.group(track, language):
        numbers = [span.cue for span in group.spans]
        assert numbers == sorted(set(numbers))
        assert 1 <= len(numbers) <= groups.CUES_MAX
        for span in group.spans:
            piece = plain.readable(track.cues[span.cue].text)[span.start : span.end]
            assert piece == piece.strip() != ""


@given(_TEXT, st.sampled_from(["en", "zh", "ar"]))
def test_ends_are_inside_the_text(text: str, language: str) -> None:
    ends = groups.ends(text, language)
    assert ends == sorted(set(ends))
    assert all(0 < end < len(text) for end in ends)


def test_a_long_stretch_without_an_end_is_parted_at_its_longest_pause() -> None:
    track = _track(["Yes."] * 4 + ["a"] * 9 + ["400"] + ["a"] * 9)
    assert [len(group.spans) for group in groups.group(track, "en")] == [1] * 4 + [9, 9]


def test_a_long_stretch_without_pauses_is_halved() -> None:
    track = _track(["Yes."] * 10 + ["a"] * 40)
    assert [len(group.spans) for group in groups.group(track, "en")] == [1] * 10 + [10] * 4


@pytest.mark.parametrize("kind", [TrackKind.CHAPTERS, TrackKind.DESCRIPTIONS])
def test_chapters_and_descriptions_are_one_message_a_cue(kind: TrackKind) -> None:
    track = _track(["Introduction", " Two. Parts ", ""])
    found = groups.group(track, "en", kind=kind)
    assert found == (Group((Span(0, 0, 12),)), Group((Span(1, 1, 11),)))


def test_half_a_character_is_no_reason_to_fail() -> None:
    assert len(groups.group(_track(["One \ud83d. Two."]), "en")) == 2


def test_a_track_without_cues_has_no_sentences() -> None:
    assert groups.group(Track(()), "en") == ()


@pytest.mark.shared
def test_the_lesson_that_started_the_project_has_some_207_sentences(shared: Path) -> None:
    bundle = json.loads((shared / "bundles" / "what-is-a-partnership.json").read_text())
    keys = [key for key in bundle if key.startswith("subtitle-")]
    times = [key.split("-") for key in keys]
    track = Track(
        tuple(
            Cue(int(start), int(end), plain.escaped(bundle[key]))
            for key, (_, start, end, _) in zip(keys, times, strict=True)
        )
    )
    assert len(track.cues) == 242
    assert 204 <= len(groups.group(track, "en")) <= 210
