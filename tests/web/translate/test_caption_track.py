"""The caption editor: what each button does, what is kept on the way, who may, and what learners see in the end."""

from contextlib import suppress
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polylect.captions import editing, plain
from polylect.captions.track import Cue, Track
from polylect_web.accounts import actions as accounts
from polylect_web.accounts.models import Role
from polylect_web.courses.models import Run, TrackChange, TrackDraft, Version
from polylect_web.texts.models import TranslationUnit
from polylect_web.translate import track_acts
from web.builders import course, person, publish, text, unit
from web.translate.builders import signed_in
from web.translate.track_builders import (
    EDITOR,
    FOR_SCRIPT,
    FRENCH,
    TRACK,
    author,
    draft,
    edited,
    film,
    published,
    sent,
    times,
    translated,
    with_film,
)

pytestmark = pytest.mark.django_db


def html_of(client: Client, query: str = "") -> str:
    return client.get(f"{EDITOR}{query}").content.decode()


def test_it_shows_the_cues_with_what_viewers_would_stumble_over() -> None:
    with_film(Track((*TRACK.cues, Cue(8000, 8500, "This is far too much to be read in half a second."))))
    html = html_of(author())
    assert "an old train." in html
    assert 'value="00:02.000"' in html
    assert "is too fast to read" in html
    assert "As learners see it." in html


def test_what_is_typed_is_kept_whatever_is_pressed() -> None:
    with_film()
    client = author()
    sent(client, "hand:3", {"text-2": "It was very late.", "start-2": "0:04.5"})
    assert edited()[2] == "It was very late."
    assert times()[2] == (4500, 6000)
    html = html_of(client)
    assert "It was very late." in html
    assert "Kept as your draft." in html
    assert published()[2] == "It was late."


def test_fields_as_they_came_change_nothing() -> None:
    with_film(Track((Cue(0, 1500, "<i>Good</i> &amp;\nday"), Cue(7_200_000, 7_201_000, "\nLate"))))
    fields = {"text-0": "Good &\r\nday", "start-0": "00:00.000", "end-0": "00:01.500"}
    assert sent(author(), "keep", fields | {"text-1": "\r\nLate", "start-1": "02:00:00.000"}) == 302
    assert not TrackDraft.objects.exists()


def test_a_cue_is_split_at_the_cursor() -> None:
    with_film()
    sent(author(), "split", cue=1, at=len("an old"))
    assert edited() == ["We met on", "an old", "train.", "It was late.", "Nobody spoke."]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Good day.\nCome in.", ["Good day.", "Come in."]),
        ("Come in and sit down", ["Come in", "and sit down"]),
        ("Come", []),
    ],
)
def test_without_a_cursor_a_cue_is_split_where_its_line_ends_or_near_the_middle(words: str, parts: list[str]) -> None:
    with_film(Track((Cue(0, 2000, words),)))
    sent(author(), "split")
    known = draft()
    assert [cue.text for cue in (known.track.cues if known else [])] == parts


def test_cues_are_merged_inserted_and_removed() -> None:
    with_film()
    client = author()
    sent(client, "merge", cue=2)
    assert edited()[2:] == ["It was late. Nobody spoke."]
    sent(client, "merge-before", cue=1)
    assert edited() == ["We met on an old train.", "It was late. Nobody spoke."]
    sent(client, "insert", cue=1)
    assert (edited()[2], times()[2]) == ("", (8000, 10_000))
    sent(client, "remove", cue=0)
    assert edited() == ["It was late. Nobody spoke.", ""]


def test_times_are_nudged_set_where_the_video_is_and_moved_on() -> None:
    with_film(Track((Cue(1000, 2000, "One."), Cue(3000, 4000, "Two."), Cue(5000, 6000, "Three."))))
    client = author()
    for act, more, expected in (
        ("start:-", {}, (2900, 4000)),
        ("start:+frame", {}, (2940, 4000)),
        ("end:+", {}, (2940, 4100)),
        ("end:-frame", {}, (2940, 4060)),
        ("start-here", {"time": 2500}, (2500, 4060)),
        ("end-here", {"time": 4500}, (2500, 4500)),
        ("shift", {"shift": "1,5"}, (4000, 6000)),
        ("shift", {"shift": "−0.25"}, (3750, 5750)),
    ):
        assert sent(client, act, cue=1, **more) == 302
        assert times()[1] == expected, act
    assert times()[2] == (6250, 7250)
    assert times()[0] == (1000, 2000)


def test_taps_set_beginnings_and_ends_in_the_order_in_which_they_were_heard() -> None:
    with_film()
    sent(author(), "tap", taps="b1:2500 e1:3600 b2:4100 x b3:7000")
    assert times() == [(0, 2000), (2500, 3600), (4100, 6000), (7000, 9000)]


