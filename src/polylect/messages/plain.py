"""The message of a text that is not HTML: a title, a name, an option. Only the variables of exercises are
placeholders.
"""

from polylect.messages.message import (
    VARIABLE,
    Form,
    Kind,
    Mark,
    Message,
    Placeholder,
    Target,
    join,
    split,
    without_controls,
)


def find(
    role: str, text: str, *, kind: Kind, reveals: bool = False, note: str = "", has_variables: bool = False
) -> tuple[Message, ...]:
    """The message of a text that is not HTML: one, or none where it says nothing."""
    if not any(character.isalnum() for character in text):
        return ()
    parts = _plain_parts(text, has_variables)
    placeholders = tuple(_of_variable(part, text) for part in parts if isinstance(part, Mark)) if has_variables else ()
    return (Message(role, without_controls(join(parts)), kind, reveals, note, placeholders=placeholders),)


def put_back(text: str, target: Target, *, has_variables: bool = False) -> str:
    """A target's words as plain text, its variables written as in the source text."""
    variables = VARIABLE.findall(text) if has_variables else []
    parts = (
        part if isinstance(part, str) else variables[part.number - 1] if 0 < part.number <= len(variables) else ""
        for part in split(target.text)
    )
    return without_controls("".join(parts))


def _plain_parts(text: str, has_variables: bool) -> list[str | Mark]:
    parts: list[str | Mark] = []
    after = 0
    for number, found in enumerate(VARIABLE.finditer(text) if has_variables else (), start=1):
        parts += [text[after : found.start()], Mark(number, Form.ALONE, "var")]
        after = found.end()
    return [*parts, text[after:]]


def _of_variable(mark: Mark, text: str) -> Placeholder:
    return Placeholder(mark.number, "var", False, VARIABLE.findall(text)[mark.number - 1])
