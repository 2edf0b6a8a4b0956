"""What is wrong with a file somebody gave us, and where.

Reading a file never raises because of what is in it: a reader returns what it understood, and a list of issues. The
kinds of issues are declared beside the code that finds them::

    DANGLING = declare("olx-dangling", Severity.ERROR, "{tag} “{code}” is named here, but {expected} does not exist.")
    issues.append(DANGLING.at(Place("sequential/a.xml", 3), tag="vertical", code="b", expected="vertical/b.xml"))

The library speaks English; the site translates a kind's sentence by its code, with the same parameters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType


class Severity(Enum):
    """How much an issue matters to the person who gave us the file."""

    ERROR = "error"
    """Something is missing or broken for learners."""
    WARNING = "warning"
    """It works, though probably not as its author meant."""
    NOTE = "note"
    """Nothing to mend: what was left out, removed or kept aside."""


@dataclass(frozen=True, order=True)
class Place:
    """Where in what was given: a path inside the course, a line from 1 (0: the whole file), and a block's code."""

    file: str = ""
    line: int = 0
    block: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} ({self.block})" if where and self.block else where or self.block


@dataclass(frozen=True)
class Issue:
    """One thing that is wrong, at one place."""

    kind: "IssueKind"
    place: Place
    params: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def severity(self) -> Severity:
        return self.kind.severity

    @property
    def sentence(self) -> str:
        """The English sentence, parameters filled in."""
        return self.kind.sentence.format_map(self.params)

    def as_data(self) -> dict[str, object]:
        """The issue as JSON says it, for programs and for keeping; `sentence` is the English one."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.place.file,
            "line": self.place.line,
            "block": self.place.block,
            "params": dict(self.params),
            "sentence": self.sentence,
        }

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if str(self.place) else self.sentence


@dataclass(frozen=True)
class IssueKind:
    """A kind of issue: a stable code, how much it matters, and an English sentence with named parameters."""

    code: str
    severity: Severity
    sentence: str

    def at(self, place: Place, **params: object) -> Issue:
        """An issue of this kind at `place`; each parameter is shown as its `str`."""
        return Issue(self, place, MappingProxyType({name: str(value) for name, value in params.items()}))


_kinds: dict[str, IssueKind] = {}


def declare(code: str, severity: Severity, sentence: str) -> IssueKind:
    """Declares a kind of issue, once, at import. A code used twice for different things is our mistake: ValueError."""
    kind = IssueKind(code, severity, sentence)
    if _kinds.setdefault(code, kind) != kind:
        raise ValueError(f"issue code {code!r} is declared twice")
    return kind


def declared_kinds() -> tuple[IssueKind, ...]:
    """Every kind declared by the modules imported so far, by code."""
    return tuple(_kinds[code] for code in sorted(_kinds))


def has_errors(issues: Iterable[Issue]) -> bool:
    """Whether any of these keeps something from learners."""
    return any(issue.severity is Severity.ERROR for issue in issues)