def test_taps_before_one_that_cannot_be_are_kept() -> None:
    with_film()
    client = author()
    sent(client, "tap", taps="b2:4100 b1:0 b3:7000")
    assert times() == [(0, 2000), (2000, 4000), (4100, 6000), (6000, 8000)]
    assert "must start first" in html_of(client)


def test_what_was_done_is_undone_and_done_again() -> None:
    with_film()
    client = author()
    sent(client, "merge", {"text-3": "Nobody said a word."}, cue=0)
    sent(client, "undo")
    assert edited() == ["We met on", "an old train.", "It was late.", "Nobody said a word."]
    sent(client, "undo")
    assert edited() == [cue.text for cue in TRACK.cues]
    sent(client, "redo")
    assert edited()[3] == "Nobody said a word."
    sent(client, "redo")
    assert sent(client, "redo") == 200
    assert edited()[0] == "We met on an old train."


def test_something_is_looked_for_and_then_replaced() -> None:
    with_film()
    client = author()
    answer = client.post(EDITOR, {"seen": 0, "act": "find", "find": "WAS", "replacement": "got"})
    html = answer.content.decode()
    assert "<del>" in html
    assert "1 place · 1 cue" in html
    assert not TrackDraft.objects.exists()
    sent(client, "replace", find="WAS", replacement="got")
    assert edited()[2] == "It got late."
    answer = client.post(EDITOR, {"seen": 1, "act": "find", "find": "GOT", "case": "on"})
    assert "Nothing was found." in answer.content.decode()
    assert "Write what to look for." in client.post(EDITOR, {"seen": 1, "act": "replace"}).content.decode()


@pytest.mark.parametrize(
    ("act", "more", "said"),
    [
        ("split", {"cue": 0, "at": "0"}, "one of its parts would show nothing"),
        ("merge", {"cue": 3}, "has no cue below it"),
        ("insert", {"cue": 0}, "There is no time for a new cue"),
        ("start-here", {}, "Play the video to where it should be first."),
        ("shift", {"shift": "soon"}, "“soon” is no number of seconds"),
        ("undo", {}, "There is nothing to undo."),
        ("remove", {"cue": 99}, "There is no cue 100"),
    ],
)
def test_what_cannot_be_done_is_told(act: str, more: dict[str, object], said: str) -> None:
    with_film()
    client = author()
    answer = client.post(EDITOR, {"seen": 0, "cue": 0, "act": act} | more)
    assert (answer.status_code, said in answer.content.decode()) == (200, True)
    assert not TrackDraft.objects.exists()


def test_a_time_that_is_none_is_told_beside_its_field_and_texts_are_kept() -> None:
    with_film()
    answer = author().post(EDITOR, {"seen": 0, "act": "keep", "start-1": "noon", "text-1": "an older train."})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="noon"' in html
    assert 'aria-invalid="true"' in html
    assert "“noon” is no time." in html
    assert edited()[1] == "an older train."


def test_a_script_is_told_of_such_a_time_without_the_fields_being_changed() -> None:
    with_film()
    fields = {"seen": 0, "first": 0, "act": "keep", "start-1": "noon"}
    answer = author().post(EDITOR, fields, headers=FOR_SCRIPT)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert '<p class="field-error">“noon” is no time.' in html
    assert 'data-start="noon" data-end="00:04.000"' in html
    assert "<textarea" not in html


@pytest.mark.parametrize(
    ("fields", "now"),
    [
        ({"start-1": "00:01"}, "from 00:02.000 to 00:04.000"),
        ({"end-1": "00:09"}, "from 00:02.000 to 00:04.000"),
        ({"start-1": "00:20"}, "from 00:03.999 to 00:04.000"),
        ({"start-1": "00:02.5"}, ""),
        ({"start-0": "0"}, ""),
    ],
)
@pytest.mark.parametrize("headers", [{}, FOR_SCRIPT])
def test_a_time_that_there_is_no_room_for_is_told_beside_its_cue(
    headers: dict[str, str], fields: dict[str, str], now: str
) -> None:
    with_film()
    client = author()
    answer = client.post(EDITOR, {"seen": 0, "first": 0, "act": "keep"} | fields, headers=headers, follow=True)
    assert answer.status_code == 200
    said = "The cues beside it leave no room for that, or it would end before it starts. It is "
    assert (f'<p class="quiet">{said}{now} now.' in answer.content.decode()) is bool(now)


@pytest.mark.parametrize("act", ["", "dance", "split!"])
def test_an_act_that_is_none_is_refused(act: str) -> None:
    with_film()
    assert sent(author(), act) == 400


