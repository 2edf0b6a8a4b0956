"""How runs, units and blocks stand in addresses: `<run:run_key>`, `<code:unit_code>`."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from polylect.keys import RunKey


class RunKeyConverter:
    """A run in an address: `Polylect+PARTNERS+2026`."""

    regex = r"[^/+]+\+[^/+]+\+[^/+]+"

    def to_python(self, value: str) -> RunKey:
        return RunKey.parse(value)

    def to_url(self, value: object) -> str:
        return str(value)


class CodeConverter(StringConverter):
    """The code of a unit or block: anything but NUL, which PostgreSQL cannot even look for."""

    regex = r"[^/\0]+"


register_converter(RunKeyConverter, "run")
register_converter(CodeConverter, "code")
