"""What is said of a judgement: as a person would say it of this case."""

from hypothesis import given

from library.partnership.strategies import arrangements
from polylect.partnership import (
    STANDARD,
    Arrangement,
    ConditionName,
    Kind,
    Nearest,
    Overlap,
    Part,
    Side,
    SideKind,
    State,
    Value,
    Values,
    condition_sentences,
    english,
    explained,
    gain_label,
    investment_label,
    judge,
    label,
    nearest,
    nearest_sentences,
    nothing_label,
    parse,
    reasons,
    side_name,
    step_sentences,
)

HALL = {"id": "hall", "name": "the hall", "kind": "organization", "invests": "venue", "gains": "thanks"}
CHOIR = {"id": "choir", "name": "the choir", "kind": "group", "invests": "time", "gains": "reach"}
IDLE = {"id": "idle", "name": "the club", "kind": "group", "invests": "nothing", "gains": "nothing"}


def _arrangement(*sides: dict[str, object], overlap: str | None = "shared") -> Arrangement:
    arrangement, issues = parse({"sides": list(sides), "overlap": overlap})
    assert issues == []
    return arrangement


def _conditions(arrangement: Arrangement) -> dict[ConditionName, tuple[State, str]]:
    judgement = judge(arrangement)
    return {
        condition.name: (condition.state, english(condition_sentences(judgement, condition)))
        for condition in judgement.conditions
    }


def _steps(found: Nearest) -> list[str]:
    return [english(step_sentences(found, step)) for step in found.steps]


def test_conditions_that_are_fulfilled_say_by_whom() -> None:
    assert _conditions(_arrangement({**HALL, "gains": "mission"}, CHOIR, overlap="compatible")) == {
        ConditionName.SIDES: (State.FULFILLED, "Here they are: the hall and the choir."),
        ConditionName.INVESTMENT: (State.FULFILLED, "Something comes from everybody: the hall and the choir."),
        ConditionName.OVERLAP: (
            State.FULFILLED,
            "Their goals differ without getting in each other’s way, and that is enough.",
        ),
        ConditionName.BENEFIT: (
            State.FULFILLED,
            "There is something in it for everybody: the hall and the choir.",
        ),
    }


def test_conditions_that_fail_say_because_of_whom() -> None:
    assert _conditions(_arrangement(HALL, IDLE, CHOIR, overlap="none")) == {
        ConditionName.SIDES: (State.FULFILLED, "Here they are: the hall, the club, and the choir."),
        ConditionName.INVESTMENT: (State.FAILED, "Nothing comes from the club."),
        ConditionName.OVERLAP: (State.FAILED, "They have no goal that they could reach together."),
        ConditionName.BENEFIT: (
            State.FAILED,
            "There is nothing in it for the club. "
            "There are only thanks in it for the hall, and thanks alone move no goal forward.",
        ),
    }


def test_conditions_that_are_open_ask() -> None:
    assert _conditions(_arrangement({"name": "Noor"}, overlap=None)) == {
        ConditionName.SIDES: (State.FAILED, "There is one name on the list so far: Noor."),
        ConditionName.INVESTMENT: (State.OPEN, "What comes from Noor? If it is nothing, say so."),
        ConditionName.OVERLAP: (
            State.OPEN,
            "How do their goals meet? They may be shared, compatible, or have nothing in common.",
        ),
        ConditionName.BENEFIT: (State.OPEN, "What is in it for Noor? It may be thanks only, or nothing."),
    }


def test_one_change_is_told_without_what_it_would_be() -> None:
    found = nearest(_arrangement(HALL, CHOIR))
    assert english(nearest_sentences(found)[:1]) == "One change would make it a partnership."
    assert _steps(found) == [
        "There would have to be more than thanks in it for the hall, such as a wider audience, content, or new people."
    ]


