"""A wrong value is offered back in the form that is needed: her own date and text, no other's."""

from __future__ import annotations

import pytest
from saig.excerpt import mend
from saig.notes.date_guess import iso_guess
from saig.notes.files import Source
from saig.notes.problem import Problem
from saig.notes.read import read_note

FOLDERS = {"contact": "contacts", "notice": "notices", "service": "services", "norm": "norms"}


def problems(kind: str, fields: str) -> tuple[list[Problem], list[str]]:
    source = Source(f"content/{FOLDERS[kind]}/n.md", kind, "n", "ca", is_original=True)
    text = f"---\ntitle: T\nsummary: S.\n{fields}\n---\nT.\n"
    found = read_note(source, text.encode(), ["ca", "es"], country="ES").problems
    return found, text.split("\n")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4 de juliol de 2020", "2020-07-04"),
        ("dissabte, 4 de juliol del 2020", "2020-07-04"),
        ("el 4 de julio de 2020", "2020-07-04"),
        ("1 d'octubre de 2015", "2015-10-01"),
        ("1r de maig de 2021", "2021-05-01"),
        ("4 jul. 2020", "2020-07-04"),
        ("July 4, 2020", "2020-07-04"),
        ("24/12/2026", "2026-12-24"),
        ("24.12.26", "2026-12-24"),
        ("2026/12/24", "2026-12-24"),
        ("2026-7-4", "2026-07-04"),
        ("20261224", "2026-12-24"),
        ("31/2/2026", None),
        ("demà", None),
        ("2026", None),
        ("30 de febrer de 2026", None),
    ],
)
def test_days_in_words_are_understood(text: str, day: str | None) -> None:
    assert iso_guess(text) == day


OWN = [
    ("notice", "date: 4 de juliol de 20", "2020-07-04", "date: 2020-07-04"),
    ("notice", "date: 24/12/26", "2026-12-24", "date: 2026-12-24"),
    ("notice", "date: demà", "year, the month and the day", None),
    ("contact", "closures: 24/12/2026", "[{from: 2026-12-24}]", "closures: [{from: 2026-12-24}]"),
    ("contact", "closures: [24/12/2026]", "{from: 2026-12-24}", "closures: [{from: 2026-12-24}]"),
    ("contact", "accessibility: Sense esglaons", "{ca: Sense esglaons, es: …}", None),
    ("contact", 'accessibility: "Rampa: sí"', '{ca: "Rampa: sí", es: …}', None),
    ("contact", "telephones: [971 22 59 00]", '{number: "+34971225900"}', None),
    ("contact", "address: Plaça Major", "{street_address: Plaça Major, locality: …}", None),
    ("contact", "emails: obres@vila.cat", '["obres@vila.cat"]', 'emails: ["obres@vila.cat"]'),
    ("contact", "emails: [mailto:a@b.cat]", "a@b.cat", "emails: [a@b.cat]"),
    ("contact", "website: www.vila.cat", "https://www.vila.cat", "website: https://www.vila.cat"),
    ("contact", "topics: obres, tributs", "[obres, tributs]", "topics: [obres, tributs]"),
    ("contact", "slug: Horari d'estiu", "horari-d-estiu", "slug: horari-d-estiu"),
    ("contact", "short_title: 2026", '"2026"', 'short_title: "2026"'),
    ("contact", "short_title: yes no", "", ""),
]


@pytest.mark.parametrize(("kind", "line", "hint", "right"), OWN)
def test_the_hint_has_what_was_typed(kind: str, line: str, hint: str, right: str | None) -> None:
    needed = "" if kind != "notice" or line.startswith("date") else "date: 2020-01-01\n"
    found, lines = problems(kind, needed + line)
    if not hint:
        assert found == []
        return
    [problem] = found
    assert hint in problem.said("en")[1]
    assert "2020-05-15" not in problem.said("en")[1] or "date: demà" in line
    mended = mend(lines[problem.line - 1], found) if problem.fix else None
    assert mended == right


def test_pydantics_own_english_is_not_shown() -> None:
    """Limits of numbers, forms of ids."""
    found, _ = problems("contact", "address: {street_address: A, locality: B, latitude: 139.5}")
    assert [problem.said("en")[0] for problem in found] == ["this number must be 90.0 or less"]


HTML = [
    (
        '<table class="x">\n<thead><tr><th>a</th></tr></thead>\n\n<tr><td style="x">b</td>\n'
        '<td><a href="https://a.cat">c</a></td></tr>\n</table>',
        ["columns"],
    ),
    ("<p><o:p></o:p></p>\n<p><font color=red>a</font></p>\n<p><o:p>b</o:p></p>", ["the tags"]),
    ("<div style='x'>\n\n<div>a</div>\n\n</div>", ["the tags"]),
    ("<iframe src='a'></iframe>\n<iframe src='b'></iframe>", ["a link leads"]),
    ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", ["before each item"]),
    ("<h3>a</h3>", ["before the heading"]),
    ("a <a href='x'>b</a> c <a href='y'>d</a>", ["[text](address)"]),
    ("<font>a</font>\n\nb\n\nc\n\n<font>d</font>", ["the tags", "the tags"]),
    ("<table><tr><td>a</td></tr></table>\n\n<script>x</script>", ["columns", "a link leads"]),
    ("Text.\n\n<!-- a\n\nb", ["-->"]),
]


@pytest.mark.parametrize(("body", "hints"), HTML)
def test_pasted_html_is_told_once(body: str, hints: list[str]) -> None:
    """Not once a tag, and with what that kind is in Markdown."""
    source = Source("content/pages/n.md", "page", "n", "ca", is_original=True)
    text = f"---\ntitle: T\nsummary: S.\n---\n{body}\n"
    found = read_note(source, text.encode(), ["ca"]).problems
    assert [problem.code for problem in found] == ["unsafe-html"] * len(hints)
    for problem, hint in zip(found, hints, strict=True):
        assert hint in problem.hint
        assert "Markdown" in problem.hint
