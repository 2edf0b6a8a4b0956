"""Names of courses, runs, libraries and blocks, as Open edX writes them.

Inside Polylect a block is (course, block code). The full names are composed and taken apart at the edges only, for wiki
pages, exports and records out there use them. The forms follow the published documentation of Open edX's opaque keys:
`course-v1:ORG+CODE+RUN`, `library-v1:ORG+CODE`, `block-v1:ORG+CODE+RUN+type@KIND+block@CODE`.
"""

import re
from dataclasses import dataclass

UNNAMED = "unnamed"
"""What stands for a part of a course's name that its files do not say."""

_PART = r"[\w.~-]+"
_RUN_KEY = re.compile(rf"(?:course-v1:)?(?P<org>{_PART})\+(?P<code>{_PART})\+(?P<run>{_PART})")
_LIBRARY_KEY = re.compile(rf"library-v1:(?P<org>{_PART})\+(?P<code>{_PART})")
_BLOCK_KEY = re.compile(
    rf"block-v1:(?P<org>{_PART})\+(?P<code>{_PART})\+(?P<run>{_PART})\+type@(?P<kind>{_PART})\+block@(?P<block>[\w.:~-]+)"
)


@dataclass(frozen=True, order=True)
class CourseKey:
    """A course in all its runs: the organisation and the course's code."""

    org: str
    code: str

    def __str__(self) -> str:
        return f"{self.org}+{self.code}"


@dataclass(frozen=True, order=True)
class RunKey:
    """One run of a course. `str()` gives the form of our addresses, ORG+CODE+RUN."""

    org: str
    code: str
    run: str

    @property
    def course(self) -> CourseKey:
        return CourseKey(self.org, self.code)

    @property
    def is_named(self) -> bool:
        """Whether the course's files say every part of it."""
        return UNNAMED not in (self.org, self.code, self.run)

    @property
    def full(self) -> str:
        """Open edX's form, `course-v1:ORG+CODE+RUN`."""
        return f"course-v1:{self}"

    def __str__(self) -> str:
        return f"{self.org}+{self.code}+{self.run}"

    @classmethod
    def parse(cls, text: str) -> "RunKey":
        """Reads ORG+CODE+RUN, with or without `course-v1:`. Raises ValueError for anything else."""
        found = _RUN_KEY.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} does not name a run; a name such as ORG+CODE+RUN does")
        return cls(**found.groupdict())


@dataclass(frozen=True, order=True)
class LibraryKey:
    """A content library."""

    org: str
    code: str

    def __str__(self) -> str:
        return f"library-v1:{self.org}+{self.code}"

    @classmethod
    def parse(cls, text: str) -> "LibraryKey":
        """Reads `library-v1:ORG+CODE`. Raises ValueError for anything else."""
        found = _LIBRARY_KEY.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} does not name a library; library-v1:ORG+CODE does")
        return cls(**found.groupdict())


@dataclass(frozen=True, order=True)
class BlockKey:
    """A block's full name out there. `kind` is Open edX's word (`problem`, `video`, `vertical`), not ours."""

    run: RunKey
    kind: str
    block_code: str

    def __str__(self) -> str:
        return f"block-v1:{self.run}+type@{self.kind}+block@{self.block_code}"

    @classmethod
    def parse(cls, text: str) -> "BlockKey":
        """Reads `block-v1:ORG+CODE+RUN+type@KIND+block@CODE`. Raises ValueError for anything else."""
        found = _BLOCK_KEY.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} does not name a block; block-v1:ORG+CODE+RUN+type@KIND+block@CODE does")
        return cls(RunKey(found["org"], found["code"], found["run"]), found["kind"], found["block"])
