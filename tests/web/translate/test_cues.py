"""A sentence of captions in the workbench: its cues, moving their breaks, and that learners get what was shown."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polylect.captions import groups, plain, recue, webvtt
from polylect.captions.track import TrackKind
from polylect.course import tree
from polylect_web.accounts.models import Role
from polylect_web.courses import queries as courses
from polylect_web.courses.models import Run
from polylect_web.texts import learning
from polylect_web.texts import queries as texts
from polylect_web.texts.models import Target
from web.builders import course, publish, text, translate, unit
from web.translate.builders import form, line, signed_in

pytestmark = pytest.mark.django_db

VTT = """WEBVTT

00:00:01.000 --> 00:00:03.000
We met on a train. It was

00:00:03.000 --> 00:00:05.000
late, and it was

00:00:05.000 --> 00:00:07.000
cold. Then we went home.
"""
SENTENCE = "It was late, and it was cold."
FRENCH = "Il était tard, et il faisait froid."


def filmed(vtt: str = VTT) -> Run:
    """A course with one video, whose captions are these."""
    track, _issues = webvtt.parse(vtt)
    captions = tree.VideoTrack("en", track, groups=groups.group(track, "en"))
    return publish(course(unit(text(), tree.Video("film", "A film", tracks=(captions,)))))


def parts(html: str) -> list[str]:
    """What each caption shows of the sentence."""
    return [unescape(found) for found in re.findall(r"data-cue-text>([^<]*)</p>", html)]


def payloads(html: str) -> list[str]:
    """What the video shows over its picture."""
    return [unescape(found) for found in re.findall(r'data-cue="([^"]*)"', html)]


def fields(html: str) -> dict[str, str]:
    """What the form knows of cuts."""
    return {
        name: unescape(value)
        for name, value in re.findall(r'type="hidden" name="(cuts|seen_cuts|cut_text)" value="([^"]*)"', html)
    }


def checked(run: Run, wording: str, source: str = SENTENCE, act: str = "", **more: str) -> str:
    return Client().post(f"{line(run, source)}check/", form(wording, source, **(more | {"act": act}))).content.decode()


def learners_cues(run: Run, language: str = "fr") -> list[str]:
    """The captions as a learner gets them."""
    block = courses.outline(run.version).unit_of("film")
    assert block is not None
    video = texts.read_blocks(run.version, [one for one in block.all_blocks() if one.code == "film"], language)["film"]
    assert isinstance(video.item, tree.Video)
    track = next(one for one in video.item.tracks if one.language == language)
    return [cue.text for cue in track.track.cues]


def save(client: Client, run: Run, wording: str, source: str = SENTENCE, **more: str) -> None:
    heeded = client.post(line(run, source), form(wording, source, **more))
    if heeded.status_code == 200:  # it was warned of something, and is meant so
        client.post(line(run, source), form(wording, source, heeded=heeded.context["panel"].checked.heeded, **more))


def test_the_source_has_ticks_where_its_cues_end() -> None:
    page = Client().get(line(filmed(), SENTENCE)).content.decode()
    tick = '<span class="cue-tick" aria-hidden="true"></span>'
    assert f"It was {tick}late, and it was {tick}cold.</div>" in page


def test_what_is_typed_is_shown_in_cues_with_what_can_be_read() -> None:
    found = checked(filmed(), FRENCH)
    assert parts(found) == ["Il était ", "tard, et il faisait ", "froid."] or " ".join(parts(found)) == FRENCH
    assert "0:01.0 – 0:03.0" in found
    assert "It fits." in found
    assert "budget-over" not in found


def test_what_cannot_be_read_in_time_is_said_in_words() -> None:
    found = checked(filmed(), "mot " * 60)
    assert re.search(r"[0-9]+ characters too long for 6 s\.", found)


def test_an_empty_text_has_no_breaks_to_move() -> None:
    found = checked(filmed(), "")
    assert "Nothing is written yet." in found
    assert "data-cut" not in found
    assert payloads(found) == ["", "", ""]


def test_other_texts_have_no_cues() -> None:
    run = filmed()
    assert "cue-row" not in Client().get(line(run)).content.decode()
    assert "cue-row" not in checked(run, "Les ponts.", "Bridges join people.")


def test_a_break_is_moved_and_says_so() -> None:
    run = filmed()
    before = checked(run, FRENCH, cuts="15 -1", cut_text=FRENCH)
    assert parts(before)[0] == "Il était tard,"
    after = checked(run, FRENCH, act="cut-earlier:0", **fields(before))
    assert parts(after)[0] == "Il était"
    assert fields(after)["cuts"].split()[0] == "9"
    assert "moved by hand" in after
    assert "Caption 2 begins with “tard, " in after
    again = checked(run, FRENCH, act="cut-later:0", **fields(after))
    assert parts(again) == parts(before)


def test_a_dragged_break_goes_to_the_nearest_place() -> None:
    run = filmed()
    after = checked(run, FRENCH, act="cut-to:1:28", **fields(checked(run, FRENCH, cuts="3 9", cut_text=FRENCH)))
    assert parts(after)[2] == "froid."
    assert fields(after)["cuts"].split()[1] == "29"


@pytest.mark.parametrize("act", ["cut-earlier:9", "cut-later:-1", "cut-to:0", "cut-to:0:x", "cut-", "cut-later:0:0:0"])
def test_a_move_that_cannot_be_made_changes_nothing(act: str) -> None:
    run = filmed()
    before = checked(run, FRENCH, cuts="3 9", cut_text=FRENCH)
    if act != "cut-later:0:0:0":
        assert parts(checked(run, FRENCH, act=act, **fields(before))) == parts(before)
    checked(run, FRENCH, act=act, cuts="9 3 ¹ 99999999", seen_cuts="x", cut_text="y")


def test_a_moved_break_goes_with_its_words_until_they_are_rewritten() -> None:
    run = filmed()
    moved = fields(checked(run, FRENCH, cuts="9 15", cut_text=FRENCH))
    longer = checked(run, f"Et {FRENCH}", **moved)
    assert fields(longer)["cuts"] == "12 18"
    other = checked(run, "Tout le monde avait sommeil.", **moved)
    assert fields(other)["cuts"] == ""
    assert "moved by hand" not in other


def test_breaks_are_placed_anew() -> None:
    run = filmed()
    chosen = parts(checked(run, FRENCH))
    moved = checked(run, FRENCH, cuts="3 9", cut_text=FRENCH)
    assert parts(moved) != chosen
    anew = checked(run, FRENCH, act="cut-anew", **fields(moved))
    assert parts(anew) == chosen
    assert fields(anew)["cuts"] == ""


def test_without_scripts_a_button_comes_back_with_the_page_and_what_was_typed() -> None:
    run = filmed()
    client = signed_in("amina")
    answer = client.post(line(run, SENTENCE), form(FRENCH, SENTENCE, act="cut-later:0", cuts="3 15", cut_text=FRENCH))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f"{FRENCH}</textarea>" in html
    assert parts(html)[0] == "Il était"
    assert not Target.objects.exists()


def test_who_is_not_signed_in_moves_nothing_on_the_page() -> None:
    answer = Client().post(line(filmed(), SENTENCE), form(FRENCH, SENTENCE, act="cut-later:0"))
    assert answer.status_code == 302
    assert "/sign-in/" in answer.headers["Location"]


def test_learners_get_the_cues_that_were_shown() -> None:
    run = filmed()
    shown = checked(run, FRENCH, act="cut-earlier:1", cuts="9 -1", cut_text=FRENCH)
    save(signed_in("amina"), run, FRENCH, **fields(shown))
    assert learners_cues(run) == payloads(shown)
    assert payloads(shown)[0].startswith("<lang en>We met on a train.</lang> <lang fr>Il était")
    page = Client().get(line(run, SENTENCE)).content.decode()
    assert (payloads(page), fields(page)) == (payloads(shown), fields(shown))


def test_a_cue_shows_what_learners_see_of_the_sentence_beside_it() -> None:
    run = filmed()
    translate(run, "fr", {"We met on a train.": "On s’est vus dans un train."})
    shown = payloads(checked(run, FRENCH))
    assert plain.readable(shown[0]).startswith("On s’est vus dans un train. Il")


def test_what_learners_see_stays_when_the_course_learns_more() -> None:
    run = filmed()
    client = signed_in("amina")
    save(client, run, FRENCH)
    (saved,) = Target.objects.all()
    before = learners_cues(run)
    learning.forget()
    save(client, run, "Puis nous sommes rentrés.", "Then we went home.")
    assert learners_cues(run)[:2] == before[:2]
    assert [cut for _place, cut in saved.borders] == [
        int(cut) for cut in fields(Client().get(line(run, SENTENCE)).content.decode())["seen_cuts"].split()
    ]


def test_cuts_of_another_source_are_chosen_anew() -> None:
    run = filmed()
    save(signed_in("amina"), run, FRENCH, cut_text=FRENCH, seen_cuts="3 9")
    assert plain.readable(learners_cues(run)[1]) == "était"
    other = filmed(VTT.replace("It was\n", "It was late,\n").replace("late, and it was\n", "and it was\n"))
    assert plain.readable(learners_cues(other)[1]) != "était"


def test_an_approved_text_comes_back_with_its_cuts() -> None:
    run = filmed()
    client = signed_in("reviewer", Role.REVIEWER)
    save(client, run, FRENCH, act="save-approved", cuts="3 9", cut_text=FRENCH)
    target = Target.objects.get()
    assert (target.cuts, target.borders) == ([3, 9], [[7, 3], [24, 9]])


def test_a_course_learns_from_its_translations_and_from_moved_breaks() -> None:
    run = filmed()
    known = learning.associations_of(run.course, "en", "eo")
    assert not known.forward
    client = signed_in("amina", language="eo")
    wording = "Estis nokto, kaj estis malvarme."
    address = line(run, SENTENCE).replace("/fr/", "/eo/")
    client.post(address, form(wording, SENTENCE, cuts="6 23", cut_text=wording))
    known = learning.associations_of(run.course, "en", "eo")
    assert known.forward["cold"]["malvar"] > 2 * known.forward["cold"].get("nokto", 0)
    learning.forget()
    assert learning.associations_of(run.course, "en", "eo").forward == known.forward


def test_what_was_corrected_is_unlearned() -> None:
    run = filmed()
    client = signed_in("amina", language="eo")
    address = line(run, SENTENCE).replace("/fr/", "/eo/")
    for wording in ("Estis nokto, kaj estis varme.", "Estis nokto, kaj estis malvarme."):
        learning.associations_of(run.course, "en", "eo")
        seen = Target.objects.order_by("-pk").values_list("pk", flat=True).first() or ""
        client.post(address, form(wording, SENTENCE, seen=str(seen)))
    known = learning.associations_of(run.course, "en", "eo")
    assert known.forward["cold"].get("varme", 0) < 0.01
    assert known.forward["cold"]["malvar"] > 0.05


def test_a_course_translated_before_is_learned_little_by_little(monkeypatch: pytest.MonkeyPatch) -> None:
    run = filmed()
    translate(run, "eo", {SENTENCE: "Estis malvarme.", "Then we went home.": "Poste ni iris hejmen."})
    monkeypatch.setattr(learning, "AT_ONCE", 1)
    assert "home" in learning.associations_of(run.course, "en", "eo").forward
    assert "cold" in learning.associations_of(run.course, "en", "eo").forward


def test_showing_cues_asks_little() -> None:
    run = filmed()
    checked(run, FRENCH)
    with CaptureQueriesContext(connection) as captured:
        checked(run, f"{FRENCH} Oui.")
    assert len(captured) <= 16


def test_a_video_on_another_site_leads_to_the_lesson() -> None:
    track, _issues = webvtt.parse(VTT)
    captions = tree.VideoTrack("en", track, groups=groups.group(track, "en"))
    elsewhere = tree.Source("https://a.example/f.mp4")
    for video, host in (
        (tree.Video("film", "A film", youtube_id="dQw4w9WgXcQ", tracks=(captions,)), "on YouTube"),
        (tree.Video("film", "A film", sources=(elsewhere,), tracks=(captions,)), "on a.example"),
        (tree.Video("film", "A film", tracks=(captions,)), "The video itself is not on this site."),
    ):
        run = publish(course(unit(text(), video)))
        page = Client().get(line(run, SENTENCE)).content.decode()
        assert host in page
        assert 'href="/fr/courses/Test+Bridges+2026/start/"' in page
        assert "0:01.0 – 0:03.0" in page
        assert "data-film" not in page


def test_chapters_are_not_read_against_the_clock() -> None:
    track, _issues = webvtt.parse(VTT)
    chapters = tree.VideoTrack("en", track, TrackKind.CHAPTERS, groups.group(track, "en", kind=TrackKind.CHAPTERS))
    run = publish(course(unit(text(), tree.Video("film", "A film", tracks=(chapters,)))))
    page = Client().get(line(run, "late, and it was")).content.decode()
    assert 'id="budget"' not in page
    assert 'aria-describedby="checked"' in page


def test_a_suggestion_is_shown_as_its_writer_cut_it() -> None:
    run = filmed()
    signed_in("named", Role.TRANSLATOR)
    shown = checked(run, FRENCH, act="cut-earlier:0", cuts="9 20", cut_text=FRENCH)
    save(signed_in("amina"), run, FRENCH, **fields(shown))
    suggested = Target.objects.get()
    assert suggested.is_suggestion
    act = f"accept:{suggested.pk}"
    signed_in("named").post(line(run, SENTENCE), form("", SENTENCE, act=act))
    assert learners_cues(run) == payloads(shown)


def test_a_cue_stands_in_the_picture_where_its_source_does() -> None:
    run = filmed(VTT.replace("00:00:05.000\n", "00:00:05.000 line:0 align:start\n"))
    assert 'data-cue-settings="line:0 align:start"' in checked(run, FRENCH)


words = st.text("ab é,.<1>&中文ع", min_size=1, max_size=60).filter(lambda wording: wording.strip(" \n\\"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words, st.lists(st.sampled_from(["cut-earlier:0", "cut-later:1", "cut-to:0:7", "cut-anew"]), max_size=3))
def test_what_is_shown_is_what_learners_get(wording: str, acts: list[str]) -> None:
    run = filmed()
    shown = checked(run, wording)
    for act in acts:
        shown = checked(run, wording, act=act, **fields(shown))
    client = signed_in("amina")
    before = Target.objects.order_by("-pk").first()
    save(client, run, wording, seen=str(before.pk) if before else "", **fields(shown))
    after = Target.objects.order_by("-pk").first()
    if after is None or after.text != wording.strip():
        return  # refused, with a sentence
    assert learners_cues(run) == payloads(shown)
    assert recue.CHOOSE not in (cut for _place, cut in after.borders)


def test_what_stands_beside_a_text_goes_with_it_and_a_playing_video_stays() -> None:
    run = filmed()
    title, first, second = (line(run, of) for of in ("A film", "We met on a train.", SENTENCE))
    title_stage = stage_of(title)
    assert title_stage == ""
    assert stage_of(first, title_stage) == "film"
    assert stage_of(second, "film") is None  # the video plays on
    assert stage_of(title, "film") == ""
    assert stage_of(line(run), "intro") == ""  # another text of the same block marks another place in it


def stage_of(address: str, beside: str = "") -> str | None:
    """The video that a script is told to put beside a text, where it has this one; None: it is told nothing."""
    html = Client().get(address, headers={"X-Fragment": "parts", "X-Stage": beside}).content.decode()
    found = re.search(r'data-stage="([^"]*)"', html)
    return found[1] if found else None
