"""Terms of a glossary: found where they stand, and asked for in translations without crying wolf."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylect.messages import terms as glossary
from polylect.messages.terms import Form, Standing, Term

TAGS = ("en", "fr", "de", "fi", "ru", "ar", "he", "zh", "ja", "th", "ko", "tr", "hi", "pt-BR")
WORDS = st.sampled_from(
    [
        "partner",
        "Partnership",
        "to put in",
        "WHO",
        "C++",
        ".NET",
        "مكتبة",
        "أطراف",
        "伙伴",
        "ห้องสมุด",
        "İzmir",
        "straße",
        "ﬁn",
    ]
)
LETTERS = st.text(alphabet="abİßﬁéً́ـ伙บ้ 한<1>/\\'-.\n", max_size=12)
ANY_TEXT = st.one_of(LETTERS, st.text(max_size=20), st.lists(st.one_of(WORDS, LETTERS)).map(" ".join))
TERMS = st.lists(
    st.builds(Term, st.one_of(WORDS, LETTERS), st.sampled_from(TAGS), also=st.lists(WORDS, max_size=2).map(tuple)),
    max_size=5,
).map(tuple)


def found(text: str, *texts: str, language: str = "en", also: tuple[str, ...] = ()) -> list[str]:
    hits = glossary.find(text, tuple(Term(one, language, also=also) for one in texts), language)
    return [text[hit.start : hit.end] for hit in hits]


def term(text: str = "partnership", *forms: Form, **fields: object) -> Term:
    return Term(text, "en", forms=forms, **fields)  # type: ignore[arg-type]


def warned(source: str, target: str, *terms: Term, language: str = "fr") -> list[str]:
    return [issue.code for issue in glossary.check(source, target, terms, "en", language)]


def misses(form: str, target: str, language: str) -> bool:
    """Whether the check thinks that the target does not hold this form."""
    return warned("A partnership.", target, term("partnership", Form(form)), language=language) == ["term-missing"]


@pytest.mark.parametrize(
    ("text", "one", "language", "there"),
    [
        ("A Partnership of partners.", "partnership", "en", ["Partnership"]),
        ("Two partnerships, each partner’s own.", "partnership", "en", ["partnerships"]),
        ("Each partner's way", "partner", "en", ["partner"]),
        ("Libraries and a library", "library", "en", ["Libraries", "library"]),
        ("She gains; it is a gainful game.", "gain", "en", ["gains"]),
        ("It puts in a day, putting in more.", "to put in", "en", ["puts in", "putting in"]),
        ("One sided, one-sided, one–sided", "one-sided", "en", ["One sided", "one-sided", "one–sided"]),
        ("The WHO asks who it is", "WHO", "en", ["WHO"]),
        ("NGOs and ngos", "NGO", "en", ["NGOs"]),
        ("C++, not C or D++", "C++", "en", ["C++"]),
        ("Use .NET or a net.", ".NET", "en", [".NET"]),
        ("each other's way", "each other’s way", "en", ["each other's way"]),
        ("common <1>goals</1> matter", "common goal", "en", ["common <1>goals"]),
        ("<img1/> of an img", "img", "en", ["img"]),
        ("der Verträge und Vertragsende", "Vertrag", "de", ["Verträge"]),
        ("les partenariats", "partenariat", "fr", ["partenariats"]),
        ("l’alliance, d'alliances", "alliance", "fr", ["alliance", "alliances"]),
        ("dos donaciones", "donación", "es", ["donaciones"]),
        ("والشراكة، وشراكات", "شراكة", "ar", ["شراكة", "شراكات"]),
        ("تبرع", "تبرّع", "ar", ["تبرع"]),
        ("建立伙伴关系吧", "伙伴关系", "zh", ["伙伴关系"]),
        ("ที่ห้องสมุดใหญ่", "ห้องสมุด", "th", ["ห้องสมุด"]),
        ("파트너십은 좋다", "파트너십", "ko", ["파트너십은"]),
        ("ウィキのWikipediaで", "Wikipedia", "ja", ["Wikipedia"]),
    ],
)
def test_a_term_is_found_as_whole_words(text: str, one: str, language: str, there: list[str]) -> None:
    assert found(text, one, language=language) == there


def test_the_longest_term_is_found_first() -> None:
    assert found("One-sided support, and support", "support", "one-sided support") == ["One-sided support", "support"]


def test_other_spellings_of_a_term_are_given_by_its_author() -> None:
    assert found("Women and a woman", "woman", also=("women",)) == ["Women", "woman"]


@pytest.mark.parametrize(
    ("form", "target", "language"),
    [
        ("partenariat", "Les partenariats", "fr"),
        ("apporter", "Chacun apporte du temps.", "fr"),
        ("service acheté", "Ce sont des services achetés.", "fr"),
        ("prix habituel", "les prix habituels", "fr"),
        ("donación", "dos donaciones", "es"),
        ("aportar", "lo que aportan", "es"),
        ("contar", "Eso cuenta.", "es"),
        ("obtener", "qué obtiene", "es"),
        ("estorbarse", "se estorban", "es"),
        ("faire passer le mot", "Il fait passer le mot.", "fr"),
        ("se cumple una condición", "se cumplen las condiciones", "es"),
        ("Partnerschaft", "eine Bildungspartnerschaft", "de"),
        ("Ziel", "gemeinsame Ziele", "de"),
        ("Vertrag", "des Vertrages", "de"),
        ("kumppanuus", "kumppanuuden", "fi"),
        ("lahjoitus", "lahjoituksesta", "fi"),
        ("партнёрство", "о партнерствах", "ru"),
        ("общая цель", "с общими целями", "ru"),
        ("شراكة", "وبالشراكات", "ar"),
        ("شراكة", "شراكتهم", "ar"),
        ("طرف", "الأطراف", "ar"),
        ("هدف", "أهدافهما", "ar"),
        ("فائدة", "فوائد", "ar"),
        ("تلتقي الأهداف", "وأهدافهم تلتقي", "ar"),
        ("مجموعة الويكي", "مجموعة ويكي", "ar"),
        ("يجني", "ما تجنيه", "ar"),
        ("يقدّم", "ما تقدمه المكتبة", "ar"),
        ("دعم من طرف واحد", "الدعم من طرف واحد", "ar"),
        ("שותפות", "בשותפויות", "he"),
        ("ortaklık", "ortaklığın", "tr"),
        ("伙伴关系", "这是伙伴关系。", "zh"),
        ("파트너십", "파트너십에서", "ko"),
    ],
)
def test_an_inflected_form_is_no_reason_to_warn(form: str, target: str, language: str) -> None:
    assert not misses(form, target, language)


@pytest.mark.parametrize(
    ("form", "target", "language"),
    [
        ("partenariat", "Une association.", "fr"),
        ("don", "Il donne donc.", "fr"),
        ("donación", "un regalo", "es"),
        ("Partnerschaft", "ein Bund", "de"),
        ("партнёрство", "союз", "ru"),
        ("شراكة", "جمعية", "ar"),
        ("طرف", "جهة", "ar"),
        ("伙伴关系", "伙伴", "zh"),
    ],
)
def test_a_form_that_is_not_there_is_missed(form: str, target: str, language: str) -> None:
    assert misses(form, target, language)


def test_what_is_missing_is_said_with_the_preferred_forms() -> None:
    forms = (Form("apport"), Form("mise"), Form("contribution", Standing.ALLOWED))
    (issue,) = glossary.check("an investment", "l’argent", (term("investment", *forms),), "en", "fr")
    assert issue.sentence == "The glossary has “apport / mise” for “investment”, and it is not in the translation."
    assert not warned("an investment", "la contribution", term("investment", *forms))


def test_a_forbidden_form_is_told_with_what_to_write() -> None:
    forms = (Form("alianza"), Form("asociación", Standing.FORBIDDEN))
    (issue,) = glossary.check("Partnerships", "Las Asociaciones", (term("partnership", *forms),), "en", "es")
    assert issue.sentence == "“Asociaciones” is not to be used for “partnership”. Write “alianza” instead."
    assert warned("A club.", "Una asociación.", term("partnership", *forms), language="es") == []


def test_a_forbidden_form_that_nothing_replaces_is_told_too() -> None:
    alone = term("partnership", Form("société", Standing.FORBIDDEN))
    assert warned("A partnership", "Une société", alone) == ["term-forbidden-alone"]
    assert warned("A partnership", "Un partenariat", alone) == []


def test_a_forbidden_word_may_be_part_of_what_was_agreed_on() -> None:
    favor = term("favor", Form("geste"), Form("service", Standing.FORBIDDEN))
    bought = term("service bought", Form("service acheté"))
    source = "A favor is no service bought."
    assert warned(source, "Un geste n’est pas un service acheté.", favor, bought) == []
    assert warned(source, "Un service n’est pas un service acheté.", favor, bought) == ["term-forbidden"]


def test_a_term_that_is_not_translated_stays_as_it_is() -> None:
    wiki = term("Wiki Loves", is_untranslatable=True)
    assert warned("Wiki Loves", "Wiki aime", wiki) == ["term-changed"]
    assert warned("wiki loves monuments", "Les « wiki loves »", wiki) == []
    assert warned("Wiki Loves", "auf Wiki Lovesin", wiki) == []


def test_a_term_without_forms_asks_for_nothing() -> None:
    assert warned("A partnership", "Un lien", term()) == []
    assert warned("A partnership", " ", term("partnership", Form("partenariat"))) == []


def test_each_term_is_told_once() -> None:
    assert warned("Partnership, partnerships", "rien", term("partnership", Form("partenariat"))) == ["term-missing"]


def test_forms_of_the_nearest_language_count() -> None:
    forms = (Form("parceria", language="pt"), Form("acordo", language="pt-BR"))
    one = term("partnership", *forms)
    assert [form.text for form in one.forms_in("pt-BR")] == ["acordo"]
    assert [form.text for form in one.forms_in("pt-PT")] == ["parceria"]
    assert one.forms_in("fr") == ()


@given(ANY_TEXT, TERMS, st.sampled_from(TAGS))
def test_hits_are_in_the_text_and_do_not_overlap(text: str, terms: tuple[Term, ...], language: str) -> None:
    after = 0
    for hit in glossary.find(text, terms, language):
        assert after <= hit.start < hit.end <= len(text)
        assert hit.term in terms
        after = hit.end


@given(WORDS, st.sampled_from(TAGS), st.sampled_from(TAGS))
def test_a_word_is_found_in_itself_and_said_by_itself(word: str, language: str, target: str) -> None:
    one = Term(word, language, forms=(Form(word),))
    assert glossary.find(f"({word})", (one,), language) or word.startswith("to ")
    assert glossary.check(word, f"({word})", (one,), language, target) == ()


@given(ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT, max_size=4), st.sampled_from(TAGS), st.sampled_from(TAGS))
def test_nothing_that_people_write_breaks_a_check(
    source: str, target: str, words: list[str], language: str, into: str
) -> None:
    standings = (Standing.PREFERRED, Standing.FORBIDDEN, Standing.ALLOWED)
    forms = tuple(Form(word, standing) for word, standing in zip(words, standings, strict=False))
    terms = tuple(Term(word, language, forms=forms) for word in words)
    for issue in glossary.check(source, target, terms, language, into):
        assert issue.sentence


@given(ANY_TEXT, TERMS, st.sampled_from(TAGS), st.sampled_from(TAGS))
def test_a_text_left_as_it_is_keeps_what_is_not_translated(
    text: str, terms: tuple[Term, ...], language: str, into: str
) -> None:
    kept = tuple(Term(one.text, one.language, is_untranslatable=True, also=one.also) for one in terms)
    assert glossary.check(text, text, kept, language, into) == ()
