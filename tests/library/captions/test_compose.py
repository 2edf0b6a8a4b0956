"""Sentences into cues and back: nothing is lost, nothing is attached to the wrong sentence."""

from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.captions import groups, plain, recue, scripts, sjson, srt, webvtt
from polylect.captions.compose import SentenceTarget, compose, take_cues
from polylect.captions.track import Cue, Group, Track


def _track(*texts: str) -> Track:
    return Track(tuple(Cue(number * 1000, (number + 1) * 1000, text) for number, text in enumerate(texts)))


def _french(*texts: str | None) -> list[SentenceTarget | None]:
    return [text if text is None else SentenceTarget(text, "fr") for text in texts]


def _composed(track: Track, targets: Sequence[SentenceTarget | None]) -> Track:
    return compose(track, groups.group(track, "en"), targets, language="fr", source_language="en")


def _texts(track: Track) -> list[str]:
    return [cue.text for cue in track.cues]


def _taken(translated: Track, track: Track) -> tuple[list[str | None], list[str]]:
    """The texts that are taken, and the codes of the issues."""
    found = groups.group(track, "en")
    targets, issues = take_cues(translated, track, found, language="fr", source_language="en", file="fr.vtt")
    return [target and target.text for target in targets], [issue.code for issue in issues]


LESSON = _track("Partners share. They", "share a goal, and", "some risk. Always.")


def test_sentences_are_cut_for_the_cues_of_their_source() -> None:
    translated = _french("Les partenaires partagent.", "Ils partagent un but et un risque.", "Toujours.")
    composed = _composed(LESSON, translated)
    assert _texts(composed) == [
        "Les partenaires partagent. Ils",
        "partagent un but",
        "et un risque. Toujours.",
    ]
    assert [(cue.start_ms, cue.end_ms) for cue in composed.cues] == [(cue.start_ms, cue.end_ms) for cue in LESSON.cues]


def test_without_targets_every_cue_says_what_the_source_says() -> None:
    track = _track("Rock &amp; roll. It", "<i>is</i>", "", "here.")
    nothing = [None] * len(groups.group(track, "en"))
    marked = _composed(track, nothing)
    assert _texts(marked) == [
        "<lang en>Rock &amp; roll. It</lang>",
        "<lang en><i>is</i></lang>",
        "",
        "<lang en>here.</lang>",
    ]
    assert [plain.readable(text) for text in _texts(marked)] == [plain.readable(text) for text in _texts(track)]
    same_language = compose(track, groups.group(track, "en"), nothing, language="en", source_language="en")
    assert same_language == track


def test_a_cue_that_two_languages_share_marks_the_language_of_each_part() -> None:
    composed = _composed(LESSON, _french("Les partenaires partagent.", None, "Toujours."))
    assert _texts(composed) == [
        "<lang fr>Les partenaires partagent.</lang> <lang en>They</lang>",
        "<lang en>share a goal, and</lang>",
        "<lang en>some risk.</lang> <lang fr>Toujours.</lang>",
    ]


def test_a_fallback_in_a_related_language_is_marked() -> None:
    track = _track("Hello.", "Goodbye.")
    targets = [SentenceTarget("Olá.", "pt"), SentenceTarget("Tchau.", "pt-BR")]
    found = groups.group(track, "en")
    composed = compose(track, found, targets, language="pt-BR", source_language="en")
    assert _texts(composed) == ["<lang pt>Olá.</lang>", "Tchau."]
    assert take_cues(composed, track, found, language="pt-BR", source_language="en") == (tuple(targets), ())


def test_speakers_stay_and_lines_of_a_dialogue_stay_apart() -> None:
    track = _track("<v Ada>Is it you?</v>\n<v Bob Marley>It is me.</v>", "<v.loud Ada>Good!")
    composed = _composed(track, _french("C'est toi ?", "C'est moi.", "Bon & bien !"))
    assert _texts(composed) == [
        "<v Ada>C'est toi ?</v>\n<v Bob Marley>C'est moi.</v>",
        "<v Ada>Bon &amp; bien !</v>",
    ]
    assert _taken(composed, track) == (["C'est toi ?", "C'est moi.", "Bon & bien !"], [])


def test_identifiers_settings_and_notes_stay_and_the_header_names_the_language() -> None:
    text = "WEBVTT\nKind: captions\nLanguage: en\n\nNOTE hi\n\na\n00:01.000 --> 00:02.000 align:start\nHello.\n"
    track, _ = webvtt.parse(text)
    written = webvtt.write(_composed(track, _french("Bonjour.")))
    assert written == text.replace("Language: en", "Language: fr").replace("Hello.", "Bonjour.")


