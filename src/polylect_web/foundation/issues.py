"""Issues of course files in the reader's language: the library speaks English, here its sentences are translated."""

from django.utils.translation import gettext

from polylect.issues import Issue, IssueKind


def sentence(issue: Issue) -> str:
    """The issue's sentence in the interface's language; in English where a translation names unknown things."""
    return fill(issue.kind, dict(issue.params))


def fill(kind: IssueKind, params: dict[str, str]) -> str:
    """The sentence of a kind of issue with its parameters, for issues that were stored."""
    try:
        return gettext(kind.sentence).format_map(params)
    except (KeyError, ValueError, IndexError, AttributeError):
        return kind.sentence.format_map(params)
