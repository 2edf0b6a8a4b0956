"""What is said about arrangements: names of things, and sentences.

A side's name is never the subject of a verb, and a list never is, since neither tells whether it is one or several,
nor its gender: “Nothing comes from {sides}”, not “{sides} give nothing”. So the sentences are right in any language,
whatever people call themselves.
"""

from collections.abc import Mapping

from polylect.partnership.arrangement import FEE, THANKS, Overlap, SideKind
from polylect.partnership.judging import ConditionName, Kind, Row
from polylect.sentences import SentenceKind, declare

_LABEL = "partnership, label"


def _terms(what: str, words: Mapping[str, str], note: str) -> dict[str, SentenceKind]:
    """The names of values, as they stand within a sentence."""
    return {
        id: declare(f"partnership-{what}-{id}", text, context=f"partnership, {what}", note=note)
        for id, text in words.items()
    }


def _labels(what: str, words: Mapping[str, str]) -> dict[str, SentenceKind]:
    """The names of values, as they stand by themselves, beside a box to tick."""
    return {
        id: declare(f"partnership-{what}-label-{id}", text, context=f"{_LABEL} of {what}") for id, text in words.items()
    }


def _say(code: str, text: str, note: str = "") -> SentenceKind:
    return declare(f"partnership-{code}", text, note=note)


# Names of values

INVESTMENTS = _terms(
    "investment",
    {
        "money": "money",
        "goods": "goods",
        "venue": "a place to meet",
        "time": "time",
        "expertise": "know-how",
        "reputation": "a good name",
        "promotion": "help in spreading the word",
        "access": "access",
        "content": "content",
    },
    "what a side puts in, within a sentence: “There is time and know-how from the club.”",
)
INVESTMENT_LABELS = _labels(
    "investment",
    {
        "money": "Money",
        "goods": "Goods",
        "venue": "A place to meet",
        "time": "Time",
        "expertise": "Know-how",
        "reputation": "A good name",
        "promotion": "Spreading the word",
        "access": "Access to people or places",
        "content": "Content, such as texts, pictures or data",
    },
)
GAINS = _terms(
    "gain",
    {
        "reach": "a wider audience",
        "content": "content",
        "recruits": "new people",
        "skills": "new skills",
        "mission": "progress on a goal of their own",
        "recognition": "recognition that counts",
        "revenue": "income",
        FEE: "the price of what was sold",
        THANKS: "thanks",
    },
    "what a side gets out, within a sentence: “In return: new skills and a wider audience.”",
)
GAIN_LABELS = _labels(
    "gain",
    {
        "reach": "A wider audience",
        "content": "Content, such as texts, pictures or data",
        "recruits": "New people who join in",
        "skills": "New skills",
        "mission": "Progress on a goal of their own",
        "recognition": "Recognition that counts",
        "revenue": "Income",
        FEE: "The price of what was sold",
        THANKS: "Thanks",
    },
)
NOTHING_LABEL = declare("partnership-nothing-label", "Nothing", context=_LABEL)
SIDE_KIND_LABELS: dict[SideKind, SentenceKind] = {
    SideKind.ORGANIZATION: declare("partnership-side-organization", "Organization", context=f"{_LABEL} of side"),
    SideKind.GROUP: declare("partnership-side-group", "Group", context=f"{_LABEL} of side"),
    SideKind.PERSON: declare("partnership-side-person", "Person", context=f"{_LABEL} of side"),
}
OVERLAP_LABELS: dict[Overlap, SentenceKind] = {
    Overlap.SHARED: declare("partnership-overlap-shared", "Shared", context=f"{_LABEL} of goals"),
    Overlap.COMPATIBLE: declare(
        "partnership-overlap-compatible", "Different, and compatible", context=f"{_LABEL} of goals"
    ),
    Overlap.NONE: declare("partnership-overlap-none", "No goal in common", context=f"{_LABEL} of goals"),
}
CONDITION_LABELS: dict[ConditionName, SentenceKind] = {
    ConditionName.SIDES: declare(
        "partnership-condition-sides", "There are two sides or more", context=f"{_LABEL} of condition"
    ),
    ConditionName.INVESTMENT: declare(
        "partnership-condition-investment", "Each side puts something in", context=f"{_LABEL} of condition"
    ),
    ConditionName.OVERLAP: declare(
        "partnership-condition-overlap", "Their goals meet", context=f"{_LABEL} of condition"
    ),
    ConditionName.BENEFIT: declare(
        "partnership-condition-benefit", "Each side gets something out", context=f"{_LABEL} of condition"
    ),
}
KIND_LABELS: dict[Kind, SentenceKind] = {
    Kind.PARTNERSHIP: declare("partnership-kind-partnership", "Partnership", context=f"{_LABEL} of kind"),
    Kind.SERVICE: declare("partnership-kind-service", "Service bought", context=f"{_LABEL} of kind"),
    Kind.VOLUNTEERING: declare("partnership-kind-volunteering", "Volunteering", context=f"{_LABEL} of kind"),
    Kind.DONATION: declare("partnership-kind-donation", "Donation", context=f"{_LABEL} of kind"),
    Kind.SUPPORT: declare("partnership-kind-support", "One-sided support", context=f"{_LABEL} of kind"),
    Kind.NOT_YET: declare("partnership-kind-not-yet", "Not yet a partnership", context=f"{_LABEL} of kind"),
}
KINDS: dict[Kind, SentenceKind] = {
    Kind.PARTNERSHIP: declare("partnership-it-is-partnership", "a partnership", context="partnership, kind"),
    Kind.SERVICE: declare("partnership-it-is-service", "a service bought", context="partnership, kind"),
    Kind.VOLUNTEERING: declare("partnership-it-is-volunteering", "volunteering", context="partnership, kind"),
    Kind.DONATION: declare("partnership-it-is-donation", "a donation", context="partnership, kind"),
    Kind.SUPPORT: declare("partnership-it-is-support", "one-sided support", context="partnership, kind"),
    Kind.NOT_YET: declare(
        "partnership-it-is-not-yet", "something that is not a partnership yet", context="partnership, kind"
    ),
}
UNNAMED = declare(
    "partnership-unnamed", "side {number}", context="partnership, side", note="a side that has no name yet: “side 2”"
)
NEW_SIDE = declare("partnership-new-side", "the new side", context="partnership, side")

