"""Untrusted: random instances, counterexamples and witnesses of goals."""

from therefore.refuters.account import Account
from therefore.refuters.instances import DEFAULT_SEED
from therefore.refuters.report import Report, sample
from therefore.refuters.search import find_counterexamples
from therefore.refuters.shrink import shrink
from therefore.refuters.witnesses import find_witness

__all__ = [
    "DEFAULT_SEED",
    "Account",
    "Report",
    "find_counterexamples",
    "find_witness",
    "sample",
    "shrink",
]