def test_a_translators_cuts_are_kept() -> None:
    target = SentenceTarget("Ils partagent un but et un risque.", "fr", (17, 17))
    found = groups.group(LESSON, "en")
    composed = compose(LESSON, found, [None, target, None], language="fr", source_language="en")
    taken, _ = take_cues(composed, LESSON, found, language="fr", source_language="en")
    assert taken == (None, target, None)


def test_parts_whose_border_could_not_be_found_again_are_marked() -> None:
    translated = _french("Les partenaires partagent", "Ils partagent M. Dupont et un risque.", "Toujours.")
    composed = _composed(LESSON, translated)
    assert composed.cues[0].text == "<lang fr>Les partenaires partagent</lang> <lang fr>Ils</lang>"
    assert _taken(composed, LESSON)[0][0] == "Les partenaires partagent"


def test_a_file_from_elsewhere_is_taken_where_its_sentences_end() -> None:
    track = _track("Partners share. They", "share a goal.")
    translated = _track("Les partenaires\npartagent. Ils ont", "un but.")
    found = groups.group(track, "en")
    targets, issues = take_cues(translated, track, found, language="fr", source_language="en")
    assert targets == (
        SentenceTarget("Les partenaires partagent.", "fr"),
        SentenceTarget("Ils ont un but.", "fr", (8,)),
    )
    assert issues == ()


def test_sentences_whose_border_is_unclear_are_not_taken() -> None:
    track = _track("Partners share. They", "share a goal. Really.", "Goodbye.")
    translated = _track("Les partenaires partagent", "un but. Vraiment.", "Au revoir.")
    assert _taken(translated, track) == ([None, None, "Vraiment.", "Au revoir."], ["cues-unclear-border"])


def test_what_is_not_translated_yet_is_no_issue() -> None:
    track = _track("One.", "Two. Three", "four.", "Five.")
    translated = _track("Un.", "", "", "<lang en>Five.</lang>")
    assert _taken(translated, track) == (["Un.", None, None, None], [])


def test_a_half_translated_sentence_is_not_taken() -> None:
    track = _track("One two", "three.")
    assert _taken(_track("Un deux", "<lang en>three.</lang>"), track) == ([None], ["cues-half-translated"])
    assert _taken(_track("<lang fr>Un deux</lang>", "<lang de>drei.</lang>"), track) == ([None], ["cues-two-languages"])
    missing = Track(_track("Un deux").cues)
    assert _taken(missing, track) == ([None], ["cues-missing"])


def test_text_in_a_cue_where_the_source_says_nothing_is_an_issue() -> None:
    assert _taken(_track("Un.", "[musique]"), _track("One.", "")) == (["Un."], ["cues-no-sentence"])


def test_cues_are_matched_by_identifier_then_by_time_then_by_order() -> None:
    def named(track: Track, *codes: str) -> Track:
        return replace(track, cues=tuple(replace(cue, code=code) for cue, code in zip(track.cues, codes, strict=True)))

    def shifted(track: Track, by_ms: int) -> Track:
        moved = (replace(cue, start_ms=cue.start_ms + by_ms, end_ms=cue.end_ms + by_ms) for cue in track.cues)
        return replace(track, cues=tuple(moved))

    source = named(_track("One.", "Two.", "Three."), "a", "b", "c")
    by_code = shifted(named(_track("Deux.", "Un.", "Quatre."), "b", "a", "d"), 250)
    assert _taken(by_code, source) == (["Un.", "Deux.", None], ["cues-unknown"])
    by_time = Track(_track("Un.", "Deux.", "Trois.").cues[1:])
    assert _taken(by_time, source) == ([None, "Deux.", "Trois."], [])
    by_order = shifted(_track("Un.", "Deux.", "Trois."), 250)
    assert _taken(by_order, source) == (["Un.", "Deux.", "Trois."], [])
    neither = Track(by_order.cues[1:])
    assert _taken(neither, source) == ([None, None, None], ["cues-unknown", "cues-unknown"])


def test_counters_are_no_identifiers() -> None:
    source, _ = srt.parse("1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo.\n")
    without_first, _ = srt.parse("1\n00:00:02,000 --> 00:00:03,000\nDeux.\n")
    assert _taken(without_first, source) == ([None, "Deux."], [])


