"""The words of a video: on the page, beside another language, and as files."""

import pytest
from django.test import Client

from polylect.captions import srt, webvtt
from polylect.captions.track import Cue, Track
from polylect.course import tree
from web.builders import course, publish, text, translate, unit
from web.learn.parts import TRACK, UNIT, page, video

pytestmark = pytest.mark.django_db

FRAGMENT = f"{UNIT}transcript/film/"


def captions(language: str, extension: str) -> str:
    return f"{UNIT}captions/film/{language}.{extension}"


def test_the_words_are_on_the_page(client: Client) -> None:
    publish(course(unit(video())))
    rows = page(client.get(UNIT)).cssselect("[data-cues] li")
    assert [row.get("data-start") for row in rows] == ["0", "2000", "4000"]
    assert rows[1].text_content() == "0:02Ada: One has a room;"
    assert rows[1].cssselect("i")[0].text == "room"


def test_words_without_a_picture_have_the_width_to_themselves(client: Client) -> None:
    publish(course(unit(video("read"), video("watch", youtube_id="abcdefghijk"))))
    alone = page(client.get(UNIT)).cssselect(".lesson-parts-one")
    assert [part.getparent().get("id") for part in alone] == ["read"]


def test_there_is_a_track_for_every_language_there_is(client: Client) -> None:
    run = publish(course(unit(video(sources=(tree.Source("film.webm", "video/webm"),)), text())))
    translate(run, "fr", {"Two groups meet.": "Deux groupes se rencontrent."})
    translate(run, "es", {"Bridges join people.": "Los puentes unen a la gente."})
    options = page(client.get(UNIT)).cssselect("[name=second] option")
    assert [option.get("value") for option in options] == ["", "fr"]


def test_a_second_language_stands_beside_the_first(client: Client) -> None:
    run = publish(course(unit(video())))
    translate(run, "fr", {"Two groups meet.": "Deux groupes se rencontrent."})
    for address in (f"{UNIT}?second=fr", f"{FRAGMENT}?second=fr"):
        rows = page(client.get(address)).cssselect("[data-cues] li")
        (second,) = rows[0].cssselect(".cue-second")
        assert (second.get("lang"), second.text_content()) == ("fr", "Deux groupes se rencontrent.")


@pytest.mark.parametrize("second", ["de", "no such language", "<script>"])
def test_a_second_language_that_is_not_there_changes_nothing(client: Client, second: str) -> None:
    publish(course(unit(video())))
    answer = client.get(FRAGMENT, {"second": second})
    assert answer.status_code == 200
    assert not page(answer).cssselect(".cue-second")


def rows(client: Client, address: str) -> list[tuple[str, str]]:
    """When each row of the transcript begins, and what is said in the first language."""
    found = page(client.get(address)).cssselect("[data-cues] li")
    return [(row.get("data-start"), row.cssselect(".cue-first")[0].text_content()) for row in found]


def test_words_may_be_read_sentence_by_sentence(client: Client) -> None:
    publish(course(unit(video())))
    for address in (f"{UNIT}?by=sentence", f"{FRAGMENT}?by=sentence"):
        assert rows(client, address) == [
            ("0", "Two groups meet."),
            ("2000", "Ada: One has a room; the other has readers."),
        ]
    assert page(client.get(f"{UNIT}?by=sentence")).cssselect("[data-cues] i")[0].text == "room"
    assert page(client.get(f"{UNIT}?by=sentence")).cssselect("[name=by] [selected]")[0].get("value") == "sentence"


def test_a_sentence_that_begins_within_a_cue_begins_later(client: Client) -> None:
    track = Track((Cue(0, 2000, "Two groups"), Cue(2000, 4000, "meet. They talk.")))
    publish(course(unit(video(track=track))))
    assert rows(client, f"{UNIT}?by=sentence") == [("0", "Two groups meet."), ("2750", "They talk.")]


def test_a_second_language_stands_beside_sentences(client: Client) -> None:
    run = publish(course(unit(video())))
    translate(run, "fr", {"Two groups meet.": "Deux groupes se rencontrent."})
    (first, second) = page(client.get(f"{UNIT}?by=sentence&second=fr")).cssselect("[data-cues] li")
    assert first.cssselect(".cue-second")[0].text_content() == "Deux groupes se rencontrent."
    assert second.cssselect(".cue-second span")[0].get("lang") == "en"


@pytest.mark.parametrize("by", ["", "sentence"])
def test_no_sentence_is_half_in_one_language_and_half_in_another(client: Client, by: str) -> None:
    track = Track((Cue(0, 2000, "Two groups"), Cue(2000, 4000, "meet. They"), Cue(4000, 6000, "talk.")))
    run = publish(course(unit(video(track=track))))
    translate(run, "fr", {"They talk.": "Ils parlent."})
    shown = page(client.get(f"{UNIT.replace('/en/', '/fr/')}?by={by}"))
    (words,) = shown.cssselect("[data-cues]")
    english = " ".join(part.text_content() for part in words.cssselect("[lang=en]"))
    assert english == "Two groups meet."
    said = " ".join(part.text_content() for part in words.cssselect(".cue-first"))
    assert said == "Two groups meet. Ils parlent."


def test_the_files_read_back_as_the_track(client: Client) -> None:
    publish(course(unit(video())))
    vtt = client.get(captions("en", "vtt"))
    assert vtt.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert webvtt.parse(vtt.content)[0].cues == TRACK.cues
    assert [cue.start_ms for cue in srt.parse(client.get(captions("en", "srt")).content)[0].cues] == [0, 2000, 4000]
    text_file = client.get(captions("en", "txt"))
    assert text_file.content.decode() == "Two groups meet.\nAda: One has a room;\nthe other has readers.\n"
    assert "attachment" in text_file.headers["Content-Disposition"]


def test_a_file_whose_address_changes_with_its_words_is_kept_by_browsers(client: Client) -> None:
    publish(course(unit(video())))
    assert "immutable" in client.get(f"{captions('en', 'vtt')}?v=1").headers["Cache-Control"]


def test_the_address_of_a_track_changes_with_its_words(client: Client) -> None:
    run = publish(course(unit(video(sources=(tree.Source("film.webm"),)))))
    before = page(client.get(UNIT.replace("/en/", "/fr/"))).cssselect(".transcript-foot a")[0].get("href")
    translate(run, "fr", {"Two groups meet.": "Deux groupes se rencontrent."})
    after = page(client.get(UNIT.replace("/en/", "/fr/"))).cssselect(".transcript-foot a")[0].get("href")
    assert before.split("?v=")[1] != after.split("?v=")[1]


def test_hidden_words_are_not_handed_out(client: Client) -> None:
    publish(course(unit(text(), video(access=tree.Access(staff_only=True)))))
    assert client.get(FRAGMENT).status_code == 404
    assert client.get(captions("en", "vtt")).status_code == 404


@pytest.mark.parametrize("address", [captions("en", "exe"), captions("en", "vtt").replace("film", "intro")])
def test_there_are_no_other_files(client: Client, address: str) -> None:
    publish(course(unit(text(), video())))
    assert client.get(address).status_code == 404