def test_a_page_that_is_older_than_the_draft_changes_nothing_and_loses_nothing() -> None:
    with_film()
    client = author()
    sent(client, "merge", cue=2)
    answer = client.post(EDITOR, {"seen": 0, "act": "remove", "cue": 0, "text-1": "a new train."})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "You changed these captions in another window meanwhile." in html
    assert '<dd lang="en" dir="ltr">a new train.</dd>' in html
    assert edited()[2] == "It was late. Nobody spoke."


def test_what_was_done_is_thrown_away_and_can_be_brought_back() -> None:
    with_film()
    client = author()
    assert sent(client, "throw-away") == 302
    assert not TrackDraft.objects.exists()
    sent(client, "merge")
    assert sent(client, "throw-away") == 302
    assert edited() == [cue.text for cue in TRACK.cues]
    assert "As learners see it." in html_of(client)
    sent(client, "undo")
    assert edited()[0] == "We met on an old train."


def test_what_was_begun_on_other_captions_ends_when_it_is_thrown_away() -> None:
    with_film()
    client = author()
    sent(client, "merge")
    with_film(editing.reword(TRACK, 3, "Nobody said a word.").track)
    sent(client, "throw-away")
    assert not TrackDraft.objects.exists()


def test_learners_see_what_is_published_and_translations_follow() -> None:
    run = translated()
    client = author()
    sent(client, "split", cue=1, at=len("an old"))
    sent(client, "merge", cue=3)
    assert sent(client, "publish", {"text-1": "a very old"}) == 302
    assert published() == ["We met on", "a very old", "train.", "It was late. Nobody spoke."]
    assert not TrackDraft.objects.exists()
    units = TranslationUnit.objects.filter(language="fr").select_related("message", "current")
    said = {one.message.text: one.current.text for one in units}
    assert said.pop("We met on a very old train.") == FRENCH["We met on an old train."]
    assert said == {source: target for source, target in FRENCH.items() if source != "We met on an old train."}
    assert "Published: learners see these captions now" in html_of(client)
    version = Version.objects.latest("number")
    assert (version.course_id, str(version.published_by)) == (run.course_id, "author")
    lesson = Client().get("/fr/courses/Test+Bridges+2026/start/").content.decode()
    assert "Il était tard." in lesson


def test_it_says_which_file_is_older_now() -> None:
    tracks = (replace(film().tracks[0], file="media/film.en.vtt"),)
    publish(course(unit(text(), replace(film(), tracks=tracks))))
    client = author()
    assert "put it there as media/film.en.vtt" in html_of(client)
    sent(client, "publish", {"text-0": "We had met on"})
    assert "The file media/film.en.vtt that the course came from is older now" in html_of(client)


def test_publishing_what_is_there_already_makes_no_version() -> None:
    with_film()
    client = author()
    sent(client, "merge")
    sent(client, "undo")
    assert sent(client, "publish") == 302
    assert Version.objects.count() == 1
    assert "there was nothing to publish" in html_of(client)
    assert not TrackDraft.objects.exists()


def test_captions_that_others_published_meanwhile_are_told_and_nothing_is_lost() -> None:
    with_film()
    client = author()
    sent(client, "remove", cue=0)
    theirs = editing.reword(TRACK, 3, "Nobody said a word.").track
    publish(course(unit(text(), film(theirs))))
    html = html_of(client)
    assert "Somebody published other captions of this video after you began" in html
    assert sent(client, "publish") == 409
    assert published()[3] == "Nobody said a word."
    assert edited() == ["an old train.", "It was late.", "Nobody spoke."]
    assert client.get(f"{EDITOR}file/?of=published").content.decode().count("Nobody said a word.") == 1
    sent(client, "onto")
    assert sent(client, "publish") == 302
    assert published() == ["an old train.", "It was late.", "Nobody spoke."]


def test_a_cue_that_ends_before_it_starts_is_not_published() -> None:
    with_film(Track((Cue(2000, 1000, "Late."), Cue(3000, 4000, "Later."))))
    client = author()
    assert sent(client, "publish", {"text-1": "Latest."}) == 409
    assert edited() == ["Late.", "Latest."]
    assert Version.objects.count() == 1


def test_captions_are_begun_where_there_are_none() -> None:
    with_film(Track(()))
    client = author()
    assert "There are no captions yet." in html_of(client)
    sent(client, "insert")
    sent(client, "publish", {"text-0": "Good morning."})
    assert published() == ["Good morning."]


