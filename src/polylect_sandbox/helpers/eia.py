"""The preferred values of resistors (IEC 60063), as scripts know them: `eia.E24`.

Each decade's twelfths stand together, the coarser series first, for scripts pick values by position.
"""


def _by_twelfths(values: list[int]) -> list[int]:
    stride = len(values) // 12
    return [value for start in range(stride) for value in values[start::stride]]


def _of_three_digits(count: int) -> list[int]:
    exact = (100 * 10 ** (at / count) for at in range(count))
    return _by_twelfths([920 if (count, round(value)) == (192, 919) else round(value) for value in exact])


E6 = [10, 15, 22, 33, 47, 68]
E12 = [10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82]
E24 = _by_twelfths(sorted([*E12, 11, 13, 16, 20, 24, 30, 36, 43, 51, 62, 75, 91]))
E48 = _of_three_digits(48)
E96 = _of_three_digits(96)
E192 = _of_three_digits(192)
