"""The form of a case: what it shows is what it reads, and whatever is sent can be judged."""

from collections.abc import Iterator

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from polylect.partnership import Arrangement, Kind
from polylect_web.practice import described
from polylect_web.practice.answer import answer, repaired
from polylect_web.practice.described import CaseFields, Described, from_form, numbered
from web.practice.test_case_file import arrangements

names = st.sampled_from(["side", "name-1", "kind-1", "invests-1", "gains-1", "gains-2", "invests-11", "overlap", "act"])
values = st.sampled_from(["1", "2", "11", "0", "nothing", "time", "reach", "thanks", "person", "shared", "none"])
sent = st.lists(st.tuples(names, values | st.text(max_size=9)), max_size=40)


def posted(pairs: list[tuple[str, str]]) -> QueryDict:
    form = QueryDict(mutable=True)
    for name, value in pairs:
        form.appendlist(name, value)
    return form


def shown(fields: CaseFields) -> Iterator[tuple[str, str]]:
    """What a browser sends of this form."""
    for side in fields.sides:
        yield "side", side.key
        yield f"name-{side.key}", side.name
        yield from ((f"kind-{side.key}", kind.value) for kind in side.kinds if kind.is_chosen)
        for cell in (side.invests, side.gains):
            yield from ((cell.name, choice.value) for choice in cell.choices if choice.is_chosen)
    yield from ((fields.overlap.name, choice.value) for choice in fields.overlap.choices if choice.is_chosen)


@given(arrangements)
def test_what_the_form_shows_is_what_it_reads(case: Arrangement) -> None:
    case = numbered(case)
    assert from_form(posted(list(shown(described.fields(Described(case)))))) == Described(case)


@given(sent)
def test_whatever_is_sent_is_judged_and_shown_again(pairs: list[tuple[str, str]]) -> None:
    read = from_form(posted(pairs))
    given_answer = answer(read.arrangement)
    assert len(given_answer.conditions) == 4
    described.fields(read, given_answer.empty)


@given(arrangements)
def test_the_changes_that_are_offered_make_a_partnership(case: Arrangement) -> None:
    case = numbered(case)
    chosen = {step.field: step.options[-1].value for step in answer(case).steps if step.options}
    given_answer = answer(repaired(case, chosen.get))
    assert not answer(case).is_judged or given_answer.name == Kind.PARTNERSHIP.value


@given(arrangements, st.integers(0, 6))
def test_a_side_that_came_goes_again(case: Arrangement, number: int) -> None:
    case = numbered(case)
    more = described.with_one_more(case)
    if len(case.sides) < 5:
        (new,) = set(more.sides) - set(case.sides)
        assert described.without(more, new.id.removeprefix("side-")) == case
    assert described.without(case, str(number)).sides
