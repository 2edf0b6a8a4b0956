"""Edited captions, published: translations end where they belong, files stay, and nothing clashes unawares."""

from pathlib import Path

import pytest

from polylect.captions import editing, groups
from polylect.captions.track import Cue, Track
from polylect.course import tree
from polylect.course.files import open_folder
from polylect_web.courses import queries as courses
from polylect_web.courses.actions import Overtaken
from polylect_web.courses.models import Run, Version, VersionAsset
from polylect_web.learn import blocks
from polylect_web.texts import actions as texts
from polylect_web.texts.models import Origin, Review, Target, TranslationUnit, Verdict
from polylect_web.texts.tracks import Outcome, find_video, publish_track
from web.builders import course, message, person, publish, text, translate, unit

pytestmark = pytest.mark.django_db

TRACK = Track(
    (
        Cue(0, 2000, "We met on"),
        Cue(2000, 4000, "an old train."),
        Cue(4000, 6000, "It was late."),
        Cue(6000, 8000, "Nobody spoke."),
    )
)
FRENCH = {
    "We met on an old train.": "Nous nous sommes rencontrés dans un vieux train.",
    "It was late.": "Il était tard.",
    "Nobody spoke.": "Personne ne parlait.",
}
CUTS = (28,)
"""After “rencontrés ”."""


def video(track: Track = TRACK, code: str = "film") -> tree.Video:
    return tree.Video(code, "A film", tracks=(tree.VideoTrack("en", track, groups=groups.group(track, "en")),))


def translated() -> Run:
    run = publish(course(unit(text(), video())))
    translate(run, "fr", FRENCH)
    return run


def shown(run: Run, language: str = "fr") -> list[str]:
    """The cues that a learner reads in a language."""
    run = Run.objects.get(pk=run.pk)
    (start,) = courses.outline(run.version).units()
    block = next(one for one in start.all_blocks() if one.code == "film")
    found = blocks.read_track(run.version, block, language)
    assert found is not None
    return [cue.text.replace("\n", " ") for cue in found[0].cues]


def save(run: Run, track: Track, **options: object) -> Outcome:
    run = Run.objects.select_related("course", "version").get(pk=run.pk)
    base = options.pop("base", run.version)
    by = person(f"author {Version.objects.count()}")
    return publish_track(run, "film", "en", track, base=base, by=by, **options)


def current(run: Run) -> dict[str, str]:
    """What is translated now, by the source text that it was made for."""
    units = TranslationUnit.objects.filter(message__course=run.course, language="fr").select_related("current")
    return {one.message.text: one.current.text for one in units.select_related("message")}


def test_a_split_cue_keeps_the_translation_of_its_sentence() -> None:
    run = translated()
    assert save(run, editing.split(TRACK, 1, len("an old")).track) is Outcome.PUBLISHED
    assert current(run) == FRENCH
    assert len(shown(run)) == 5
    assert " ".join(shown(run)[:3]) == FRENCH["We met on an old train."]
    assert shown(run)[3:] == ["Il était tard.", "Personne ne parlait."]


def test_merged_cues_keep_the_translations_of_both_sentences() -> None:
    run = translated()
    assert save(run, editing.merge(TRACK, 2).track) is Outcome.PUBLISHED
    assert current(run) == FRENCH
    assert shown(run)[2] == "Il était tard. Personne ne parlait."


def test_a_reworded_cue_makes_its_sentence_outdated_and_no_other() -> None:
    run = translated()
    save(run, editing.reword(TRACK, 2, "It was very late.").track)
    kept = current(run)
    assert kept.pop("It was very late.") == "Il était tard."
    assert kept == {source: target for source, target in FRENCH.items() if source != "It was late."}


def test_what_is_only_cosmetic_outdates_nothing() -> None:
    run = translated()
    save(run, editing.reword(TRACK, 2, "It was late!").track, is_cosmetic=True)
    said = Review.objects.get()
    assert (said.verdict, said.source_text) == (Verdict.STILL_VALID, "It was late!")


def test_shifted_cues_keep_every_translation_and_take_the_new_times() -> None:
    run = translated()
    before = shown(run)
    save(run, editing.shift(TRACK, 1500).track)
    assert (current(run), shown(run)) == (FRENCH, before)


def test_a_removed_sentence_takes_no_other_translation_along() -> None:
    run = translated()
    save(run, editing.remove(TRACK, 2).track)
    assert shown(run)[2:] == ["Personne ne parlait."]
    assert Target.objects.filter(language="fr").count() == 3


