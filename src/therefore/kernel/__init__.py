"""The trusted base: terms, normal forms, rules, and one door. Standard library only."""

from .door import FORMAT, Acceptance, Kernel, accept, goal_hash
from .errors import Rejected

__all__ = ["FORMAT", "Acceptance", "Kernel", "Rejected", "accept", "goal_hash"]
