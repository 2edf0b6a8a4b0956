"""Characters that a language needs and many keyboards lack: the workbench offers them beside the text."""

from polylect import languages

_CHARACTERS = {
    "ar": "، ؛ ؟ « » ٪ ً ٌ ٍ َ ُ ِ ّ ْ",
    "bn": "। ॥ “ ” ‘ ’",
    "ca": "« » · ç ï ü à è é í ò ó ú",
    "cs": "„ “ á č ď é ě í ň ó ř š ť ú ů ý ž",
    "de": "„ “ ‚ ‘ – ä ö ü ß Ä Ö Ü",
    "el": "« » · ; ά έ ή ί ό ύ ώ",
    "es": "¿ ¡ « » ñ á é í ó ú ü",
    "fa": "، ؛ ؟ « » ٪ \u200c",
    "fr": "« » ’ … œ æ ç É È À Ê Ç \u202f",
    "ha": "ɓ ɗ ƙ ƴ Ɓ Ɗ Ƙ ’",
    "he": "״ ׳ ־ ₪ „ ”",
    "hi": "। ॥ “ ” ‘ ’ ़",
    "hu": "„ ” á é í ó ö ő ú ü ű",
    "ig": "ị ọ ụ ṅ Ị Ọ Ụ",
    "it": "« » à è é ì ò ù È",
    "ja": "、 。 「 」 『 』 ・ ー 〜 …",
    "ko": "“ ” ‘ ’ · …",
    "pl": "„ ” ą ć ę ł ń ó ś ź ż",
    "pt": "« » “ ” ã õ á é í ó ú â ê ô à ç",
    "ro": "„ ” « » ă â î ș ț",
    "ru": "« » „ “ — ё № ́",
    "sw": "“ ” ‘ ’ ng’",
    "tr": "ç ğ ı İ ö ş ü “ ”",
    "uk": "« » „ “ — ґ є і ї ’",
    "ur": "، ؛ ؟ ۔ “ ”",
    "vi": "ă â đ ê ô ơ ư à á ả ã ạ",
    "yo": "ẹ ọ ṣ Ẹ Ọ Ṣ ̀ ́",
    "zh": "， 。 、 ； ： ？ ！ “ ” 《 》 ……",
}
_ANY = "“ ” ‘ ’ – — …"


def characters_of(language: str) -> tuple[str, ...]:
    """What is offered for a language, or for what it falls back on."""
    found = (_CHARACTERS[tag] for tag in languages.chain(language) if tag in _CHARACTERS)
    return tuple(next(found, _ANY).split(" "))
