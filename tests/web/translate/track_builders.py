"""A course with a film that has captions, and its editor as an author's browser sees it."""

from collections.abc import Mapping

from django.test import Client

from polylect.captions import groups
from polylect.captions.track import Cue, Track
from polylect.course import tree
from polylect_web.accounts.models import Person, Role
from polylect_web.courses import drafts
from polylect_web.courses.models import Run
from polylect_web.texts.tracks import find_video
from web.builders import RUN, course, person, publish, text, translate, unit
from web.translate.builders import signed_in

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
LIST = f"/en/translate/captions/{RUN}/"
EDITOR = f"{LIST}film/en/"
FOR_SCRIPT = {"X-Fragment": "parts"}


def film(track: Track = TRACK, code: str = "film", language: str = "en") -> tree.Video:
    tracks = (tree.VideoTrack(language, track, groups=groups.group(track, language)),) if track.cues else ()
    return tree.Video(code, "A film", tracks=tracks)


def with_film(track: Track = TRACK) -> Run:
    return publish(course(unit(text(), film(track))))


def translated() -> Run:
    run = with_film()
    translate(run, "fr", FRENCH)
    return run


def author(name: str = "author") -> Client:
    return signed_in(name, Role.AUTHOR, "")


def sent(client: Client, act: str, fields: Mapping[str, object] | None = None, **more: object) -> int:
    """What the editor's form sends when a button is pressed: the status that is answered."""
    body = {"seen": revision(), "cue": 0, "first": 0, "act": act} | dict(fields or {}) | more
    return client.post(EDITOR, body).status_code


def draft_of(name: str, run: Run) -> drafts.Of:
    """What names the draft of somebody, who may not have one yet."""
    return drafts.Of(Person.objects.filter(username=name).first() or person(name), run, "film", "en")


def draft(name: str = "author") -> drafts.Drafted | None:
    return drafts.find(draft_of(name, Run.objects.get()))


def revision() -> int:
    known = draft()
    return known.revision if known else 0


def edited() -> list[str]:
    """The texts of the author's cues, as they are kept."""
    known = draft()
    assert known is not None
    return [cue.text for cue in known.track.cues]


def times() -> list[tuple[int, int]]:
    known = draft()
    assert known is not None
    return [(cue.start_ms, cue.end_ms) for cue in known.track.cues]


def published() -> list[str]:
    """The texts of the cues that learners see."""
    video = find_video(Run.objects.get().version_id, "film")
    assert video is not None
    return [cue.text for track in video.tracks for cue in track.track.cues]