def test_each_of_several_changes_says_what_it_would_be_alone() -> None:
    assert _steps(nearest(_arrangement(IDLE, {**CHOIR, "gains": "fee"}, overlap="none"))) == [
        "Something would have to come from the club, such as money, goods, or a place to meet. "
        "With money alone, it would be a service bought. "
        "With goods or a place to meet alone, it would be a donation. "
        "With time, know-how, or a good name alone, it would be one-sided support.",
        "There would have to be something in it for the club, such as a wider audience, content, or new people. "
        "This alone would not be enough.",
        "Their goals would have to meet, or at least be compatible. This alone would not be enough.",
    ]


def test_one_change_can_make_it_something_else_that_is_no_partnership_yet() -> None:
    first, second = _steps(nearest(_arrangement(HALL, {**IDLE, "gains": "reach"})))
    assert first.endswith("With this alone, it would not be a partnership yet.")
    assert second.endswith("This alone would not be enough.")


def test_a_value_alone_can_lead_away_from_a_kind() -> None:
    """Who adds anything but time is no volunteer any more, and who gains is none, either."""
    volunteer = {"id": "noor", "name": "Noor", "kind": "person", "invests": "time", "gains": "nothing"}
    found = nearest(_arrangement(volunteer, {**IDLE, "gains": "skills"}, overlap="none"))
    assert [step.cell.part for step in found.steps] == [Part.GAINS, Part.INVESTS, Part.OVERLAP]
    assert "With this alone, it would not be a partnership yet." in _steps(found)[0]


def test_a_side_that_would_join_is_the_new_one() -> None:
    found = nearest(_arrangement(CHOIR))
    assert _steps(found)[:2] == [
        "Somebody would have to join in.",
        "Something would have to come from the new side, such as money, goods, or a place to meet.",
    ]


def test_of_nobody_it_is_said_that_nobody_is_there() -> None:
    assert "Nobody takes part so far." in english(explained(judge(Arrangement())))
    assert "side 2" in " ".join(_steps(nearest(Arrangement())))


def test_nothing_is_missing_of_a_partnership() -> None:
    found = nearest(_arrangement({**HALL, "gains": "reach"}, CHOIR))
    assert english(nearest_sentences(found)) == "Nothing is missing."


def test_every_value_has_a_name_to_stand_by_itself() -> None:
    values = Values((Value("seeds", "rare seeds"),), (Value("card", "a card", "thanks"),))
    labels = [investment_label(id, values) for id in values.investments] + [
        gain_label(id, values) for id in values.gains
    ]
    names = [label if isinstance(label, str) else label.english for label in labels]
    assert {"Money", "A wider audience", "Thanks", "rare seeds", "a card"} <= set(names)
    assert not set(names) & {*STANDARD.investments, *STANDARD.gains}


def test_every_choice_has_a_name_to_stand_by_itself() -> None:
    choices = [*Kind, *SideKind, *Overlap, *ConditionName]
    names = {label(choice).english for choice in choices} | {nothing_label().english}
    assert len(names) == len(choices) + 1


def test_a_value_that_nobody_knows_is_called_by_its_id() -> None:
    side = Side("a", "Noor", SideKind.PERSON, frozenset({"stardust"}), frozenset())
    other = Side("b", "Ben", SideKind.PERSON, frozenset(), frozenset({"reach"}))
    assert "There is stardust from Noor" in english(explained(judge(Arrangement((side, other), Overlap.SHARED))))


@given(arrangements(is_filled=False, least=0))
def test_everything_can_be_said_and_names_every_side_as_people_call_it(arrangement: Arrangement) -> None:
    judgement = judge(arrangement)
    found = nearest(arrangement)
    conditions = [condition_sentences(judgement, condition) for condition in judgement.conditions]
    steps = [step_sentences(found, step) for step in found.steps]
    for sentences in (explained(judgement), *conditions, *steps):
        assert all(sentence.english.strip() for sentence in sentences)
    for reason in reasons(judgement):
        for cell in reason.cells:
            if cell.side and reason.sentence.params:
                name = side_name(arrangement, arrangement.side(cell.side))
                assert (name if isinstance(name, str) else name.english) in reason.sentence.english
