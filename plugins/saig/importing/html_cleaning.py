"""Parsed HTML of any origin → the same with only what a note's text may have. Removed parts are
reported."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Comment, PageElement, Tag

from ..notes.tracking_parameters import clean as without_tracking
from ..words import N_
from .article import LeftOut, one_line

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NEVER = {
    "script": N_("a script"),
    "style": "",
    "template": "",
    "noscript": N_("a text for browsers without scripts"),
    "form": N_("a form"),
    "button": N_("a button"),
    "input": "",
    "select": N_("a form"),
    "textarea": N_("a form"),
    "iframe": N_("a page within the page"),
    "object": N_("a page within the page"),
    "embed": N_("a page within the page"),
    "video": N_("a video or a sound"),
    "audio": N_("a video or a sound"),
    "canvas": N_("a drawing"),
    "svg": N_("a drawing"),
    "math": N_("a formula"),
    "map": "",
    "head": "",
    "title": "",
    "meta": "",
    "link": "",
}
"""Elements that no note has, with a message for those that readers would see."""

LINK = N_("a link that leads nowhere from here")
_PARAGRAPHS = ("p", "div", "li", "blockquote", "dd", "dt", "pre")


def strip_foreign(root: Tag) -> Iterator[LeftOut]:
    """Take out what is neither text nor picture."""
    for comment in root.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in root.find_all(list(_NEVER)):
        if tag.decomposed:
            continue
        what = _NEVER[tag.name]
        text = one_line(tag.get_text(" "))
        shown = (
            str(tag.get("src") or tag.get("data") or "")
            if tag.name in ("iframe", "embed")
            else text
        )
        tag.decompose()
        if what:
            yield LeftOut(what, shown)


def lines_of_pre(soup: BeautifulSoup, root: Tag) -> None:
    """Text whose line breaks are kept: old pages have addresses and tables in it, hardly ever
    code."""
    for tag in root.find_all("pre"):
        lines = [one_line(line) for line in tag.get_text().split("\n")]
        tag.name = "div"
        tag.clear()
        for line in lines:
            tag.append(line)
            tag.append(soup.new_tag("br"))


def mend_links(root: Tag) -> Iterator[LeftOut]:
    """Keep links that work from any page, without tracking parameters; of others only the text
    stays."""
    for link in root.find_all("a"):
        address = str(link.get("href") or "").strip()
        if re.match(r"(?:https?://[^/\s]|mailto:[^\s@]+@|tel:\+?\d)", address, re.IGNORECASE):
            link["href"] = without_tracking(address)
            _around_words(link)
            continue
        text = one_line(link.get_text(" "))
        if address and not address.startswith("#"):
            yield LeftOut(LINK, f"{text} ({address[:200]})")
        link.unwrap()


def _around_words(link: Tag) -> None:
    """Move a link around whole blocks into their heading; without a heading, only the text
    stays."""
    heading = link.find(HEADINGS)
    if isinstance(heading, Tag):
        inner = link.__copy__()
        inner.clear()
        for part in list(heading.contents):
            inner.append(part.extract())
        heading.append(inner)
        link.unwrap()
        link = inner
    for tag in link.find_all(
        [*_PARAGRAPHS, *HEADINGS, "ul", "ol", "br", "table", "tr", "td", "th"]
    ):
        tag.insert_before(" ")
        tag.unwrap()


def level_headings(root: Tag) -> None:
    """Headings begin at the second level, without gaps; none is inside a table or a list, or empty.
    A paragraph that is all bold and not a sentence becomes one."""
    for tag in root.find_all(HEADINGS):
        if not tag.get_text().strip() and not tag.find("img"):
            tag.decompose()
        elif tag.find_parent(["td", "th", "li", "dd", "dt", "blockquote"]):
            tag.name = "p"
            tag.attrs = {}
    _from_bold_paragraphs(root)
    last_in = last_out = 0
    levels: dict[int, int] = {}
    for tag in root.find_all(HEADINGS):
        level = int(tag.name[1])
        if level > last_in:
            new = max(last_out, 1) + 1
        else:
            higher = [known for known in levels if known <= level]
            new = levels[max(higher)] if higher else 2
        levels = {known: said for known, said in levels.items() if known < level} | {level: new}
        last_in, last_out = level, new
        tag.name = f"h{min(new, 6)}"
        for strong in tag.find_all(["strong", "b"]):
            strong.unwrap()


def _from_bold_paragraphs(root: Tag) -> None:
    real = [int(tag.name[1]) for tag in root.find_all(HEADINGS)]
    for paragraph in root.find_all("p"):
        text = paragraph.get_text().strip()
        bold = "".join(one.get_text() for one in paragraph.find_all(["strong", "b"])).strip()
        follows = paragraph.find_next_sibling()
        if (
            text
            and text == bold
            and len(text) <= 100
            and text[-1] not in ".,;:!?"
            and follows is not None
            and follows.name in ("p", "ul", "ol", "table")
            and not paragraph.find(["img", "br", "a"])
            and not paragraph.find_parent(["td", "th", "li", "blockquote"])
        ):
            paragraph.name = f"h{min([*real, 2])}"


def flatten_cells(soup: BeautifulSoup, root: Tag) -> None:
    """Remove tables that are only for layout. In the cells of others a paragraph becomes a line."""
    for table in root.find_all("table"):
        rows = [row for row in table.find_all("tr") if row.get_text().strip() or row.find("img")]
        if not rows:
            table.decompose()
        elif table.find("table") or all(len(row.find_all(["td", "th"])) <= 1 for row in rows):
            _unfold(table)
    for table in root.find_all("table"):
        _say_in_each_row(table)
    for cell in root.find_all(["td", "th"]):
        for tag in cell.find_all(["ul", "ol", "dl"]):
            tag.unwrap()
        for tag in cell.find_all([*_PARAGRAPHS, *HEADINGS]):
            if tag.get_text().strip():
                tag.append(soup.new_tag("br"))
            tag.unwrap()
        while cell.contents and _is_nothing(cell.contents[-1]):
            cell.contents[-1].extract()
        while cell.contents and _is_nothing(cell.contents[0]):
            cell.contents[0].extract()


def _say_in_each_row(table: Tag) -> None:
    """Repeat a cell that spans several rows in each of them, as Markdown has no such cells; add the
    cells that are missing at the end of a row."""
    reaching: dict[int, tuple[Tag, int]] = {}
    rows = table.find_all("tr")
    for row in rows:
        cells = row.find_all(["td", "th"])
        column = 0
        for cell in [*cells, None]:
            while column in reaching:
                above, left = reaching.pop(column)
                copy = above.__copy__()
                row.append(copy) if cell is None else cell.insert_before(copy)
                if left > 1:
                    reaching[-column - 1] = (above, left - 1)  # not before the next row
                column += 1
            if cell is not None:
                height, width = _span(cell, "rowspan"), _span(cell, "colspan")
                cell.attrs = {"colspan": str(width)} if width > 1 else {}
                if height > 1:
                    reaching[-column - 1] = (cell, height - 1)
                column += width
        reaching = {-key - 1 if key < 0 else key: value for key, value in reaching.items()}
    most = max(_width(row) for row in rows)
    for row in rows:
        for _ in range(most - _width(row)):
            row.append(Tag(name="td"))


def _width(row: Tag) -> int:
    return sum(_span(cell, "colspan") for cell in row.find_all(["td", "th"]))


def _span(cell: Tag, name: str) -> int:
    said = str(cell.get(name) or "1")
    return min(int(said), 50) if said.isdecimal() and int(said) else 1


def _is_nothing(part: PageElement) -> bool:
    """Whether it can be removed from the beginning or the end of a cell."""
    if isinstance(part, Tag):
        return part.name == "br"
    return not part.get_text().strip()


def _unfold(table: Tag) -> None:
    """Its cells, one below the other."""
    own = [tag for tag in table.find_all(True) if tag.find_parent("table") is table]
    for tag in own:
        if tag.name in ("thead", "tbody", "tfoot", "tr", "caption", "colgroup", "col"):
            tag.unwrap()
        elif tag.name in ("td", "th"):
            tag.name = "div"
            tag.attrs = {}
    table.unwrap()
