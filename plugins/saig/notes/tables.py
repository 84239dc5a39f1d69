"""The tables of a note's text."""

from __future__ import annotations

from collections.abc import Sequence

from ..words import N_
from .literal_blocks import cells
from .markdown_source import MarkdownSource


class Table:
    """The table that is being written. ``columns``: the alignment of each."""

    def __init__(self, source: MarkdownSource, columns: Sequence[str] = ()) -> None:
        self.source = source
        self.columns = columns
        self.is_head = False
        self._column = 0

    def begin_row(self, *, is_head: bool) -> None:
        self.is_head, self._column = is_head, 0

    def cell(self) -> str:
        """The tag of the next cell."""
        column, self._column = self._column, self._column + 1
        alignment = self.columns[column] if column < len(self.columns) else "None"
        style = f' class="align-{alignment.lower()}"' if alignment in ("Right", "Center") else ""
        return f'<th scope="col"{style}>' if self.is_head else f"<td{style}>"

    def check_row(self, start: int, end: int) -> None:
        """Report rows with more or fewer cells than their table has columns."""
        row = self.source.encoded[start:end].decode().rstrip()
        has, columns = len(cells(row)), len(self.columns)
        if has != columns and "\n" not in row:
            self.source.report(
                start,
                "table-cells",
                N_("cells of this row: %(has)d; columns of its table: %(columns)d")
                if has < columns
                else N_(
                    "cells of this row: %(has)d; columns of its table: %(columns)d. "
                    "Readers do not see the last cells"
                ),
                N_("write a cell for each column; a | inside a cell is written \\|")
                if "|" in row
                else N_("leave an empty line above it, if it does not belong to the table"),
                has=has,
                columns=columns,
            )