# The verdict, by the row that decided

VERDICTS: dict[Row, SentenceKind] = {
    Row.EMPTY: _say("verdict-empty", "There is not enough here to judge by yet."),
    Row.ALONE: _say("verdict-alone", "This is not a partnership yet, for there is nobody to have it with."),
    Row.PARTNERSHIP: _say(
        "verdict-partnership",
        "This is a partnership: all put something in, all get something out, and their goals meet.",
    ),
    Row.SERVICE: _say(
        "verdict-service", "This is a service bought: one side pays, the other delivers, and then they are even."
    ),
    Row.VOLUNTEERING: _say(
        "verdict-volunteering",
        "This is volunteering: time or know-how is given by somebody in person, and nothing that counts comes back.",
    ),
    Row.DONATION: _say(
        "verdict-donation",
        "This is a donation: money, things or a place are given, and nothing that counts comes back.",
    ),
    Row.SUPPORT: _say(
        "verdict-support", "This is one-sided support: there is a helping hand, and nothing that counts comes back."
    ),
    Row.OTHERWISE: _say("verdict-otherwise", "This is not a partnership yet."),
}

# Why: each names the cells that decided

NOBODY = _say("nobody", "Nobody takes part so far.")
ONLY_ONE = _say("only-one", "There is one name on the list so far: {side}.")
SIDES_ARE = _say("sides-are", "Here they are: {sides}.", "the sides: “Here they are: the library and the club.”")

BALANCE = _say(
    "balance",
    "From {side}: {invested}. In return: {gained}.",
    "“From the library: a place to meet. In return: a wider audience and new people.”",
)
ALL_INVEST = _say("all-invest", "Something comes from everybody: {sides}.")
NONE_FROM = _say("none-from", "Nothing comes from {sides}.")
ALL_GAIN = _say("all-gain", "There is something in it for everybody: {sides}.")
NONE_FOR = _say("none-for", "There is nothing in it for {sides}.")
THANKS_FOR = _say("thanks-for", "There are only thanks in it for {sides}, and thanks alone move no goal forward.")
GOALS_SHARED = _say("goals-shared", "They want the same thing.", "all the sides together")
GOALS_COMPATIBLE = _say(
    "goals-compatible", "Their goals differ without getting in each other’s way, and that is enough."
)
GOALS_NONE = _say("goals-none", "They have no goal that they could reach together.")

