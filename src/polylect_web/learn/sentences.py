"""Issues that a learner reads, in the interface's language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from polylect.issues import Issue

# The library's English sentences for learners, so that they are collected for translation.
LEARNER_SENTENCES = (
    gettext_noop("Write a number, such as {example}."),
    gettext_noop("Write a real number, such as {example}."),
    gettext_noop("Write a formula, such as {example}."),
    gettext_noop("In “{typed}” the brackets do not match: each that opens has to close."),
    gettext_noop("Between “{left}” and “{right}” a sign is missing. Write a product with *, as in 2*x."),
    gettext_noop("Write brackets around “{found}” and what belongs to it, as in 2^(-x)."),
    gettext_noop("Write what “{found}” is taken of in brackets, as in {found}(x)."),
    gettext_noop("“{found}” is not one of the variables here: {known}."),
    gettext_noop("“{found}” is not one of the functions here: {known}."),
    gettext_noop(
        "“{typed}” has no value: it divides by zero, is too large, or takes a factorial of what is not a whole number."
    ),
    gettext_noop(
        "This answer has no value for some of the numbers that it is tried with, so it was not graded."
        " No attempt was used."
    ),
    gettext_noop("No answer to this question arrived. Send it again."),
    gettext_noop("The author’s answer to this cannot be computed, so yours was not graded. No attempt was used."),
)


def sentence_of(issue: Issue) -> str:
    """What is wrong, and what would be right."""
    return _(issue.kind.sentence).format_map(issue.params)