@pytest.mark.parametrize("has_borders", [True, False])
def test_a_moved_cut_stays_where_its_border_is_still_there(has_borders: bool) -> None:
    run = publish(course(unit(text(), video())))
    source = "We met on an old train."
    given = [texts.Given(message(run, source).uuid, FRENCH[source], source, CUTS)]
    texts.take_targets(run.course, "fr", given, origin=Origin.HUMAN)
    if has_borders:
        Target.objects.update(borders=[[10, CUTS[0]]])
    assert shown(run)[:2] == ["Nous nous sommes rencontrés", "dans un vieux train."]
    save(run, editing.split(TRACK, 1, len("an old")).track)
    assert shown(run)[0] == "Nous nous sommes rencontrés"
    assert " ".join(shown(run)[1:3]) == "dans un vieux train."
    save(run, TRACK)
    assert shown(run)[:2] == ["Nous nous sommes rencontrés", "dans un vieux train."]


def test_a_published_version_never_changes() -> None:
    run = translated()
    before = run.version
    save(run, editing.split(TRACK, 1, 2).track)
    film = find_video(before.pk, "film")
    assert film is not None
    assert film.tracks[0].track == TRACK
    now = Run.objects.select_related("version").get(pk=run.pk).version
    assert now.number == (before.number or 0) + 1
    assert now.published_by is not None
    assert now.is_settled


def test_a_track_that_is_there_already_makes_no_version() -> None:
    run = translated()
    assert save(run, TRACK) is Outcome.UNCHANGED
    assert Version.objects.count() == 1


def test_files_and_what_the_author_was_told_stay_with_the_course(tmp_path: Path) -> None:
    (tmp_path / "map.webp").write_bytes(b"a map")
    files = (tree.Asset("map.webp", "map.webp", 5),)
    with open_folder(tmp_path) as folder:
        run = texts.publish(course(unit(text(html="<script>x</script>"), video()), assets=files), folder).run
    before = Version.objects.get()
    assert before.issues
    assert save(run, editing.shift(TRACK, 500).track) is Outcome.PUBLISHED
    after = Version.objects.latest("number")
    kept = VersionAsset.objects.filter(version=after).values_list("path", "asset_id", "hidden")
    assert list(kept) == list(VersionAsset.objects.filter(version=before).values_list("path", "asset_id", "hidden"))
    assert len(kept) == 1
    assert after.issues == before.issues


def test_what_changed_elsewhere_meanwhile_stays() -> None:
    run = translated()
    base = run.version
    publish(course(unit(text(html="<p>Bridges part people.</p>"), video())))
    assert save(run, editing.shift(TRACK, 500).track, base=base) is Outcome.PUBLISHED
    assert message(run, "Bridges part people.").text


def test_other_captions_that_were_published_meanwhile_are_not_overwritten() -> None:
    run = translated()
    base = run.version
    theirs = editing.reword(TRACK, 3, "Nobody said a word.").track
    publish(course(unit(text(), video(theirs))))
    assert save(run, editing.shift(TRACK, 500).track, base=base) is Outcome.CLASH
    assert shown(run, "en")[3] == "Nobody said a word."


def test_a_video_that_is_gone_is_a_clash() -> None:
    run = translated()
    base = run.version
    publish(course(unit(text())))
    assert save(run, editing.shift(TRACK, 500).track, base=base) is Outcome.CLASH


def test_whoever_publishes_at_the_same_moment_is_waited_for() -> None:
    run = translated()
    Version.objects.create(course=run.course)
    assert save(run, editing.shift(TRACK, 500).track) is Outcome.BUSY


def test_an_empty_track_takes_the_captions_away_and_another_brings_them_back() -> None:
    run = translated()
    assert save(run, Track(())) is Outcome.PUBLISHED
    film = find_video(Run.objects.get(pk=run.pk).version_id, "film")
    assert film is not None
    assert film.tracks == ()
    assert save(run, TRACK) is Outcome.PUBLISHED
    assert current(run) == FRENCH


def test_an_edit_of_a_version_that_is_not_shown_any_more_leaves_nothing() -> None:
    run = translated()
    base = run.version
    publish(course(unit(text(html="<p>Bridges part people.</p>"), video())))
    with pytest.raises(Overtaken):
        texts.publish(courses.course_tree(base), edits=base)
    assert not Version.objects.filter(number=None).exists()
    assert message(run, "Bridges part people.").text
