"""A site with something for everybody, and something that most must not see; and the people who try."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.test import Client

from polylect.captions.groups import group
from polylect.captions.track import Cue, Track
from polylect.course import tree
from polylect.keys import RunKey
from polylect.partnership import Arrangement
from polylect_web.accounts.actions import give_role, sign_up
from polylect_web.accounts.models import Person, Role
from polylect_web.courses.models import Course, Run
from polylect_web.glossary.models import Term
from polylect_web.practice.actions import Kept, keep
from polylect_web.texts.models import Message
from web.builders import course, exercise, publish, text, unit

CASE = UUID("6f1f3f0e-2c55-4a0e-9d5e-0f6f4c7b1a11")
"""Kept by the learner, who shares it with nobody."""
COURSE, TERM = UUID("0c2c1b53-6d1d-4d0e-8a55-2d3c9c0d6b10"), UUID("b2f7a0c4-9a0f-4a5e-9f43-5c1f5c6a7e21")
"""The open course, and a term of its glossary."""
STONE = UUID("3a0d7a52-5f0e-4c53-9d3b-9d1f6b0f4b62")
"""A text of the open course, “Stone.”."""
SAID = UUID("9d2f0a1e-77aa-4c0b-8a4c-5c7de1b0a3f4")
"""A sentence of its video."""
OPEN, CLOSED = RunKey("Test", "Bridges", "2026"), RunKey("Test", "Closed", "2026")
SECRET = "Sesame"
"""Stands in all that learners must not see, and nowhere else."""

LATER = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
SHOWN, HIDDEN, DATED = tree.Access(), tree.Access(staff_only=True), tree.Access(start=LATER)
SECRET_XML = f"""<problem><multiplechoiceresponse><label>{SECRET}?</label><choicegroup>
<choice correct="true">{SECRET}<choicehint>{SECRET}</choicehint></choice><choice correct="false">No</choice>
</choicegroup></multiplechoiceresponse><demandhint><hint>{SECRET}</hint></demandhint></problem>"""
PASSWORD = "seven calm bridges"


def blocks(prefix: str, words: str, access: tree.Access = SHOWN) -> tuple[tree.Block, ...]:
    """A text, an exercise and a video that say these words."""
    track = Track((Cue(0, 2000, f"{words} is said."),))
    tracks = (tree.VideoTrack("en", track, groups=group(track, "en")),)
    xml = SECRET_XML.replace(SECRET, words)
    return (
        tree.Text(f"{prefix}text", words, f"<p>{words}.</p>", access=access),
        exercise(f"{prefix}ask", xml, access=access, show_answer="always"),
        tree.Video(f"{prefix}film", words, tracks=tracks, access=access),
    )


def build() -> Run:
    """An open course with things that are hidden, dated or in no page, and a course that is not open."""
    aside = unit(*blocks("aside-", SECRET), code="aside", title=SECRET)
    publish(
        course(
            unit(*blocks("", "Stone"), *blocks("in-", SECRET, HIDDEN), code="start"),
            unit(*blocks("hidden-", SECRET), code="hidden", title=SECRET, access=HIDDEN),
            unit(*blocks("dated-", SECRET), code="dated", title=SECRET, access=DATED),
            unplaced=(tree.Unplaced(aside, "draft"), tree.Unplaced(text("alone", SECRET), "orphan")),
            pages=(tree.Page("staff", SECRET, f"<p>{SECRET}</p>", "page", HIDDEN),),
        )
    )
    closed = publish(course(unit(*blocks("", SECRET), code="start"), key=CLOSED, title=SECRET))
    Run.objects.filter(pk=closed.pk).update(is_open=False)
    sign_up(person=None, username="member", password=PASSWORD)
    Course.objects.filter(code=OPEN.code).update(uuid=COURSE)
    Message.objects.filter(course__code=OPEN.code, text="Stone.").update(uuid=STONE)
    Message.objects.filter(course__code=OPEN.code, text="Stone is said.").update(uuid=SAID)
    keep_a_term()
    return Run.objects.get(key=str(OPEN))


def keep_a_case() -> None:
    """The learner keeps a case, where there is a learner yet and the case is not there still."""
    learner = Person.objects.filter(username="learner").first()
    if learner:
        keep(owner=learner, kept=Kept(SECRET, Arrangement()), uuid=CASE)


def keep_a_term() -> None:
    """The open course has a term, as if nobody had done anything with it."""
    Term.objects.all().delete()
    Term.objects.create(uuid=TERM, course=Course.objects.get(uuid=COURSE), language="en", text="bridge")


def name_a_translator() -> None:
    """The member translates the open course into French."""
    member = Person.objects.get(username="member")
    give_role(person=member, role=Role.TRANSLATOR, course_key="Test+Bridges", language="fr")


@dataclass(frozen=True)
class Visitors:
    """Browsers by who sits before them. `csrf` checks tokens, as in the world outside."""

    csrf: bool = False

    def nobody(self) -> Client:
        return Client(enforce_csrf_checks=self.csrf)

    def guest(self) -> Client:
        client = Client()
        client.post(f"/en/courses/{OPEN}/start/answer/ask/", {"q1": "c2"})
        client.handler.enforce_csrf_checks = self.csrf
        return client

    def learner(self) -> Client:
        client = self._signed_in("learner")
        keep_a_case()
        return client

    def translator(self) -> Client:
        return self._signed_in("translator", Role.TRANSLATOR, "Test+Bridges")

    def staff_elsewhere(self) -> Client:
        return self._signed_in("elsewhere", Role.STAFF, "Test+Other")

    def staff(self) -> Client:
        return self._signed_in("staff", Role.STAFF, "")

    def operator(self) -> Client:
        return self._signed_in("operator", Role.OPERATOR, "")

    def _signed_in(self, name: str, role: Role | None = None, course_key: str = "") -> Client:
        person = sign_up(person=None, username=name, password=PASSWORD)
        if role is not None:
            give_role(person=person, role=role, course_key=course_key)
        client = self.nobody()
        client.force_login(person)
        return client


LEARNERS = ("nobody", "guest", "learner", "translator", "staff_elsewhere")
"""Who sees what is open, and nothing more."""
STAFF = ("staff", "operator")
ACCOUNTS = ("learner", "translator", "staff_elsewhere", *STAFF)
