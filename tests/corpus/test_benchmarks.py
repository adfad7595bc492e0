"""The benchmarks run, their parts add up, and nothing that SymPy proves is missed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_search_times() -> None:
    """One module, searched from nothing: its row, its claims, and the kernel's lines."""
    module = "derivations/activations/softsign.py"
    command = [sys.executable, "benchmarks/search_times.py", module, "--slowest", "1", "--claims"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    row = re.search(rf"^\| `{module}` \| \d+ \| (\d+\.\d) \|", done.stdout, re.MULTILINE)
    assert row
    claims = re.findall(rf"^\| `{module}::\w+` \| (\d+\.\d\d) \|", done.stdout, re.MULTILINE)
    assert len(claims) == 6
    assert abs(sum(map(float, claims)) - float(row[1])) < 0.1
    assert "random instances" in done.stdout
    assert re.search(r"recheck: .* the kernel accepts 15 of 15 certificates", done.stdout)
    assert re.search(r"^\| all \| \d{4} \|$", done.stdout, re.MULTILINE)


def test_identities() -> None:
    """Two of them: proved here, the kernel's answer included, and SymPy's answers beside it."""
    command = [sys.executable, "benchmarks/identities.py", "--most", "2", "--limit", "20"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    number = r"\d+\.\d\d\d"
    row = rf"\| `\S+` \| PROVED \| {number} \| yes \| {number} \| yes \| {number} \| \d+\.\d \|"
    assert len(re.findall(f"^{row}$", done.stdout, re.MULTILINE)) == 2, done.stdout
    assert re.search(r"^2 identities: .*; 0 of those that SymPy proves are missed$", done.stdout,
                     re.MULTILINE)  # fmt: skip


def test_rates() -> None:
    """Two problems without PEPit: an exact bound, a time and a certificate for each."""
    command = [sys.executable, "benchmarks/rates.py", "--without-pepit", "--runs", "1"]
    command += ["--only", "gradient descent, N = 1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    row = r"^\| gradient descent, N = 1 \| 1/6 \|  \| \d+ \| – \| \d+ \|$"
    assert re.search(row, done.stdout, re.MULTILINE), done.stdout
    assert re.search(r"^\| median \|", done.stdout, re.MULTILINE)
