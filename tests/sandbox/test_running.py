"""What a script finds, and what comes back of it."""

import importlib.util
import math

import pytest

from polylect.exercises.scripts import Json, ScriptFailed
from polylect_sandbox.sandbox import Sandbox

GIVEN_ALWAYS = {"seed": 1, "anonymous_student_id": "student"}


def left(sandbox: Sandbox, code: str, *, seed: int = 1, **given: Json) -> object:
    """What the script leaves as `x`."""
    return sandbox.run(code, seed, given, wanted=["x"]).get("x")


def sentence(sandbox: Sandbox, code: str) -> str:
    """Why the script failed, for no limit's sake."""
    with pytest.raises(ScriptFailed) as failure:
        sandbox.run(code, 1)
    assert not failure.value.is_limit
    return failure.value.sentence


def test_simple_values_come_back_and_the_rest_is_left_out(sandbox: Sandbox) -> None:
    code = """
import math
def f(): pass
class C: pass
a, b, c, d, e = 1, 2.5, True, None, "día"
g, h, i = [1, (2, 3)], {"k": {"l": []}}, {1: 2}
j, k, m = b"bytes", {1, 2}, 1j
n, o, p = b"\\xff", "\\ud800", {(1, 2): 3}
q = []; q.append(q)
r = 10 ** 5000
s = [f]
"""
    simple = {"a": 1, "b": 2.5, "c": True, "d": None, "e": "día"}
    nested = {"g": [1, [2, 3]], "h": {"k": {"l": []}}, "i": {"1": 2}, "j": "bytes"}
    assert sandbox.run(code, 1) == {**GIVEN_ALWAYS, **simple, **nested}


def test_numbers_may_be_infinite_or_none(sandbox: Sandbox) -> None:
    values = sandbox.run("a, b = float('inf'), float('nan')", 1, wanted=["a", "b"])
    assert values["a"] == math.inf
    assert isinstance(values["b"], float)
    assert math.isnan(values["b"])


def test_only_wanted_names_come_back(sandbox: Sandbox) -> None:
    assert sandbox.run("a = b = c = 1\nd = print", 1, wanted=["b", "d", "nothing"]) == {"b": 1}
    assert sandbox.run("a = 1", 1, wanted=[]) == {}


def test_given_names_are_set_and_the_usual_modules_stand_above_them(sandbox: Sandbox) -> None:
    assert left(sandbox, "x = [y['z'], seed]", y={"z": ["é", None]}, seed=5) == [["é", None], 5]
    assert left(sandbox, "x = math.floor(random.random())", math=1, random="no") == 0


def test_the_seed_decides(sandbox: Sandbox) -> None:
    code = "x = [random.random(), random.randint(1, 1000), hash('a'), list({'b', 'a', 'c'}), str(object)]"
    assert left(sandbox, code, seed=7) == left(sandbox, code, seed=7)
    assert left(sandbox, code, seed=7) != left(sandbox, code, seed=8)
    assert left(sandbox, "x = seed", seed=-3) == -3


def test_random_is_one_generator_wherever_it_comes_from(sandbox: Sandbox) -> None:
    drawn = left(sandbox, "x = [random.randint(1, 100) for _ in range(4)]")
    assert left(sandbox, "import random\nx = [random.randint(1, 100) for _ in range(4)]") == drawn
    assert left(sandbox, "from random import randint\nx = [randint(1, 100) for _ in range(4)]") == drawn
    code = "a = random.randint(1, 100)\nimport random as r\nx = [a, *(r.randint(1, 100) for _ in range(3))]"
    assert left(sandbox, code) == drawn
    assert left(sandbox, "r = random.Random(1)\nx = [r.randint(1, 100) for _ in range(4)]") == drawn
    assert left(sandbox, "from loncapa import *\nx = lc_random(1, 101, 1)") == drawn[0]  # type: ignore[index]


@pytest.mark.parametrize("name", ["random", "math", "numpy", "scipy", "calc", "eia", "chemcalc", "miller", "xrange"])
def test_names_that_open_edx_gives_are_there(name: str, sandbox: Sandbox) -> None:
    assert left(sandbox, f"x = '{name}' in globals()") is True


def test_a_module_that_is_not_here_says_so_when_it_is_used(sandbox: Sandbox) -> None:
    assert sentence(sandbox, "a = 1\nchemcalc.divide") == "line 2: ModuleNotFoundError: No module named 'chem.chemcalc'"
    assert sentence(sandbox, "import my_helper") == "line 1: ModuleNotFoundError: No module named 'my_helper'"


