"""A Word file (``.docx``, ECMA-376) → an article, by way of mammoth's HTML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import mammoth
from bs4 import BeautifulSoup

from ..refusal import Refused
from ..words import N_
from .article import Article, LeftOut, one_line
from .html_page import article_of, parsed

HEAD_OR_FOOT = N_("the head or foot of the pages")
COMMENT = N_("a comment")
DELETED = N_("a text that was struck out as a tracked change")

MOST = 60_000_000
"""The most bytes of a file's parts when unpacked."""

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Títol'] => h1:fresh
p[style-name='Título'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
b => strong
i => em
"""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def article_of_word_file(raw: bytes) -> Article:
    """Tracked changes are applied. Raises ``Refused`` for macros, a damaged file, one without
    text."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            left_out = list(_beside_the_text(packed))
        pictures: dict[str, bytes] = {}
        html = mammoth.convert_to_html(
            io.BytesIO(raw),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(_keep(pictures)),
        ).value
    except Refused:
        raise
    except RecursionError:
        raise
    except Exception as error:  # a damaged file fails in mammoth, zipfile or expat in many ways
        raise Refused(
            N_(
                "this Word file cannot be read (%(reason)s): open it in Word and save it again as .docx"
            ),
            reason=f"{type(error).__name__}: {one_line(str(error))[:200]}",
        ) from None
    soup = parsed(html)
    _footnotes(soup)
    article = article_of(soup, embedded=pictures)
    return replace(article, left_out=[*left_out, *article.left_out])


def _footnotes(soup: BeautifulSoup) -> None:
    """mammoth's links to the notes at the end → elements that become Markdown's footnotes."""
    for link in soup.select('a[href^="#footnote-"], a[href^="#endnote-"]'):
        target = str(link["href"])[1:]
        number = target[0].replace("f", "") + re.sub(r"\D", "", target)
        if "-ref-" in target:
            link.decompose()  # the way back, which Saig makes itself
        elif note := soup.select_one(f'li[id="{target}"]'):
            note.name, note.attrs = "footnotetext", {"number": number}
            sign = soup.new_tag("footnote")
            sign["number"] = number
            (link.parent if link.parent and link.parent.name == "sup" else link).replace_with(sign)
    for note in soup.find_all("footnotetext"):
        if note.parent and note.parent.name == "ol":
            note.parent.unwrap()


def _keep(pictures: dict[str, bytes]):  # type: ignore[no-untyped-def]
    """For mammoth: an address for each picture, under which its bytes are kept."""

    def kept(image):  # type: ignore[no-untyped-def]
        with image.open() as file:
            data = file.read()
        name = f"picture-{len(pictures) + 1}"
        pictures[name] = data
        return {"src": name}

    return kept


def _beside_the_text(packed: zipfile.ZipFile) -> Iterator[LeftOut]:
    """Parts of the file that are not in the note's text. Refuses macros, and files that are far
    larger when unpacked."""
    names = packed.namelist()
    if sum(item.file_size for item in packed.infolist()) > MOST:
        raise Refused(N_("this file is far larger unpacked than any note: is it a Word file?"))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused(N_("this file has macros, which are programs: save it as .docx without them"))
    seen = set()
    for name in sorted(names):
        part = re.fullmatch(r"word/(header|footer|comments)\d*\.xml", name)
        if not part:
            continue
        text = _text(packed.read(name), f"{_W}t")
        what = COMMENT if part[1] == "comments" else HEAD_OR_FOOT
        if text and (what, text) not in seen:
            seen.add((what, text))
            yield LeftOut(what, text)
    main = "word/document.xml"
    if main in names and (struck := _text(packed.read(main), f"{_W}delText")):
        yield LeftOut(DELETED, struck)


def _text(xml: bytes, tag: str) -> str:
    return one_line(" ".join(one.text or "" for one in ElementTree.fromstring(xml).iter(tag)))
