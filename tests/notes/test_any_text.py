"""Free text: whatever is typed, a note is read or refused, and its HTML can do no harm."""

from __future__ import annotations

import json
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from saig.notes.body import Cited, Link, Slot
from saig.notes.files import Source
from saig.notes.read import Reading, read_note

LANGUAGES = ["ca", "es"]
SOURCE = Source("content/norms/x.md", "norm", "x", "ca", is_original=True)
GOOD = b"""---
title: "Decret llei 8/2020, de 13 de maig"
summary: Mesures urgents.
date: 2020-05-15
eli: https://www.boe.es/eli/es-ib/dl/2020/05/13/8
published_in: [{gazette: BOIB, number: 84, date: 2020-05-15}]
relations:
  - {type: repeals-part, norm: llei-12-2017, provisions: ["art. 1"], text: {ca: "a", es: "b"}}
done_by_others:
  - {type: annuls, by: {ca: "a", es: "b"}, date: 2020-05-15, provisions: ["art. 1"]}
---
## Un

[a](../contacts/obres.md#b "c") ![d](../files/e.png) <abbr title="f">g</abbr>[^1]

| h | i |
|---|:-:|
| `j` | **k** |

[^1]: l
"""
_TAGS = """
    <script> </script> <!-- --> <![CDATA[ ]]> <img src=x onerror=alert(1)> onclick= javascript:
    [a](javascript:alert(1)) ![a](javascript:x) <a href=javascript:x> &#106;avascript: &lt; <
    <details> <b lang= <b/onclick=x <svg/onload=x> <p> </p> <br> data: vbscript: // http:
"""
_SIGNS = (
    "[ ] ( ) [^1] [^1]: \\ { } {: #id onclick=x } | --- *** # ## ### - > ! & * ? ` ``` ~~~ ' \""
)
_FORGED = [
    *(
        "&#31;",
        "&#x1f;",
        "&#0031",
        "&US;",
        "\x1f",
        "\x9f",
        "a0",
        "c0",
        "n0",
        "saig:",
        "saig:&#31;0",
    ),
    *("&#31;a0&#31;", "&#x1F;c0&#x1f;", "<abbr title='&#x1f;c0&#x1f;'>", "</abbr>", "[a](b.md)"),
    *(
        '<abbr title="',
        '<!--><abbr title="-->',
        '">',
        "<![x]>",
        "<!x",
        "<?",
        "<!-->",
        "<p>\n",
        "</p",
    ),
    *("Decret llei 8/2020, de 13 de maig", "art. 3 del Decret llei 8/2020", "> [!NOTE]\n"),
]
"""Signs of Saig's own, and what would have two readers of HTML understand two things."""

_SPACES = ["\n", "\n\n", "    ", " ", "\t", "\u2028", "\u00a0", "\x0c", "a", "é", "\U0001f600"]
PIECES = st.sampled_from([*_TAGS.split(), *_SIGNS.split(), *_FORGED, *_SPACES])
WORDS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join)


def read(raw: bytes) -> Reading:
    reading = read_note(SOURCE, raw, LANGUAGES)
    problems = reading.problems
    assert (reading.note is None) == any(problem.is_error for problem in problems)
    lines = (
        raw.count(b"\n") + raw.count(b"\r") + raw.count(b"\xe2\x80") + raw.count(b"\xc2\x85") + 1
    )
    for problem in problems:
        assert 1 <= problem.line <= lines
        assert problem.column >= 1
    return reading


class Harm(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "iframe", "object", "embed", "svg", "math", "form", "base"):
            self.found.append(tag)
        for name, value in attrs:
            address = "".join(c for c in value or "" if c > " ").lower()
            if OURS in (value or "") and value not in (OURS, f"/{OURS}/"):
                self.found.append(f"{name}={value}")
            if name.startswith("on") or name == "style":
                self.found.append(name)
            if address.startswith(("javascript:", "data:", "vbscript:")):
                self.found.append(address)


OURS = "zirconi"
"""Stands in all that Saig puts into a text, and in nothing that is typed."""