def test_common_modules_are_importable_and_work(sandbox: Sandbox) -> None:
    code = """
import cmath, collections, copy, datetime, decimal, fractions, functools, itertools, json, re, string, statistics
import textwrap, base64, hashlib, html, csv, io, bisect, heapq, dataclasses, enum, typing, unicodedata, pprint
@dataclasses.dataclass
class P:
    a: int = 1
x = [
    str(fractions.Fraction(1, 3) + 1), str(decimal.Decimal('0.1') * 3), statistics.mean([1, 2, 4.5]),
    datetime.datetime.strptime('2020-02-03', '%Y-%m-%d').strftime('%d %b'), 'é'.encode('latin-1').hex(),
    hashlib.sha256(b'a').hexdigest()[:6], P().a, list(csv.reader(['a,b'])), re.sub('b+', 'c', 'abb'),
    collections.Counter('aab').most_common(1), '{:,.2f}'.format(1234.5),
]
"""
    assert left(sandbox, code) == [
        *("4/3", "0.3", 2.5, "03 Feb", "e9", "ca9781", 1, [["a", "b"]], "ac", [["a", 2]], "1,234.50"),
    ]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("{}, {}, '2^3^2 + sqrt(16) - 50%'", 515.5),
        ("{'m': 2, 'C': 3}, {}, 'M*c^2'", 18.0),
        ("{'R_1': 2.0, 'R_2': 2.0}, {}, 'R_1||R_2'", 1.0),
        ("{'x': 3}, {'Twice': lambda n: 2 * n}, 'twice(X)'", 6.0),
        ("{'x': 3, 'X': 4}, {}, 'x + 2*X', case_sensitive=True", 11.0),
        ("{'x': 3}, {}, 'x + 2*X', True", "UndefinedVariable"),
        ("{}, {}, 'y + 1'", "UndefinedVariable"),
        ("{}, {}, 'no(1)'", "UndefinedVariable"),
        ("{}, {}, '1 +'", "NotANumber"),
        ("{}, {}, '1/0'", "NotANumber"),
    ],
)
def test_calc_computes_a_learner_s_formula(call: str, expected: object, sandbox: Sandbox) -> None:
    code = f"try:\n    x = calc.evaluator({call})\nexcept Exception as error:\n    x = type(error).__name__"
    assert left(sandbox, code) == expected
    assert left(sandbox, "from calc import evaluator\nx = str(evaluator({}, {}, ' '))") == "nan"


@pytest.mark.skipif(importlib.util.find_spec("numpy") is None, reason="numpy is not installed")
def test_numpy_is_used_where_it_is_installed(sandbox: Sandbox) -> None:
    code = (
        "import numpy as np\nm = np.array([[1, 2], [3, 4]])\nx = [float(np.linalg.det(m)), float(np.random.random())]"
    )
    drawn = left(sandbox, code)
    assert drawn == left(sandbox, code)
    assert drawn != left(sandbox, code, seed=2)
    assert left(sandbox, "x = numpy.float64(0.5)") == 0.5
    assert left(sandbox, "x = numpy.int64(5)") is None  # as in Open edX: no Python int
    assert sentence(sandbox, "numpy.fromfile('/etc/passwd')").startswith("line 1: PermissionError")
    assert sentence(sandbox, "numpy.save('/tmp/mark', 1)").startswith("line 1: PermissionError")


def test_hashes_need_no_openssl(sandbox: Sandbox) -> None:
    code = "import hashlib\nx = [hashlib.new(n, b'a').hexdigest()[:4] for n in ('md5', 'sha1', 'sha256', 'sha512')]"
    assert left(sandbox, code) == ["0cc1", "86f7", "ca97", "1f40"]
    assert left(sandbox, "x = sys.modules.get('_hashlib')") is None


def test_resistors_stand_in_the_order_that_scripts_count_on(sandbox: Sandbox) -> None:
    code = "x = [eia.E24[12:15], eia.E48[:2], eia.E48[12:14], len(eia.E192), eia.E192[-1], 920 in eia.E192]"
    assert left(sandbox, code) == [[11, 13, 16], [100, 121], [105, 127], 192, 988, True]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("1/0", "line 1: ZeroDivisionError: division by zero"),
        ("\n\nx = y", "line 3: NameError: name 'y' is not defined"),
        ("def f():\n  return {}['k']\n\nf()", "line 2: KeyError: 'k'"),
        ("a = (1", "line 1: SyntaxError: '(' was never closed"),
        ("if 1:\nx = 2", "line 2: IndentationError: expected an indented block after 'if' statement on line 1"),
        ("print 'a'", "line 1: SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?"),
        ("raise ValueError", "line 1: ValueError"),
        ("raise ValueError('<b>' + 'x' * 600)", f"line 1: ValueError: <b>{'x' * 485}…"),
        ("a = '\0'", "SyntaxError: source code string cannot contain null bytes"),
        ("import json\njson.loads('{')", "line 2: JSONDecodeError: Expecting property name enclosed in double quotes: "
         "line 1 column 2 (char 1)"),
        ("raise KeyboardInterrupt", "line 1: KeyboardInterrupt"),
        ("exec('1/0')", "line 1: ZeroDivisionError: division by zero"),
    ],
)  # fmt: skip
def test_a_failure_says_where_and_why(code: str, expected: str, sandbox: Sandbox) -> None:
    assert sentence(sandbox, code) == expected


def test_half_a_character_in_a_script_is_its_failure(sandbox: Sandbox) -> None:
    assert sentence(sandbox, "x = '\ud800'").startswith("UnicodeEncodeError")


def test_what_scripts_warn_of_and_print_is_silent(sandbox: Sandbox) -> None:
    assert left(sandbox, "import warnings\nwarnings.warn('old')\nx = '\\d'\nprint(x)\nassert 1 is 1") == "\\d"


def test_a_check_function_is_run_with_what_was_answered(sandbox: Sandbox) -> None:
    code = "def check(expect, answer):\n    return {'ok': expect == answer, 'msg': 'é'}\nx = check(expect, answer)"
    assert left(sandbox, code, expect="4", answer="4") == {"ok": True, "msg": "é"}


def test_the_engine_names_the_python_that_runs(sandbox: Sandbox) -> None:
    version = left(sandbox, "x = '%d.%d' % sys.version_info[:2]")
    assert sandbox.engine.startswith(f"cpython-{version}/")