def test_a_script_gets_the_parts_that_changed_and_the_cues_only_where_they_may_be_others() -> None:
    with_film()
    client = author()
    kept = client.post(EDITOR, {"seen": 0, "first": 0, "cue": 1, "act": "start:+"}, headers=FOR_SCRIPT)
    html = kept.content.decode()
    assert kept.headers["X-Fragment"] == "parts"
    assert 'id="wrong-1" data-start="00:02.100"' in html
    assert 'name="seen" value="1"' in html
    assert "<textarea" not in html
    other = client.post(EDITOR, {"seen": 1, "first": 0, "cue": 1, "act": "merge"}, headers=FOR_SCRIPT).content.decode()
    assert "<textarea" in other
    assert "<html" not in other


def test_it_is_read_from_right_to_left_too() -> None:
    with_film()
    html = author().get(EDITOR.replace("/en/translate", "/ar/translate")).content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert '<textarea id="text-0" name="text-0"' in html
    assert 'lang="en" dir="ltr"' in html


def test_a_visitor_is_led_to_signing_in_and_back() -> None:
    with_film()
    guest = Client()
    guest.force_login(person(None))
    for client in (Client(), guest):
        assert client.get(EDITOR).headers["Location"].startswith("/en/sign-in/?next=%2Fen%2Ftranslate%2Fcaptions%2F")
        assert client.post(EDITOR, {"act": "merge"}).status_code == 302
    assert not TrackDraft.objects.exists()


@pytest.mark.parametrize("role", [None, Role.STAFF, Role.TRANSLATOR, Role.REVIEWER])
def test_it_is_for_those_who_publish_the_course(role: Role | None) -> None:
    with_film()
    client = signed_in("amina", role)
    assert client.get(EDITOR).status_code == 403
    assert client.post(EDITOR, {"seen": 0, "act": "publish"}).status_code == 403
    assert not TrackDraft.objects.exists()


def test_an_author_of_another_course_is_refused() -> None:
    with_film()
    other = person("other")
    accounts.give_role(person=other, role=Role.AUTHOR, course_key="Test+Towers")
    client = Client()
    client.force_login(other)
    assert client.get(EDITOR).status_code == 403
    assert client.post(EDITOR, {"seen": 0, "act": "merge"}).status_code == 403


@pytest.mark.parametrize("address", ["intro/en/", "nothing/en/", "film/fr/"])
def test_what_is_no_track_is_not_found(address: str) -> None:
    with_film()
    assert author().get(EDITOR.replace("film/en/", address)).status_code == 404


def test_a_thousand_cues_cost_no_more_queries_and_a_page_of_them_is_light() -> None:
    counted = []
    client = author()
    for count in (1, 1000):
        cues = tuple(Cue(3000 * at, 3000 * at + 2900, f"Cue number {at} of the film goes on.") for at in range(count))
        with_film(Track(cues))
        sent(client, "keep", {"text-0": f"The first of {count}."})
        client.get(EDITOR)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(EDITOR)
        counted.append(len(captured))
        TrackDraft.objects.all().delete()
    assert counted[0] == counted[1] <= 9
    assert len(answer.content) < 75_000


def test_an_act_on_a_thousand_cues_writes_what_changed_alone() -> None:
    cues = tuple(Cue(3000 * at, 3000 * at + 2900, f"Cue number {at} of the film goes on.") for at in range(1000))
    with_film(Track(cues))
    client = author()
    sent(client, "merge", cue=500)
    assert len(bytes(TrackChange.objects.get().data)) < 1000
    assert Run.objects.get().version.number == 1


_words = st.text("ab é漢\n<&", max_size=12)
_TIMES = ["start:-", "end:+frame", "start-here", "shift", "tap"]
_acts = st.sampled_from(["keep", "split", "merge", "merge-before", "insert", "remove", "hand:1", "go:2", *_TIMES])
_fields = st.sampled_from(["at", "time", "shift", "taps", "text-0", "start-1", "end-0"])


@given(
    st.lists(st.tuples(_words, st.integers(1, 900)), max_size=5),
    _acts,
    st.integers(0, 6),
    st.dictionaries(_fields, _words | st.just("3")),
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_posted_gives_a_track_or_a_sentence(
    lengths: list[tuple[str, int]], act: str, cue: int, post: dict[str, str]
) -> None:
    cues = (Cue(at * 1000, at * 1000 + length, plain.escaped(one)) for at, (one, length) in enumerate(lengths))
    typed = track_acts.take_typed(Track(tuple(cues)), track_acts.typed(post)).track
    with suppress(editing.Refused):
        done = track_acts.acted(typed, cue, act, post, "en")
        assert done is not None
        assert all(0 <= one.start_ms < one.end_ms for one in done.track.cues)
