"""False, undefined, vacuous and ill-typed statements go through the front door; none is proved.

Each entry of ``falsehoods.yaml`` becomes a LaTeX document, its declarations first. The true
neighbours among them, the controls, come out proved.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "falsehoods.yaml").read_text(encoding="utf-8"))

DESCENT = r"""Let $f$ be convex and $L$-smooth, $x_{k+1} = x_k - \frac1L\nabla f(x_k)$ for
$k = 0,\dots,N-1$, $x^*$ a minimiser. Let $N = 1$."""
NUMBERS = r"Let $T$ be a positive integer and $a_t \in \mathbb{R}$."
# What the document of each case declares: its `given`, in sentences.
DECLARED = {
    "F01": r"Let $x \in \mathbb{R}$.",
    "F02": r"Let $x \in \mathbb{R}$. Suppose $x \ne 0$.",
    "F03": r"Let $x \in \mathbb{R}$.",
    "F04": r"Let $x \in \mathbb{R}$.",
    "F05": r"Let $a, b \in \mathbb{R}$. Suppose $ab > 0$.",
    "F06": r"Let $x \in \mathbb{R}$.",
    "F07": r"Let $a, b \in \mathbb{R}$. Suppose $a = b$.",
    "F08": r"Let $a, b, c \in \mathbb{R}$. Suppose $a < b$.",
    "F09": r"Let $a, b \in \mathbb{R}$. Suppose $a \ne 0$, $b \ne 0$ and $a < b$.",
    "F10": r"Let $x \in \mathbb{R}$.",
    "F11": r"Let $x \in \mathbb{R}$.",
    "F12": r"Let $T$ be a positive integer.",
    "F13": NUMBERS,
    "F14": NUMBERS,
    "F15": NUMBERS,
    "F16": r"Let $u, v \in \mathbb{R}^d$.",
    "F17": r"Let $u, v \in \mathbb{R}^d$.",
    "F18": r"Let $A, B \in \mathbb{R}^{n\times n}$.",
    "F19": r"""Let $A \in \mathbb{R}^{m\times n}$. Suppose $A^\top A = I$.""",
    "F20": r"Let $A \in \mathbb{R}^{n\times n}$ and $x \in \mathbb{R}^n$.",
    "F21": r"""Let $f: \mathbb{R}^d \to \mathbb{R}$ be convex, $x, y \in \mathbb{R}^d$ and
$\alpha \in [0,1]$.""",
    "F22": r"""Let $f: \mathbb{R}^d \to \mathbb{R}$ be $L$-smooth, $w \in \mathbb{R}^d$ and
$\eta > 0$.""",
    "F23": r"""Let $w_t, v_t, w^* \in \mathbb{R}^d$ and $\eta > 0$.
Suppose $w_{t+1} = w_t - \eta v_t$ for all $t = 1, \dots, T$ and $w_1 = 0$.""",
    "F24": DESCENT,
    "F25": DESCENT,
    "F26": "",
    "F27": "",
    "F28": r"Let $x \in \mathbb{R}$.",
    "F29": r"Let $x \in \mathbb{R}$. Suppose $x^2 < 0$.",
    "F30": r"Let $x, y \in \mathbb{R}$.",
    "F31": r"Let $x, y \in \mathbb{R}$.",
    "F32": r"Let $w \in \mathbb{R}^d$ and $\lambda \in \mathbb{R}$.",
}
EACH = pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])


@pytest.fixture(scope="session")
def statuses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The verdict on each case, from one run over a folder of documents."""
    folder = tmp_path_factory.mktemp("falsehoods")
    for case in CASES:
        tag = rf"\tag{{{case['id']}}}"
        text = f"{DECLARED[case['id']]}\n\nThen\n\\begin{{equation}}\n{case['line']} {tag}\n"
        (folder / f"{case['id']}.tex").write_text(text + "\\end{equation}\n", encoding="utf-8")
    command = [
        sys.executable, "-m", "therefore", "check", ".", "--budget", "10", "--json",
        "-",
    ]  # fmt: skip
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=1800)
    records: list[dict[str, Any]] = json.loads(answer.stdout)
    return {record["id"].rpartition("::")[2]: record["status"] for record in records}


def test_each_case_is_declared() -> None:
    """No case is left out."""
    assert set(DECLARED) == {case["id"] for case in CASES}


@EACH
def test_no_falsehood_is_proved(case: dict[str, str], statuses: dict[str, str]) -> None:
    """Every control is proved, and what is false is refuted."""
    status = statuses[case["id"]]
    if case["truth"] == "holds":
        assert status == "PROVED"
    elif case["truth"] == "ill-typed":
        assert status == "ILL_FORMED"
    elif case["truth"] == "vacuous":
        assert status == "VACUOUS"
    else:
        assert status == "REFUTED"
