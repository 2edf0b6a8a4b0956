"""What is to be looked at in a translation, while it is typed and when it is saved."""

from dataclasses import dataclass
from hashlib import sha256

from polylect.issues import Issue, Severity
from polylect.messages import checks
from polylect_web.glossary import queries as glossary
from polylect_web.texts import working
from polylect_web.texts.working import Line
from polylect_web.translate.desk import Desk


@dataclass(frozen=True)
class Checked:
    """What was found in a draft. `heeded` stands for its warnings: who sends it along has seen them."""

    errors: tuple[Issue, ...] = ()
    warnings: tuple[Issue, ...] = ()
    notes: tuple[Issue, ...] = ()

    @property
    def heeded(self) -> str:
        if not self.warnings:
            return ""
        said = "\n".join(issue.sentence for issue in self.warnings)
        return sha256(said.encode()).hexdigest()[:16]

    @property
    def is_clean(self) -> bool:
        return not (self.errors or self.warnings or self.notes)


def check(desk: Desk, line: Line, text: str) -> Checked:
    """Looks at a draft. A query or two for the glossary, and one for other translations of the same words.

    An empty draft is not looked at: nothing was written yet.
    """
    if not text.strip():
        return Checked()
    found = checks.check(line.text, text, kind=line.kind, source_language=desk.own_language, language=desk.target)
    issues = [
        *found,
        *glossary.check(line.text, text, desk.course.pk, desk.own_language, desk.target),
        *checks.inconsistent(line.text, text, working.said_elsewhere(desk.version, line, desk.target)),
    ]
    return Checked(*(tuple(one for one in issues if one.severity is severity) for severity in Severity))
