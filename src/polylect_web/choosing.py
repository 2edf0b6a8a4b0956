"""What a course decides for a language, as the command asks for it: words in, what came of it out."""

from dataclasses import dataclass

from polylect import languages
from polylect_web.courses.actions import NotPublished
from polylect_web.courses.models import Run
from polylect_web.exchanging import find_run
from polylect_web.texts.choices import Choice, choice_of
from polylect_web.texts.models import Shown, Who
from polylect_web.texts.showing import choose as choose_for

AS_THE_RULE_SAYS = "rule"

SAID_WHO = {
    Who.OPEN: "Whoever is signed in translates.",
    Who.TEAM: "Those whom the course named translate; everybody else suggests.",
}
SAID_SHOWN = {
    Shown.TRANSLATED: "Learners see each translation as soon as it is written.",
    Shown.APPROVED: "Learners see what a reviewer approved.",
}


@dataclass(frozen=True)
class Chosen:
    """What holds for a language of a course now. `changed`: how many texts learners see otherwise than before; None:
    nothing was chosen."""

    run: Run
    language: str
    choice: Choice
    changed: int | None = None

    @property
    def lines(self) -> list[str]:
        """It in sentences."""
        rule = "" if self.choice.is_named else " (As the rule says: until somebody is named.)"
        machine = "see" if self.choice.shows_machine else "do not see"
        said = [SAID_WHO[self.choice.who] + rule, SAID_SHOWN[self.choice.shown]]
        said.append(f"They {machine} what a machine translated before a person looked at it.")
        if self.changed is not None:
            said.append(f"{self.changed} text{' is' if self.changed == 1 else 's are'} shown otherwise than before.")
        return said

    @property
    def as_data(self) -> dict[str, object]:
        """It for programs."""
        return {
            "run": self.run.key,
            "language": self.language,
            "who": self.choice.who.value,
            "is_named": self.choice.is_named,
            "shown": self.choice.shown.value,
            "shows_machine": self.choice.shows_machine,
            "changed": self.changed,
        }


def choose(course: str, language: str, *, who: str = "", shown: str = "", shows_machine: bool | None = None) -> Chosen:
    """Decides for a language of a course; what is not said (empty, None) stays. Without any of it, says what holds.
    Raises NotPublished, with a sentence."""
    run, tag = find_run(course), languages.canonical(language)
    if tag is None:
        raise NotPublished(f"“{language}” is not a language; expected a tag such as fr or pt-BR.")
    if tag == run.course.source_language:
        raise NotPublished(f"The course itself is in {tag}, so it is not translated into it. Say another language.")
    if who not in ("", AS_THE_RULE_SAYS, *Who.values):
        raise NotPublished(f"“{who}” does not say who translates; expected one of: open, team, {AS_THE_RULE_SAYS}.")
    if shown not in ("", *Shown.values):
        raise NotPublished(f"“{shown}” does not say what is shown; expected one of: {', '.join(Shown.values)}.")
    before = choice_of(run.course, tag)
    if not (who or shown) and shows_machine is None:
        return Chosen(run, tag, before)
    kept = before.who if before.is_named else None
    changed = choose_for(
        run.course,
        tag,
        who=kept if not who else None if who == AS_THE_RULE_SAYS else Who(who),
        shown=Shown(shown) if shown else before.shown,
        shows_machine=before.shows_machine if shows_machine is None else shows_machine,
    )
    return Chosen(run, tag, choice_of(run.course, tag), changed)
