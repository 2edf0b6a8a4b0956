"""Whole numbers in addresses and forms, which anybody may write as they like."""


def whole_number(written: str, most_digits: int = 18) -> int | None:
    """The number that is written in plain digits; None for anything else, also for more than `most_digits` of them: 18
    fit every kind of integer column.

    `str.isdigit` alone is not enough: it takes `²`, which `int` does not.
    """
    is_number = written.isascii() and written.isdigit() and len(written) <= most_digits
    return int(written) if is_number else None