@pytest.mark.parametrize("language", ["ja", "th"])
def test_spaces_of_scripts_without_spaces_survive_a_cut(language: str) -> None:
    track = _track("One", "two.")
    found = groups.group(track, "en")
    target = SentenceTarget("一二 三四" if language == "ja" else "กก ขข", language, (3,))
    composed = compose(track, found, [target], language=language, source_language="en")
    assert composed.cues[0].text.endswith(" ")
    assert take_cues(composed, track, found, language=language, source_language="en") == ((target,), ())


_SOURCE_TEXT = st.lists(
    st.sampled_from(
        ["One two", "three.", "Four? Five", "six", "- A\n- B", "[music]", "", "<v Ada>Seven. Eight", "九。十"]
    ),
    min_size=1,
    max_size=8,
)
_WORD = st.text(alphabet="aé.?12<&>-{}漢。กำ", min_size=1, max_size=6) | st.text(
    st.characters(exclude_characters="\0"), min_size=1, max_size=4
)
_TARGET_TEXT = st.lists(_WORD, min_size=1, max_size=7).map(" ".join).map(scripts.one_line).filter(str.strip)


@st.composite
def _translations(draw: st.DrawFn) -> tuple[Track, tuple[Group, ...], tuple[SentenceTarget, ...], str]:
    """A track, its groups, a target with all its cuts in place for each, and the language of them."""
    track = _track(*draw(_SOURCE_TEXT))
    language = draw(st.sampled_from(["fr", "ja", "th"]))
    found = groups.group(track, "en")
    targets = []
    for group in found:
        text = draw(_TARGET_TEXT)
        places = [0, *scripts.cuts_allowed(text), len(text)]
        borders = len(group.spans) - 1
        cuts = sorted(draw(st.lists(st.sampled_from(places), min_size=borders, max_size=borders)))
        targets.append(SentenceTarget(text, language, tuple(cuts)))
    return track, found, tuple(targets), language


@given(_translations())
def test_a_composed_track_is_taken_back_exactly(
    translation: tuple[Track, tuple[Group, ...], tuple[SentenceTarget, ...], str],
) -> None:
    track, found, targets, language = translation
    composed = compose(track, found, targets, language=language, source_language="en")
    from_file, _ = webvtt.parse(webvtt.write(composed))
    for translated in (composed, from_file):
        taken = take_cues(translated, track, found, language=language, source_language="en")
        assert taken == (targets, ())


@given(_translations(), st.data())
def test_a_half_composed_track_gives_back_what_was_translated(
    translation: tuple[Track, tuple[Group, ...], tuple[SentenceTarget, ...], str], data: st.DataObject
) -> None:
    track, found, targets, language = translation
    kept = tuple(target if data.draw(st.booleans()) else None for target in targets)
    composed = compose(track, found, kept, language=language, source_language="en")
    assert take_cues(composed, track, found, language=language, source_language="en") == (kept, ())


_PLAIN_WORDS = st.lists(st.sampled_from(["un", "petit", "mot", "1,5", "été"]), min_size=1, max_size=9).map(" ".join)


@pytest.mark.parametrize("form", [srt, sjson])
@given(st.data())
def test_sentences_with_full_stops_come_back_from_formats_without_marks(form: ModuleType, data: st.DataObject) -> None:
    texts = ["One two", "three. Four", "five. Six.", "Seven."]
    track = _track(*data.draw(st.permutations(texts)))
    found = groups.group(track, "en")
    targets = _french(*(f"{data.draw(_PLAIN_WORDS)} fin." for _ in found))
    composed = compose(track, found, targets, language="fr", source_language="en")
    expected = take_cues(composed, track, found, language="fr", source_language="en")
    translated, _ = form.parse(form.write(composed))
    assert take_cues(translated, track, found, language="fr", source_language="en") == expected
    assert [target and target.text for target in expected[0]] == [target and target.text for target in targets]


@given(_translations())
def test_cuts_left_open_are_chosen_once(
    translation: tuple[Track, tuple[Group, ...], tuple[SentenceTarget, ...], str],
) -> None:
    track, found, targets, language = translation
    open_targets = [replace(target, cuts=(recue.CHOOSE,) * len(target.cuts)) for target in targets]
    composed = compose(track, found, open_targets, language=language, source_language="en")
    taken, _ = take_cues(composed, track, found, language=language, source_language="en")
    assert [target and target.text for target in taken] == [target.text for target in targets]
    assert compose(track, found, taken, language=language, source_language="en") == composed
