"""The numbers are those that Python 2 drew: known from the package random2, and from the marked problems."""

import pytest

from polylect_sandbox.python2_random import Random

KNOWN = [
    ("[random.randint(1, 6) for _ in range(8)]", 1, [1, 6, 5, 2, 3, 3, 4, 5]),
    ("[random.randint(1, 6) for _ in range(8)]", 723, [4, 2, 2, 2, 5, 4, 3, 5]),
    ("random.randint(0, 1e9)", 1, 134364244),
    ("random.randint(0, 1e9)", 723, 542598487),
    ("random.randrange(10)", 1, 1),
    ("random.randrange(10)", 723, 5),
    ("random.randrange(3, 50, 7)", 1, 3),
    ("random.randrange(3, 50, 7)", 723, 24),
    ("random.randrange(50, 3, -7)", 1, 50),
    ("random.randrange(50, 3, -7)", 723, 29),
    ("random.randrange(2 ** 60)", 1, 145514431571737540),
    ("random.randrange(2 ** 60)", 723, 404634738211929112),
    ("random.randrange(0, 2 ** 70, 3)", 1, 152947929256883894928),
    ("random.randrange(0, 2 ** 70, 3)", 723, 341752626994918929480),
    ("random.choice('abcdefghij')", 1, "b"),
    ("random.choice('abcdefghij')", 723, "f"),
    ("random.sample(range(20), 3)", 1, [2, 16, 13]),
    ("random.sample(range(20), 3)", 723, [10, 3, 18]),
    ("random.sample(range(1000), 8)", 1, [134, 847, 763, 255, 495, 449, 651, 788]),
    ("random.sample(range(1000), 8)", 723, [542, 204, 193, 254, 763, 577, 465, 680]),
    ("sorted(random.sample(set(range(30)), 3)) and random.random()", 1, 0.49543508709194095),
    ("random.sample({1: 2, 3: 4, 5: 6}, 2)", 1, [1, 3]),
    ("random.sample({1: 2, 3: 4, 5: 6}, 2)", 723, [3, 1]),
    ("[x := list(range(10)), random.shuffle(x), x][2]", 1, [8, 0, 3, 4, 5, 2, 9, 6, 7, 1]),
    ("[x := list(range(5)), random.shuffle(x, lambda: 0.3), x][2]", 1, [3, 2, 0, 4, 1]),
    ("random.uniform(2, 5)", 1, 2.4030927323372038),
    ("random.uniform(2, 5)", 723, 3.6277954617623016),
    ("[random.gauss(5, 1), random.gauss(5, 1)]", 1, [6.288184753155463, 6.4494456086997705]),
    ("[random.gauss(5, 1), random.gauss(5, 1)]", 723, [4.3478292583721405, 4.821152425267262]),
    ("random.normalvariate(0, 1)", 1, 0.6074558576437062),
    ("random.normalvariate(0, 1)", 723, 0.09185360674183059),
    ("random.lognormvariate(0, 1)", 1, 1.8357550305018295),
    ("random.lognormvariate(0, 1)", 723, 1.0962043334098865),
    ("random.expovariate(2)", 1, 0.0721455320547546),
    ("random.expovariate(2)", 723, 0.39109684506380515),
    ("random.triangular(1, 9, 3)", 1, 2.466229145051489),
    ("random.triangular(1, 9, 3)", 723, 4.314354621633945),
    ("random.triangular()", 1, 0.2591951428098154),
    ("random.triangular()", 723, 0.5217733211405393),
    ("random.gammavariate(1, 2)", 1, 4.014401854237151),
    ("random.gammavariate(1, 2)", 723, 1.2227713334379737),
    ("random.gammavariate(3, 2)", 1, 2.608149200736598),
    ("random.gammavariate(3, 2)", 723, 6.476285621869215),
    ("random.gammavariate(0.5, 2)", 1, 0.050612361875804396),
    ("random.gammavariate(0.5, 2)", 723, 0.8253655450418126),
    ("random.betavariate(1, 2)", 1, 0.27163586971639875),
    ("random.betavariate(1, 2)", 723, 0.40118281113188514),
    ("random.paretovariate(3)", 1, 1.0492724522368002),
    ("random.paretovariate(3)", 723, 1.2978787877252975),
    ("random.weibullvariate(1, 2)", 1, 0.37985663625835103),
    ("random.weibullvariate(1, 2)", 723, 0.8844171471243705),
    ("random.vonmisesvariate(1, 2)", 1, 1.1500627944441046),
    ("random.vonmisesvariate(1, 2)", 723, 0.23680349407565315),
    ("random.vonmisesvariate(1, 0)", 1, 0.8442354444173306),
    ("random.vonmisesvariate(1, 0)", 723, 3.4092468428128346),
    ("random.getrandbits(40)", 1, 623347347957),
    ("random.getrandbits(40)", 723, 191309003800),
]


@pytest.mark.parametrize(("call", "seed", "expected"), KNOWN)
def test_draws_what_python_2_drew(call: str, seed: int, expected: object) -> None:
    assert eval(call, {"random": Random(seed), "range": range}) == expected


def test_a_text_counts_by_its_hash_and_a_number_as_itself() -> None:
    assert Random("a").random() == Random(hash("a")).random()
    assert Random(True).random() == Random(1).random()
    assert Random(-5).random() == Random(5).random()
    assert 0 <= Random().random() < 1


def test_a_state_can_be_kept() -> None:
    chance = Random(1)
    chance.gauss(0, 1)
    state = chance.getstate()
    first = [chance.gauss(0, 1), chance.random()]
    chance.setstate(state)
    assert [chance.gauss(0, 1), chance.random()] == first


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("random.randint(5, 4)", "empty range"),
        ("random.randrange(0)", "empty range"),
        ("random.randrange(1, 2, 0)", "zero step"),
        ("random.randint(1.5, 2)", "non-integer arg 1"),
        ("random.randrange(1, 2.5)", "non-integer stop"),
        ("random.randrange(1, 9, 1.5)", "non-integer step"),
        ("random.sample([1], 2)", "larger than population"),
    ],
)
def test_refuses_what_it_cannot_draw(call: str, error: str) -> None:
    with pytest.raises(ValueError, match=error):
        eval(call, {"random": Random(1)})


def test_nothing_can_be_chosen_from_nothing() -> None:
    with pytest.raises(IndexError):
        Random(1).choice([])
