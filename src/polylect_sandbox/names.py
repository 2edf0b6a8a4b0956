"""What a script finds: modules it may import, and the names that are there before it begins, as in Open edX.

Open edX puts `random`, `math`, `numpy` and the rest into every script's names, and authors rely on it. A module that is
not here stands under its name all the same, and says so once it is used.
"""

import builtins
import importlib
import importlib.util
import io
import os
import random
import sys
from collections.abc import Collection, Mapping, Sequence
from types import ModuleType
from typing import Any

from polylect_sandbox import python2_random
from polylect_sandbox.helpers import calc, eia, loncapa_check

IMPORTABLE = (
    *(
        "__future__",
        "abc",
        "array",
        "ast",
        "base64",
        "binascii",
        "bisect",
        "calendar",
        "cmath",
        "codecs",
        "collections",
    ),
    *("collections.abc", "contextlib", "copy", "copyreg", "csv", "dataclasses", "datetime", "decimal", "difflib"),
    *(
        "enum",
        "errno",
        "fractions",
        "functools",
        "gc",
        "hashlib",
        "heapq",
        "html",
        "inspect",
        "io",
        "itertools",
        "json",
    ),
    *(
        "keyword",
        "locale",
        "logging",
        "math",
        "numbers",
        "operator",
        "os",
        "os.path",
        "pprint",
        "queue",
        "random",
        "re",
    ),
    *("reprlib", "secrets", "stat", "statistics", "string", "struct", "sys", "textwrap", "time", "token", "tokenize"),
    *("traceback", "types", "typing", "unicodedata", "urllib.parse", "warnings", "weakref", "zlib"),
    # what these import only when they are used
    *("_strptime", "encodings.ascii", "encodings.latin_1", "encodings.utf_16", "encodings.utf_8_sig"),
)
"""The standard library as scripts may have it."""

_NUMPY = ("numpy", *(f"numpy.{part}" for part in ("random", "linalg", "fft", "polynomial", "ma")))
_SCIPY = tuple(f"scipy.{part}" for part in ("stats", "optimize", "integrate", "interpolate", "constants", "special"))
NUMERIC: Mapping[str, Sequence[str]] = {"scipy": (*_NUMPY, *_SCIPY), "numpy": _NUMPY}
"""What is imported for scripts that say one of these words, the first that fits, where it is installed: it is too much
for all others."""

_ASSUMED = {
    "numpy": "numpy",
    "math": "math",
    "scipy": "scipy",
    "calc": "calc",
    "eia": "eia",
    "chemcalc": "chem.chemcalc",
    "chemtools": "chem.chemtools",
    "miller": "chem.miller",
    "draganddrop": "verifiers.draganddrop",
}

_STUDENT = "student"
"""Everybody: a script that could tell people apart would make other values for each."""


class Absent:
    """Stands for a module that is not here."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        raise ModuleNotFoundError(f"No module named '{self._module}'", name=self._module)


class _Silence(io.TextIOBase):
    """Where scripts print to: a page shows nothing of it."""

    def write(self, text: str) -> int:
        return len(text)


class _NoOther:
    """The last word on imports: there are no files to look for."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        return None


def load(words: Collection[str], paths: Sequence[str]) -> None:
    """Imports, in the zygote, what scripts may use; `paths` are folders that hold what is not in the standard
    library. What is not installed is left out."""
    sys.modules["_hashlib"] = None  # type: ignore[assignment] # hashlib without OpenSSL: less to fork, and to attack
    for name in IMPORTABLE:
        importlib.import_module(name)
    sys.path.extend(paths)
    for name in (name for word in words for name in NUMERIC[word]):
        if _is_installed(name):
            importlib.import_module(name)
    package = ModuleType("loncapa")
    package.__dict__.update({name: value for name, value in vars(loncapa_check).items() if not name.startswith("_")})
    package.__dict__.update(loncapa_check=loncapa_check, __path__=[])
    sys.modules.update({"loncapa": package, "loncapa.loncapa_check": loncapa_check, "calc": calc, "eia": eia})


def forget() -> None:
    """Takes out of reach what is no business of a script. It is tidiness, not the fence: whoever wants
    `ctypes` can find it in memory."""
    ours = {"polylect_sandbox", "socket", "_socket", "select", "signal", "resource"}
    if "numpy" not in sys.modules:  # which scipy asks for it at times
        ours |= {"ctypes", "_ctypes"}
    for name in tuple(sys.modules):
        if name.partition(".")[0] in ours:
            del sys.modules[name]
    sys.path.clear()
    sys.path_importer_cache.clear()
    sys.meta_path[:] = [_NoOther]
    sys.argv[:] = [""]
    sys.stdin, sys.stdout, sys.stderr = io.StringIO(), _Silence(), _Silence()
    os.environ.clear()


def namespace(seed: int, given: Mapping[str, Any]) -> dict[str, Any]:
    """The global names of a script at its beginning. From here on `import random` gives its own."""
    chance: Any = python2_random.Random(seed)
    chance.Random = python2_random.Random
    chance.SystemRandom = random.SystemRandom
    random.seed(seed)
    sys.modules["random"] = chance
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(seed % 2**32)
    loncapa_check.draw_from(chance)
    assumed = {name: sys.modules.get(module) or Absent(module) for name, module in _ASSUMED.items()}
    return {
        "__builtins__": builtins,
        "seed": seed,
        "anonymous_student_id": _STUDENT,
        **given,
        **assumed,
        "random": chance,
        "os": os,
        "sys": sys,
        "xrange": range,
    }


def _is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False