def harm_in(reading: Reading) -> list[str]:
    """As a page shows the note, with each address as it was typed."""

    def fill(slot: Slot, address: str = OURS) -> str:
        match slot:
            case Link():
                return f' {"src" if slot.is_image else "href"}="{address}"'
            case Cited():
                return f'<a href="/{OURS}/">{slot.html}</a>'
            case _:
                return f'<span class="{OURS}">x</span>'

    def typed(slot: Slot) -> str:
        return fill(slot, escape(slot.address) if isinstance(slot, Link) else "")

    html = reading.markup.html(fill)
    assert "\x1f" not in html
    return [*Harm(html).found, *Harm(reading.markup.html(typed)).found]


@settings(max_examples=300)
@given(WORDS)
def test_any_body_is_harmless(words: str) -> None:
    """Whatever stands below the front matter, nothing acts in the HTML that comes of it."""
    head = GOOD.split(b"---\n")[1]
    reading = read(b"---\n" + head + b"---\n" + words.encode("utf-8", "ignore"))
    assert harm_in(reading) == []


@pytest.mark.parametrize(
    "words",
    [
        "<p>&#31;a0&#31;</p>",
        "<p>&#x1f;c7&#x1F;</p>",
        "<p>\n<![x]>",
        "<p>\n<!DOCTYPE x [<!ELEMENT y>]>",
        "<p>\n<![CDATA[x]]>",
        "<abbr title='&#x1f;c0&#x1f;'>X</abbr> Decret llei 8/2020, de 13 de maig",
        '<!--><abbr title="--> [a](b.md) "x',
        "[a](<saig:&#31;0>) [b](c.md '&#31;a0&#31;') ![&#31;a0&#31;](d.png)",
    ],
)
def test_nobody_writes_signs_of_ours(words: str) -> None:
    """Nor has what stands beside them become an attribute."""
    head = GOOD.split(b"---\n")[1]
    assert harm_in(read(b"---\n" + head + b"---\n" + words.encode())) == []


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """A file of anything never ends in an exception."""
    read(raw)
    read(b"---\n" + raw + b"\n---\n")


@settings(max_examples=300)
@given(st.data())
def test_a_damaged_note_is_read_or_refused(data: st.DataObject) -> None:
    """A good note with pieces cut out, doubled or put in at random."""
    raw = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(start, min(len(raw), start + 30)))
        raw[start:end] = data.draw(st.one_of(WORDS.map(str.encode), st.binary(max_size=6)))
    assert harm_in(read(bytes(raw))) == []


def alias(scalar: str) -> object:
    """What a plain scalar in a list of texts becomes; None if it is refused."""
    note = read(GOOD.replace(b"relations:", f"aliases: [{scalar}]\nrelations:".encode())).note
    return note.fields.aliases[0] if note else None


@pytest.mark.parametrize(
    "scalar",
    [
        "14:00",
        "no",
        "yes",
        "on",
        "off",
        "08",
        "1_000",
        "0o7x",
        "2020-05-15",
        "=",
        "1.2.3",
        "12e03x",
    ],
)
def test_what_is_text_stays_text(scalar: str) -> None:
    """YAML 1.1 would make numbers, times and truth of these."""
    assert alias(scalar) == scalar


@pytest.mark.parametrize("scalar", ["08", "8", "+34", "007", "1.10", "1e3", "0x1F", "84", "no"])
def test_a_code_stays_as_it_was_typed(scalar: str) -> None:
    """A gazette's number, a postcode: its zeros count."""
    note = read(GOOD.replace(b"number: 84", f"number: {scalar}".encode())).note
    assert note
    assert note.fields.published_in[0].number == scalar


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1))
@example("…")
@example(". a")
def test_a_quoted_text_comes_back_the_same(text: str) -> None:
    """Between quotation marks anything may stand; spaces run together, for it is one line. Points
    alone stand for a text that is still to be written."""
    wanted = " ".join(text.split())
    is_text = wanted.strip(".… ") != ""
    assert alias(json.dumps(text, ensure_ascii=False)) == (wanted if is_text else None)
