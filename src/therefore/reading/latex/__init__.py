"""Reading LaTeX documents: from an author's page to goals, line by line. TRUSTED.

Names and kinds come from the document's own sentences and from comment directives. What could
be read in two ways is refused, with its place and with what would settle it.
"""

from therefore.reading.latex.document import (
    Reading,
    declarations_missing,
    read_document,
    read_source,
    read_text,
)
from therefore.reading.latex.errors import LatexError

__all__ = [
    "LatexError",
    "Reading",
    "declarations_missing",
    "read_document",
    "read_source",
    "read_text",
]