PRICE_PAID = _say(
    "price-paid",
    "From {payer} there is money and nothing else; for {seller} there is the price of the service and nothing else.",
)
GIVEN = _say(
    "given",
    "There is {things} from {side}, and nothing in return.",
    "“There is time and money from the club, and nothing in return.”",
)
GIVEN_FOR_THANKS = _say(
    "given-for-thanks", "There is {things} from {side}, and only thanks in return, which do not count by themselves."
)
NOT_IN_PERSON = _say(
    "not-in-person", "Only a person can be a volunteer; here, the time or know-how comes from {sides}."
)
NOBODY_ELSE_GIVES = _say("nobody-else-gives", "Nobody else gives without getting something back.")
NO_GIFT = _say("no-gift", "It is no gift, since nobody gives for nothing, and no plain purchase, either.")
NO_GIFT_GOALS_MEET = _say(
    "no-gift-goals-meet",
    "It is no gift, since nobody gives for nothing, and no plain purchase, since their goals meet.",
)
NO_PURCHASE = _say("no-purchase", "Their goals meet, so that it is more than a purchase.")

ASK_INVESTS = _say("ask-invests", "What comes from {sides}? If it is nothing, say so.")
ASK_GAINS = _say("ask-gains", "What is in it for {sides}? It may be thanks only, or nothing.")
ASK_OVERLAP = _say("ask-overlap", "How do their goals meet? They may be shared, compatible, or have nothing in common.")
ASK_KIND = _say(
    "ask-kind",
    "Is it a person, a group or an organization: {sides}? Only a person can be a volunteer.",
)

# And what else it is: by kind, and of somebody alone

OTHERWISE: dict[Kind, SentenceKind] = {
    Kind.PARTNERSHIP: _say(
        "friendly-partnership", "Look after it: ask each other now and then whether it is still worth it for all."
    ),
    Kind.SERVICE: _say(
        "friendly-service", "Nothing is wrong with that: good work at a fair price leaves both content."
    ),
    Kind.VOLUNTEERING: _say(
        "friendly-volunteering",
        "It is a fine thing to do: a good deal of what holds the world together is done like this.",
    ),
    Kind.DONATION: _say(
        "friendly-donation", "A donation is a good thing, too: take it gladly, say thank you, and call it by its name."
    ),
    Kind.SUPPORT: _say(
        "friendly-support", "Such help is worth a lot, and worth a thank-you. It just has another name."
    ),
    Kind.NOT_YET: _say("friendly-not-yet", "What is not a partnership yet can become one: see what is missing."),
}
FRIENDLY_ALONE = _say("friendly-alone", "A plan is a good start: who else would get something out of it?")

# What is missing

NOTHING_MISSING = _say("nothing-missing", "Nothing is missing.")
ONE_MISSING = _say("one-missing", "One change would make it a partnership.")
SEVERAL_MISSING = _say("several-missing", "It would be a partnership if all of this came about:", "a list follows")
WOULD_JOIN = _say("would-join", "Somebody would have to join in.")
WOULD_INVEST = _say(
    "would-invest",
    "Something would have to come from {side}, such as {values}.",
    "“… such as money, goods or a place to meet.”",
)
WOULD_GAIN = _say("would-gain", "There would have to be something in it for {side}, such as {values}.")
WOULD_GAIN_MORE = _say("would-gain-more", "There would have to be more than thanks in it for {side}, such as {values}.")
WOULD_MEET = _say("would-meet", "Their goals would have to meet, or at least be compatible.")
STILL = _say("still", "This alone would not be enough.", "“this” is one of several changes")
WITH_THIS = _say("with-this", "With this alone, it would be {kind}.", "“… it would be a service bought.”")
WITH_THIS_NOT_YET = _say("with-this-not-yet", "With this alone, it would not be a partnership yet.")
WITH_THESE_NOT_YET = _say(
    "with-these-not-yet", "With {values} alone, it would not be a partnership yet.", "“With time or know-how alone, …”"
)
WITH_THESE = _say(
    "with-these", "With {values} alone, it would be {kind}.", "“With money alone, it would be a service bought.”"
)
