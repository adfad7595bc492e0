"""The plugin in a stranger's project, which has only installed the package."""

from __future__ import annotations

import pytest

GOOD = '''"""Two claims and a false twin."""
from therefore import as_written, at_most, claim, derivation, equal, real

x, y = real("x"), real("y")

with as_written():
    square = claim(equal((x + y) ** 2, x**2 + 2 * x * y + y**2))
    square.false_twin(equal((x + y) ** 2, x**2 + y**2), at={x: 1, y: 1})
    by_factors = derivation(
        (x + y) ** 2, "=", (x + y) * (x + y), "=", x**2 + 2 * x * y + y**2, proves=square
    )
    mean = claim(at_most(2 * x * y, x**2 + y**2))
'''

BAD = '''"""A false claim, and a derivation with a wrong step."""
from therefore import as_written, claim, derivation, equal, real

x = real("x")

with as_written():
    wrong = claim(equal((x + 1) ** 2, x**2 + 1))
    right = claim(equal((x + 1) * (x - 1), x**2 - 1))
    slip = derivation(
        (x + 1) * (x - 1),
        "=", x**2 - 2 * x - 1,
        "=", x**2 - 1,
        proves=right,
    )
    wrong.false_twin(equal(x + x, 2 * x))
'''

BROKEN = '''"""A module that raises."""
raise RuntimeError("not today")
'''


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with derivations, an ordinary test, and a module that is not to be run."""
    pytester.makepyfile(**{"derivations/square": GOOD})
    pytester.makepyfile(**{"other/trap": "raise SystemExit('it was run')"})
    pytester.makepyfile(**{"tests/test_ordinary": "def test_one(): pass"})
    return pytester


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Run pytest in a process of its own."""
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", *arguments)


def test_nothing_without_being_asked(project: pytest.Pytester) -> None:
    """Derivations are collected only where it is said so."""
    result = run(project, "-v")
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*square*")


def test_the_option(project: pytest.Pytester) -> None:
    """Every claim is two tests, a false twin one."""
    result = run(project, "-v", "--therefore", "derivations")
    result.assert_outcomes(passed=6)
    result.stdout.fnmatch_lines_random(
        [
            "derivations/square.py::square[[]proof[]] PASSED*",
            "derivations/square.py::square[[]instances[]] PASSED*",
            "derivations/square.py::square[[]refuted[]] PASSED*",
            "derivations/square.py::mean[[]proof[]] PASSED*",
            "derivations/square.py::mean[[]instances[]] PASSED*",
            "tests/test_ordinary.py::test_one PASSED*",
        ]
    )


def test_the_ini_option(project: pytest.Pytester) -> None:
    """The paths may stand in the configuration, whatever ``testpaths`` says."""
    project.makeini("[pytest]\ntestpaths = tests\ntherefore_paths = derivations\n")
    run(project).assert_outcomes(passed=6)
    run(project, "tests").assert_outcomes(passed=1)
    run(project, "derivations").assert_outcomes(passed=5)


@pytest.mark.parametrize("name", ["square[proof]", "mean[instances]", "square[refuted]"])
def test_one_by_its_id(project: pytest.Pytester, name: str) -> None:
    """A test can be named on the command line."""
    project.makeini("[pytest]\ntherefore_paths = derivations\n")
    run(project, f"derivations/square.py::{name}").assert_outcomes(passed=1)
    result = run(project, "--therefore", "derivations", f"derivations/square.py::{name}")
    result.assert_outcomes(passed=1)


def test_select_by_keyword(project: pytest.Pytester) -> None:
    """``-k`` works as for any other test."""
    run(project, "--therefore", "derivations", "-k", "proof").assert_outcomes(
        passed=2, deselected=4
    )


