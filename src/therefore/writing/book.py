"""What pages are written from: topics, their modules, and where each line stands."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from therefore.record import Record
from therefore.writing.markdown import slug

__all__ = ["Book", "Drawing", "Formula", "Module", "Topic", "heading"]


@dataclass(frozen=True)
class Formula:
    """A name that a module exports, and what it stands for, in LaTeX.

    ``arguments`` are the module's names for what ``numpy_function`` takes, if it takes it.
    """

    name: str
    latex: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """A plot: its name, its caption, its numbers, and the name of the claim that it stands by."""

    name: str
    caption: str
    numbers: Mapping[str, Any] = field(repr=False)
    beside: str = ""


@dataclass(frozen=True)
class Module:
    """A derivation module: its words, its records, its formulas and its plots.

    ``file`` is its path as it stands in the ids of its records, ``link`` and ``certificates``
    lead from its page to the module and to its certificates, and ``imported`` is the name that
    it is imported by, empty where it has none.
    """

    name: str
    file: str
    title: str
    paragraphs: tuple[tuple[str, str], ...]
    records: tuple[Record, ...]
    formulas: tuple[Formula, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    imported: str = ""
    link: str = ""
    certificates: str = ""
    certificates_file: str = ""

    @property
    def heading(self) -> str:
        """The name as a heading."""
        return self.name.replace("_", " ").capitalize()

    @property
    def roots(self) -> list[Record]:
        """The claims, and the derivations that prove no claim, cited ones first."""
        known = {record.id for record in self.records}
        return [record for record in self.records if record.parent not in known]

    def of(self, record: Record, kind: str) -> list[Record]:
        """The records of a kind that belong to this one."""
        return [one for one in self.records if one.parent == record.id and one.kind == kind]


@dataclass(frozen=True)
class Topic:
    """A folder of modules, and what it is about."""

    name: str
    about: str
    modules: tuple[Module, ...]

    @property
    def title(self) -> str:
        """The name as a heading."""
        return self.name.replace("_", " ").capitalize()

    @property
    def page(self) -> str:
        """The file of its page, seen from the index, as all files here."""
        return f"{self.name}.md"

    def page_of(self, module: Module) -> str:
        """The file of the page of one of its modules."""
        return f"{self.name}/{module.name}.md"


@dataclass(frozen=True)
class Book:
    """Every topic, and other pages that stand in the same folder, by file and title."""

    topics: tuple[Topic, ...]
    others: tuple[tuple[str, str], ...] = ()

    @cached_property
    def roots(self) -> Mapping[str, str]:
        """The line that has a section of its own, for each line of a section."""
        found: dict[str, str] = {}
        for topic in self.topics:
            for module in topic.modules:
                parents = {record.id: record.parent for record in module.records}
                for record in module.records:
                    root = record.id
                    while parents.get(root) in parents:
                        root = parents[root]
                    found[record.id] = root
        return found

    @cached_property
    def _places(self) -> Mapping[str, tuple[str, str]]:
        """Page and anchor of each section."""
        return {
            record.id: (topic.page_of(module), slug(heading(module, record.id.rpartition("::")[2])))
            for topic in self.topics
            for module in topic.modules
            for record in module.roots
        }

    def link(self, id_: str, page: str) -> str:
        """A link from a page to the section of a line, or only its name where there is none."""
        root = self.roots.get(id_, id_)
        name = f"`{root.rpartition('::')[2]}`"
        if root not in self._places:
            return name
        there, anchor = self._places[root]
        way = "" if there == page else posixpath.relpath(there, posixpath.dirname(page) or ".")
        return f"[{name}]({way}#{anchor})"


def heading(module: Module, name: str) -> str:
    """The heading of a line's section: the name that it is imported by."""
    return f"`{module.name}.{name}`"
