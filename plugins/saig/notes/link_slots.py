"""The links of a note's text: each is checked and gets a slot in the HTML, which each page fills
with an address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..words import N_
from .body import SCHEME, Link
from .front_matter import Place
from .markdown_source import MarkdownSource
from .problem import FieldProblem
from .safe_html import without_controls
from .urls import NoAddress, mail_link, web_address

SLOT_SIGN = "\x1f"
"""Around the number of a slot: a sign that no text has once it is ``without_controls``."""


class LinkSlots:
    """Takes the links and images of a text in their order."""

    def __init__(self, source: MarkdownSource) -> None:
        self.source = source
        self.found: list[Link] = []

    def add(self, address: str, start: int, end: int = 0, *, is_image: bool = False) -> str:
        """Note a link and give what stands for its address in the HTML. ``start``, ``end``: of the
        link in the source; without an end its address does not stand there."""
        address = without_controls(address).strip()
        place = self.source.place(self._find(address, start, end))
        address = self._checked(address, place)
        self.found.append(Link(address, place, is_image))
        return f"saig:{SLOT_SIGN}{len(self.found) - 1}"

    def mark_past(self, numbers: Iterable[int]) -> None:
        """Record that these links are in a paragraph that speaks of the past."""
        for number in numbers:
            self.found[number] = replace(self.found[number], is_past=True)

    def _find(self, address: str, start: int, end: int) -> int:
        """The offset of an address inside its link; of the link, if it stands elsewhere."""
        if not address or not end:
            return start
        source = self.source.encoded
        opening = source.rfind(b"](", start, end)
        found = source.find(address.encode(), max(opening, start), end)
        return found if found >= 0 else start

    def _checked(self, address: str, place: Place) -> str:
        """The address in the form in which it is published; reports one that is not allowed."""
        scheme = SCHEME.match(re.sub(r"\s", "", address))
        kind = scheme[1].lower() if scheme else ""
        if kind == "http" or address.startswith(("//", "\\\\", "/\\", "\\/")):
            self._report(
                place,
                "insecure-url",
                N_("%(address)s is not a secure address"),
                N_("write it with https://, if that server has it"),
                address=address[:200],
            )
        elif kind == "https":
            return self._web(address, place)
        elif kind == "mailto":
            return self._mail(address, place)
        elif kind == "tel":
            return self._telephone(address, place)
        elif kind:
            self._report(
                place,
                "unsafe-html",
                N_("a link may not begin with %(scheme)s:"),
                N_(
                    "link to a note, a file of content/files/, or an address that begins with https://"
                ),
                scheme=kind,
            )
            return "#"  # a draft is shown all the same
        return address

    def _web(self, address: str, place: Place) -> str:
        try:
            return web_address(address)
        except NoAddress as error:
            hint = (
                N_("write %(better)s")
                if error.better
                else N_("write the whole address, beginning with https://")
            )
            values = {"value": address[:200], "better": error.better[:200], **error.values}
            self._report(place, "broken-link", error.reason, hint, **values)
        return address

    def _mail(self, address: str, place: Place) -> str:
        written = mail_link(address.partition(":")[2])
        if written is not None:
            return f"mailto:{written}"
        self._report(
            place,
            "broken-link",
            N_("“%(value)s” is not an e-mail address"),
            N_("write a name, @ and the server's name"),
            value=address[:80],
        )
        return address

    def _telephone(self, address: str, place: Place) -> str:
        if not any(sign.isdecimal() for sign in address):
            self._report(
                place,
                "broken-link",
                N_("“%(value)s” is not a telephone number in international form"),
                N_("write a plus sign, the code of the country and the number, digits alone"),
                value=address[:80],
            )
        return re.sub(r"\s|%20", "", address)

    def _report(self, place: Place, code: str, message: str, hint: str, **values: str) -> None:
        self.source.problems.append(FieldProblem(place, code, message, hint, dict(values)))