def test_failures(pytester: pytest.Pytester) -> None:
    """The report has the counterexample and the failing step, and no traceback."""
    pytester.makepyfile(**{"derivations/bad": BAD})
    result = run(pytester, "--therefore", "derivations", "--therefore-budget", "5")
    result.assert_outcomes(passed=2, failed=3)
    result.stdout.fnmatch_lines(
        [
            "*derivations/bad.py:7: wrong: REFUTED where PROVED was expected*",
            "*claim  (x + 1)² = x² + 1*",
            "*but    x = *: left *, right *",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_failing_step(pytester: pytest.Pytester) -> None:
    """A claim whose derivation goes wrong names the step and its counterexample."""
    text = BAD.replace("x**2 - 2 * x - 1", "x**2 - 1 / x").replace("proves=right", "proves=wrong")
    pytester.makepyfile(**{"derivations/bad": text})
    result = run(pytester, "--therefore", "derivations", "--therefore-budget", "5", "-k", "wrong")
    result.stdout.fnmatch_lines(["*step slip.1 (derivations/bad.py:*): REFUTED*", "*but *left *"])


def test_a_module_that_raises(pytester: pytest.Pytester) -> None:
    """One failing test says where; the other modules are tested."""
    pytester.makepyfile(**{"derivations/square": GOOD, "derivations/broken": BROKEN})
    result = run(pytester, "--therefore", "derivations")
    result.assert_outcomes(passed=5, failed=1)
    result.stdout.fnmatch_lines(["*derivations/broken.py:2: RuntimeError: not today*"])


def test_nothing_is_written_but_the_cache(project: pytest.Pytester) -> None:
    """Certificates of a test run stay in the cache."""
    run(project, "--therefore", "derivations")
    assert not (project.path / "certificates").exists()
    assert list((project.path / ".therefore_cache").rglob("square.json"))


def test_help(pytester: pytest.Pytester) -> None:
    """``pytest --help`` documents the options."""
    result = run(pytester, "--help")
    result.stdout.fnmatch_lines(["*--therefore=PATH*", "*therefore_paths*"])


def test_the_plugin_is_light(pytester: pytest.Pytester) -> None:
    """A project without derivations does not pay for SymPy or NumPy."""
    pytester.makepyfile(
        "import sys\n"
        "def test_light():\n"
        "    assert 'therefore.pytest_plugin' in sys.modules\n"
        "    assert not {'sympy', 'numpy'} & set(sys.modules)\n"
    )
    run(pytester).assert_outcomes(passed=1)




DOCUMENT = r"""Let $x, y \in \mathbb{R}$.
\[ (x+y)^2 = x^2 + 2xy + y^2 = (y+x)^2 \label{square} \]
% therefore: expect refuted
\[ (x+y)^2 = x^2 + y^2 \label{slip} \]
% therefore: expect ill-formed
\[ x = q \label{unknown} \]
"""

UNEXPECTED = r"""Let $x \in \mathbb{R}$.
\[ (x+1)^2 = x^2 + 1 \label{wrong} \]
\[ x + x = 2x \label{right} \]
\[ x = q \label{unknown} \]
"""


def test_a_document_with_known_errors_is_green(pytester: pytest.Pytester) -> None:
    """Every line is one test, which passes if it comes out as the document expects."""
    pytester.mkdir("proofs").joinpath("known.tex").write_text(DOCUMENT, encoding="utf-8")
    pytester.makeini("[pytest]\ntherefore_paths = proofs\n")
    result = run(pytester, "-v")
    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(
        [
            "proofs/known.tex::square PASSED*",
            "proofs/known.tex::square.2 PASSED*",
            "proofs/known.tex::slip PASSED*",
            "proofs/known.tex::unknown PASSED*",
        ]
    )
    run(pytester, "proofs/known.tex::slip").assert_outcomes(passed=1)
    assert not (pytester.path / "certificates").exists()
    pytester.makeini("[pytest]\n")
    run(pytester, "proofs").assert_outcomes()


def test_what_a_document_does_not_expect(pytester: pytest.Pytester) -> None:
    """The failure has the place, the author's line, the reading and the counterexample."""
    folder = pytester.mkdir("proofs")
    folder.joinpath("bad.tex").write_text(UNEXPECTED + "\\input{part}\n", encoding="utf-8")
    folder.joinpath("part.tex").write_text("\\[ x - x = 0 \\label{part} \\]\n", encoding="utf-8")
    folder.joinpath("binary.tex").write_bytes(bytes(range(256)))
    folder.joinpath("empty.tex").write_text("", encoding="utf-8")
    result = run(pytester, "--therefore", "proofs", "--therefore-budget", "5")
    result.assert_outcomes(passed=2, failed=4)
    result.stdout.fnmatch_lines_random(
        [
            "*proofs/bad.tex:2:4: wrong: REFUTED where PROVED was expected*",
            "*tex *(x+1)^2 = x^2 + 1",
            "*claim  (x + 1)² = x² + 1",
            "*but    x = *: left *, right *",
            "*proofs/bad.tex:4:*: unknown: q is not declared*",
            "*add    % therefore: declare q real",
            "*proofs/binary.tex:1:1: *this is a binary file*",
            "*empty.tex: no line of this document claims anything*",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
