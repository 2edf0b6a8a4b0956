"""Issues that a learner reads, in the interface's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from polylect.issues import Issue

# The library's English sentences for learners, so that they are collected for translation.
LEARNER_SENTENCES = (
    gettext_noop("Write a number, such as {example}."),
    gettext_noop("Write a real number, such as {example}."),
)


def sentence_of(issue: Issue) -> str:
    """What is wrong, and what would be right."""
    return _(issue.kind.sentence).format_map(issue.params)
