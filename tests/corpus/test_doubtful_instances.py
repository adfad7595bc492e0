"""What fails where a hypothesis was only sampled is neither refuted nor called supported."""

from __future__ import annotations

from pathlib import Path

from therefore import Status
from therefore.check import Options, check_paths

# False: c_0 is arbitrary, and w_0 is 0. No table of values satisfies the recurrence for all k.
TEXT = r"""Let $w_k, c_k \in \mathbb{R}^d$.
Suppose $w_{k+1} = w_k + c_k$ for all $k \ge 0$ and $w_0 = 0$. For every $k \ge 0$ we have
\[ w_k = c_k . \]
"""


def test_instances_that_disagree_support_nothing(tmp_path: Path) -> None:
    document = tmp_path / "steps.tex"
    document.write_text(TEXT, encoding="utf-8")
    options = Options(budget=2, stored=False, write="nowhere", jobs=1, root=tmp_path)
    (record,) = check_paths([document], options)
    assert record.status in (Status.UNDECIDED, Status.REFUTED)
