"""Reading one formula under the declarations of a document, for the tests."""

from __future__ import annotations

from therefore.goal import Term
from therefore.reading.latex.cleaning import cleaned
from therefore.reading.latex.decimals import plain
from therefore.reading.latex.document import Document
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.files import Text
from therefore.reading.latex.grammar import Grammar
from therefore.reading.latex.relations import Chain, has_relation
from therefore.reading.latex.tokens import tokenise


def term_of(latex: str, declarations: str = "") -> Term:
    """The term of an expression, or the list of the formulas of a chain; a refusal as text."""
    document = Document("test.tex", None)
    document.read(declarations)
    if document.errors:
        return f"declarations: {document.errors[0]}"
    try:
        tokens = cleaned(tokenise(Text("test.tex", latex))).tokens
        grammar = Grammar(tokens, document.names)
        if has_relation(tokens):
            return [plain(link.formula) for link in Chain().extend(grammar)]
        return plain(grammar.whole().term)
    except Unreadable as fault:
        return f"refused: {fault.message}"
