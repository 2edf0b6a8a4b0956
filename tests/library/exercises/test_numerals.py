"""Numbers as languages write them."""

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from polylect.exercises import numerals


@pytest.mark.parametrize(
    ("language", "written", "ascii_text"),
    [
        ("en", "1,234.5", "1234.5"),
        ("en", "1,234,567", "1234567"),
        ("fr", "1 234,5", "1234.5"),
        ("fr", "1\u202f234,5", "1234.5"),
        ("fr", "1\u00a0234\u00a0567", "1234567"),
        ("de", "1.234,5", "1234.5"),
        ("de", "1.234", "1234"),
        ("de-CH", "1’234.5", "1234.5"),
        ("es", "3,5", "3.5"),
        ("hi", "12,34,567.8", "1234567.8"),
        ("ar", "١٬٢٣٤٫٥", "1234.5"),
        ("ar", "٣٫٥", "3.5"),
        ("fa", "۳٫۵", "3.5"),
        ("bn", "১২", "12"),
        ("en", "１２", "12"),
        ("pt-BR", "0,125", "0.125"),
        ("en", "−5", "-5"),
        ("en", "2×3", "2*3"),
        ("fr", "2,5*(1,5+1)", "2.5*(1.5+1)"),
        ("fr", ",5", ".5"),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(language: str, written: str, ascii_text: str) -> None:
    assert numerals.in_ascii(written, language) == ascii_text


@pytest.mark.parametrize(
    ("language", "written", "ascii_text"),
    [("en", "3,5", "3.5"), ("de", "0.125", "0.125"), ("de", "3.5", "3.5"), ("fr", "3.5", "3.5"), ("xx", "3,5", "3.5")],
)
def test_a_sign_that_cannot_group_is_a_decimal_sign(language: str, written: str, ascii_text: str) -> None:
    assert numerals.in_ascii(written, language) == ascii_text


@pytest.mark.parametrize(
    ("language", "written", "ascii_text"),
    [
        ("fr", "1,5·x²", "1.5*x^2"),
        ("en", "1,234*x_1", "1234*x_1"),
        ("en", "√(2)·θ⁻¹²", "sqrt(2)*theta^-12"),
        ("el", "Ω·ς+ϕ", "Omega*sigma+phi"),
        ("en", "x’+x″", "x'+x''"),
        ("en", "R_1‖R_2", "R_1||R_2"),
        ("ar", "٢٫٥×س", "2.5*س"),
    ],
)
def test_a_formula_is_read_as_people_write_it(language: str, written: str, ascii_text: str) -> None:
    assert numerals.formula_in_ascii(written, language) == ascii_text


@pytest.mark.parametrize("written", ["x1,5", "x_1,234", "1e3,5", "U_{1,2}"])
def test_digits_of_a_name_are_no_number(written: str) -> None:
    assert numerals.in_ascii(written, "fr") in (written, "U_{1.2}")


@pytest.mark.parametrize("written", ["1,2,3", "1.2.3", "12 34", "1,23,4", "five", ""])
def test_what_is_no_number_stays_as_it_is(written: str) -> None:
    assert numerals.in_ascii(written, "en") == written


@given(
    st.decimals(-(10**9), 10**9, places=3),
    st.sampled_from(["en", "fr", "de", "es", "pt-BR", "ar", "ar-EG", "fa", "hi", "bn", "ru", "sv", "ja", "he", "sw"]),
)
def test_a_number_that_a_library_writes_in_a_language_is_read_back(number: object, language: str) -> None:
    written = format_decimal(number, "#,##0.000", locale=language.replace("-", "_"), numbering_system="default")
    assert float(numerals.in_ascii(written, language)) == float(str(number))


@pytest.mark.parametrize(("language", "written"), [("en", "3.5"), ("fr", "3,5"), ("pt-BR", "3,5"), ("xx", "3.5")])
def test_the_example_for_learners_is_written_as_they_would(language: str, written: str) -> None:
    assert numerals.example(language) == written
