"""The one way in which the kernel says no."""

from __future__ import annotations

__all__ = ["Rejected"]


class Rejected(Exception):
    """A certificate was not accepted.

    ``code`` is one word for programs (``UNDEFINED``, ``ILL_TYPED``, ``NOT_EQUAL`` …),
    ``where`` a phrase for people. A rejection never says that a statement is false.
    """

    def __init__(self, code: str, where: object = "") -> None:
        super().__init__(f"{code}: {where}")
        self.code = code
        self.where = str(where)
