"""The footnotes of a note's text: their numbers, and the list of them below it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from .definitions import normal_name

_REFERENCE = re.compile(' class="footnote-reference" href="(saig:\x1f\\d+)"')


class Footnotes:
    """Takes the references and definitions of a text in their order. A footnote's number is that of
    its first reference. Footnotes may refer to others, so only those are listed that can be reached
    from the text."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        """By the names that the text refers to."""
        self.defined: list[tuple[str, int]] = []
        """Names as they are typed, and where their definitions stand."""
        self._texts: list[tuple[str, str]] = []
        self._references: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
        """By the footnote that they stand in, if any: the footnote meant, and the link's slot."""
        self._open: list[tuple[str, list[str]]] = []

    def refer(self, name: str, add_link: Callable[[str], str]) -> str:
        """The HTML of a reference. ``add_link``: gives the slot of a link to an address."""
        name = normal_name(name)
        number = self.numbers.setdefault(name, len(self.numbers) + 1)
        slot = add_link(f"#footnote-{number}")
        self._references[self._open[-1][0] if self._open else None].append((name, slot))
        return f'<sup><a class="footnote-reference" href="{slot}">{number}</a></sup>'

    def begin(self, name: str, start: int, around: list[str]) -> None:
        """Called at the start of a definition. ``around``: the HTML that continues after its
        end."""
        self.defined.append((name, start))
        self._open.append((normal_name(name), around))

    def end(self, html: str) -> list[str]:
        """Called at its end; ``html``: of the definition. Returns what was ``around``."""
        name, around = self._open.pop()
        self._texts.append((name, html))
        return around

    def outermost(self, html: list[str]) -> list[str]:
        """The text's own HTML where the reading broke off, perhaps within definitions."""
        return self._open[0][1] if self._open else html

    def finished(self, html: str, add_link: Callable[[str], str]) -> str:
        """A text's HTML with its references marked, so that readers can come back to them, and the
        footnotes below it."""
        if not self.numbers:
            return html
        reached = self._reached()
        html += self._list(list(reached), add_link)
        numbers = {slot: self.numbers[name] for name, slot in reached.items()}
        return _REFERENCE.sub(
            lambda found: (
                f'{found[0]} id="footnote-reference-{numbers[found[1]]}"'
                if found[1] in numbers
                else found[0]
            ),
            html,
        )

    def _reached(self) -> dict[str, str]:
        """The footnotes that can be reached from the text, and the slot of the first link to
        each."""
        defined = {name for name, _ in self._texts}
        found: dict[str, str] = {}
        waiting: list[str | None] = [None]
        for place in waiting:  # which grows meanwhile
            for name, slot in self._references.get(place, ()):
                if name in defined and name not in found:
                    found[name] = slot
                    waiting.append(name)
        return found

    def _list(self, names: list[str], add_link: Callable[[str], str]) -> str:
        """These footnotes, by their numbers; of several of one name the first."""
        texts = dict(reversed(self._texts))
        items = []
        for name in sorted(names, key=self.numbers.__getitem__):
            number, html = self.numbers[name], texts[name]
            slot = add_link(f"#footnote-reference-{number}")
            back = f' <a href="{slot}" class="footnote-back">↩︎ {number}</a>'
            text = re.sub(r"</p>\n?$", "", html)
            end = "</p>" if text != html else ""
            items.append(f'<li id="footnote-{number}">{text}{back}{end}</li>\n')
        if not items:
            return ""
        return f'<div class="footnotes">\n<hr>\n<ol>\n{"".join(items)}</ol>\n</div>\n'
