"""All that is told of what other tests find wrong, and of more, held against what somebody has looked
over (``words.txt``): the place, the words, the hint, and what is to stand instead."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import looked_over
from saig.git import Tracked
from saig.notes.file_names import fault as name_fault
from saig.notes.files import Source
from saig.notes.forbidden_files import pushed_problems
from saig.notes.front_matter import load
from saig.notes.pack import read_pack
from saig.notes.problem import FieldProblem, Problem
from saig.notes.read import read_note, read_site
from test_literal_markup import TYPED
from test_old_addresses import BAD
from test_site_files import SITE
from test_urls import REFUSED
from test_yaml_errors import FAULTS

HERE = Path(__file__).parent
MARK = "▶"
KINDS = {"contacts": "contact", "services": "service", "norms": "norm", "notices": "notice"}

HOURS = "opening_hours: [{days: %s, opens: %s, closes: %s%s}]"
FIELDS = [
    # Days and times.
    *(
        ("contacts", HOURS % ("friday", opens, closes, ""))
        for opens, closes in (
            *(("9:00", "migdia"), ("9:00", "25"), ("24:00", "24:00"), ("22:00", "02:00")),
            *(("9:00", "9:00"), ("14:00", "9:00"), ("9:00", "26:30"), ("9:60", "10:00")),
        )
    ),
    *(
        ("contacts", HOURS % (days, "9:00", "10:00", ""))
        for days in ("di", "[dl, ma]", "friday-monday", "[]", "cada dia", "[m]")
    ),
    ("contacts", HOURS % ("friday", "9:00", "10:00", ", overrides: true")),
    ("contacts", HOURS % ("friday", "9:00", "10:00", ", overrides: perhaps")),
    (
        "contacts",
        HOURS
        % (
            "friday",
            "9:00",
            "10:00",
            ", overrides: true, valid_from: 2026-01-01, valid_until: 2026-01-02",
        ),
    ),
    (
        "contacts",
        "opening_hours: [{days: friday, opens: 9:00, closes: 14:00},"
        " {days: [thursday, friday], opens: 13:59, closes: 15:00}]",
    ),
    (
        "contacts",
        "opening_hours: [{days: unknown, opens: 9:00, closes: 14:00},"
        " {days: unknown, opens: 8:00, closes: 15:00}]",
    ),
    # Windows in seasons that meet on one day, or on none.
    *(
        (
            "contacts",
            f"opening_hours: [{{days: {days}, opens: 9:00, closes: 14:00, valid_until: {until}}},"
            f" {{days: {days}, opens: {opens}, closes: 15:00, valid_from: {begins}}}]",
        )
        for days, until, opens, begins in (
            ("unknown", "2026-03-05", "13:00", "2026-03-05"),
            ("unknown", "2026-03-05", "13:00", "2026-03-06"),
            ("unknown", "2026-03-05", "14:00", "2026-03-05"),
            ("friday", "2026-03-05", "13:00", "2026-03-01"),
            ("friday", "2026-03-06", "13:00", "2026-03-06"),
            ("friday", "2026-03-06", "13:00", "2026-02-28"),
            ("friday", "2026-03-12", "13:00", "2026-03-07"),
            ("friday", "2026-03-13", "13:00", "2026-03-07"),
        )
    ),
    *(
        (
            "contacts",
            "opening_hours: [{days: friday, opens: 9:00, closes: 14:00, channel: phone,"
            f" {season}}}, {{days: monday, opens: 9:00, closes: 10:00, channel: {channel},"
            " overrides: true, valid_from: 2026-03-05, valid_until: 2026-03-06}]",
        )
        for season, channel in (
            ("valid_until: 2026-03-04", "phone"),
            ("valid_until: 2026-03-05", "phone"),
            ("valid_from: 2026-03-06", "phone"),
            ("valid_from: 2026-03-07", "phone"),
            ("label: {ca: a}", "email"),
        )
    ),
    *(
        (
            "services",
            "channels: [{channel: phone, valid_until: 2026-03-05, opening_hours: [{days: thursday,"
            f" opens: 9:00, closes: 14:00, valid_from: {begins}}}]}}, {{channel: {channel}, valid_from:"
            " 2026-03-05, opening_hours: [{days: thursday, opens: 13:00, closes: 14:00}]}]",
        )
        for begins, channel in (
            ("2026-03-05", "phone"),
            ("2026-03-06", "phone"),
            ("2026-03-05", "email"),
        )
    ),
    *(
        (
            "contacts",
            f"address: [{{street_address: A, locality: B, valid_from: {a}, valid_until: {b}}},"
            f" {{street_address: C, locality: D, valid_from: {c}, valid_until: {d}}}]",
        )
        for a, b, c, d in (
            ("2026-03-01", "2026-03-05", "2026-03-05", "2026-03-09"),
            ("2026-03-01", "2026-03-05", "2026-03-06", "2026-03-09"),
            ("2026-03-05", "2026-03-09", "2026-03-01", "2026-03-05"),
            ("2026-03-01", "2026-03-09", "2026-03-05", "2026-03-05"),
        )
    ),
    # One day, and the day before.
    *(
        (kind, fields % day)
        for day in ("2026-03-05", "2026-03-04")
        for kind, fields in (
            ("contacts", "closures: [{from: 2026-03-05, until: %s}]"),
            ("contacts", "valid_from: 2026-03-05\nvalid_until: %s"),
            ("notices", "valid_from: 2026-03-05\nvalid_until: %s"),
            ("notices", "date: 2026-03-05\nmodified: %s"),
            ("norms", "first_date_entry_in_force: 2026-03-05\ndate_no_longer_in_force: %s"),
            ("norms", "relations: [{type: suspends, norm: a, from: 2026-03-05, until: %s}]"),
            (
                "norms",
                "first_date_entry_in_force: 2026-03-05\nrelations:"
                " [{type: suspends, norm: a, until: %s}]",
            ),
            (
                "norms",
                "done_by_others: [{type: suspends, by: {ca: a}, date: 2026-03-05,"
                " from: 2026-03-05, until: %s}]",
            ),
            ("norms", "done_by_others: [{type: annuls, by: {ca: a}, date: 2026-03-05, from: %s}]"),
            ("services", "channels: [{channel: phone, valid_from: 2026-03-05, valid_until: %s}]"),
        )
    ),
    *(
        ("contacts", f"closures: [{{from: {day}}}]")
        for day in ("24/12/2026", "demà", "2026-02-30", "9999-12-31", "0001-01-01", "2026", "12-25")
    ),
    # Channels.
    ("services", "channels: []"),
    ("services", "channels: [{channel: phone, id: a}, {channel: email, id: a}]"),
    ("services", "channels: [{channel: phone, hours: [{days: friday, opens: 9, closes: 8}]}]"),
    ("services", "channels: [{channel: phone, url: seu}]"),
    ("services", "no_channel: Cap"),
    ("services", "no_channel: {ca: '', es: x}"),
    ("services", "no_channel: {ca: x, fr: x}"),
    ("services", "processing_time: un mes"),
    ("services", "fee: 3"),
    # Telephones, mailboxes, addresses.
    *(
        ("contacts", f"telephones: [{{number: {json.dumps(number)}}}]")
        for number in (
            *("971 22 59 00", "0034 971 22 59 00", "+44 (0)20 7946 0018", "21 000 0000"),
            *("+34971225900 ext. 8549", "+34971225900 / +34971225901", "la centraleta", "+34"),
            *("971 22 59 00 i 971 22 59 01", "+34971225900123456", "12", ""),
        )
    ),
    *(
        ("contacts", f"telephones: [{{number: 112, extensions: [{extension}]}}]")
        for extension in ("ext. 8549", "8549-8551", "8549 i 8551", "centraleta", "''")
    ),
    ("contacts", "telephones: [971 22 59 00]"),
    ("contacts", "emails: [obres, a@b, mailto:a@b.cat, obres@vila.cat?subject=x]"),
    ("contacts", "address: {locality: Vila}"),
    ("contacts", "address: {street_address: A, locality: B, latitude: 91, longitude: -181}"),
    ("contacts", "address: {street_address: A, locality: B, latitude: nord}"),
    ("contacts", "address: {street_address: A, locality: B, latitude: 39.5}"),
    (
        "contacts",
        "address: [{street_address: A, locality: B, valid_until: 2026-03-01},"
        " {street_address: C, locality: D, valid_from: 2026-03-01}]",
    ),
    (
        "contacts",
        "address: [{street_address: A, locality: B}, {street_address: C, locality: D}]",
    ),
    ("contacts", "identifiers: [{scheme: DIR3, value: x}]"),
    ("contacts", "identifiers: [{scheme: '', value: x}]"),
    ("contacts", "parent: Ajuntament de Vila"),
    ("contacts", "verified_on: 2026-13-01"),
    # Norms.
    ("norms", "eli: https://www.boe.es/eli/es/l/2015/13/01/39"),
    ("norms", "type: llei"),
    ("norms", "jurisdiction: Espanya"),
    ("norms", "number: [1]"),
    ("norms", "published_in: [{gazette: BOIB, date: ahir}]"),
    ("norms", "published_in: BOIB"),
    ("norms", "relations: [{type: amends, norm: a, from: 2026-02-02, until: 2026-02-01}]"),
    ("norms", "relations: [{type: amends}]"),
    ("norms", "relations: [{type: amends, norm: https://a.cat/b}]"),
    ("norms", "done_by_others: [{type: annuls, by: STC}]"),
    ("norms", "end_reason: expired\ndate_no_longer_in_force: demà"),
    ("norms", "checked: {on: 2026-01-01, source: boe, differs: [estat]}"),
    # What all have.
    ("notices", f"slug: {'a' * 300}"),
    ("notices", "slug: 'Avís nou'"),
    ("notices", "slug: index"),
    ("notices", "status: amagat"),
    ("notices", "topics: platja, obres"),
    ("notices", "topics: [platja, platja]"),
    ("notices", "changes: [{date: 2026-01-02}]"),
    ("notices", "changes: [{date: 2026-01-02, text: 5}]"),
    ("notices", "changes: avui"),
    ("notices", "urgency:"),
    ("notices", "short_title: «Avís»"),
    ("notices", "short_title: “Avís”"),
    ("notices", "short_title: un **avís** i [més](https://a.cat) &amp; <b>més</b>"),
    ("notices", "short_title: '**'"),
    ("notices", "short_title: # res"),
    ("notices", 'urgency: "" # res\nshort_title: [a # b'),
    ("contacts", "accessibility: {ca: # res\n  }"),
    ("contacts", "accessibility:\n  ca: # res\n  es: a"),
    ("notices", "short_title: Sala # 3"),
    ("notices", "short_title: a\tb"),
    ("notices", "short_title: pal∙liar i col.legi"),
    ("notices", "search_words: {ca: [a, '']}"),
    ("notices", "supersedes: Primer avís"),
    ("notices", "valid_from: 2026-02-02\nvalid_until: 2026-02-01"),
    ("notices", "modified: 2019-12-31"),
    ("notices", "translated: abc"),
    ("notices", "? a"),
    ("notices", "5: a"),
]
"""Fields of a note of which something is wrong."""

TEXTS = [
    "# A\n\n### B\n\n##### C",
    "## A {#Que}\n\n## B {#que}\n\n## C {#que}\n\n## D {#footnote-a}",
    "## \n\n## [](b.md)",
    "[a]( b.md)\n\n[b]()\n\n![](../files/a.png)\n\n![ ](../files/a.png)",
    "[a](http://a.cat) [b](ftp://a.cat) [c](mailto:) [d](tel:9) [e](//a.cat) <http://b.cat>",
    "[a](https://a.cat?utm_source=x&b=1) [b](https://a.cat/?fbclid=z#t)",
    "[a](https://example.com/x) <a@example.org>",
    "<div>\n\nText.\n\n</div>",
    "<table><tr><td>a</td></tr></table>\n\n<ul><li>a</li></ul>\n\n<h2>a</h2>\n\n<a href='x'>b</a>",
    "<!-- a\nb",
    "<script>\nalert(1)\n</script>\n\nText <b onclick=x>a</b> <img src=x> <font>c</font>.",
    f"{'<b>' * 200}a",
    f"{'> ' * 200}a",
    "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\ntext",
    "A[^a] b[^b].\n\n[^a]: x\n\n[^a]: y\n\n[^c]: z",
    "[a][b] [c][]\n\n[d]: x.md\n\n[d]: y.md\n\n[e]: z.md",
    "Text\n---\n\nText\n===",
    "Dilluns 12 de març de 2026 i demà passat, avui mateix.",
    "Un\u00a0\u00a0espai, pal∙liar, cafe\u0301, \ufeffx, \u200bw, ﬁ, l´aigua.",
    "Vegeu www.vila.cat, vila.cat/avisos o obres@vila.cat.",
    "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x",
]
"""Texts of a note of which something is wrong."""

MORE_SITE = [
    ("name: {ca: ", "name: {es: x, fr: "),
    ("languages: [ca, es]", "languages: []"),
    ("languages: [ca, es]", "languages: [ca, CA]"),
    ("languages: [ca, es]", "languages: [ca, pt_br]"),
    ("languages: [ca, es]", "languages: [ca, es, xx]"),
    ("Europe/Madrid", "CET+1"),
    ("slug: {ca: serveis, es: servicios}", "slug: {ca: avisos, es: servicios}"),
    ("slug: {ca: serveis, es: servicios}", "slug: serveis"),
    ("holidays: [{", "holidays: [{label: {ca: a, es: b}}, {"),
    ("date: 2020-12-25,", "date: 2020-12-25, day: 12-25,"),
    ("date: 2020-12-25,", "day: 13-25,"),
    ("date: 2020-12-25,", "day: 02-30,"),
    ("date: 2020-12-25,", "easter: 400,"),
    ("date: 2020-12-25,", "orthodox_easter: no,"),
    ("stale_after", "holidays_known: [20]\nstale_after"),
    ("stale_after", "holidays_known: [2020, 2020]\nstale_after"),
    ("stale_after", "holidays_known: [2020, 2021]\nstale_after"),
    ("stale_after", "law: [es, xq]\nstale_after"),
    ("stale_after", "law: []\nstale_after"),
    ("stale_after", "feedback: a@b\nstale_after"),
    ("stale_after", "online_only_right: {ca: a}\nstale_after"),
    ("stale_after", "brand: {light: {link: blau}}\nstale_after"),
    ("stale_after", 'brand: {light: {link: "#ffff00"}}\nstale_after'),
    ("stale_after", 'brand: {dark: {link: "#000080", button: "#000000"}}\nstale_after'),
    ("stale_after", "brand: {logo: escut.svg, icon: files/../a.svg}\nstale_after"),
    ("stale_after", "brand: {footer: Peu}\nstale_after"),
    ("stale_after", "tasks: [{service: a, notice: b}, {}, {address: {ca: /x/}}]\nstale_after"),
    ("stale_after", "tasks: [{section: casa}]\nstale_after"),
    ("stale_after", "norm_views: {}\nstale_after"),
    ("stale_after_months: 12", "stale_after_months: 1.5"),
    ("stale_after_months: 12", "stale_after_months: dotze"),
    ("default_jurisdictions: {l: es-ib, dl: es-ib}", "default_jurisdictions: {l: Balears}"),
    ("licence: http://", "licence: "),
]
"""What stands in ``site.yaml``, and what is put there."""

PACKS = [
    "",
    "name: Bad\n",
    "name: {en: ''}\n",
    "name: {qq: A}\n",
    "name: {en: A}\ntypes:\n  a: {name: A}\n",
    "name: {en: A}\ntypes:\n  a: {name: {en: A}, eli: x, gender: {en: q}}\n",
    "name: {en: A}\neli: [{pattern: x}]\n",
    "name: {en: A}\njurisdiction: Portugal\n",
    "name: {en: A}\nincludes: [xq]\n",
    'name: {en: A}\nidentifiers:\n  x: {name: {en: X}, pattern: "[0-9{9}", uri: a}\n',
    "name: {en: A}\ncitations:\n  ro:\n    months: [ianuarie]\n",
    "name: {en: A}\ncitations:\n  ro:\n    past: abrogat-\n",
    "name: {en: A}\ncitations:\n  ro:\n    dates: {befor: [din]}\n",
    'name: {en: A}\ncitations:\n  ro:\n    patterns: {norms: [{type: a, pattern: "{hed} {numbr}"}]}\n',
]

NAMES = [
    *(
        "a\nb.pdf",
        "a\u202eb.pdf",
        "a\udcff.pdf",
        "a:b.pdf",
        "a.pdf ",
        "a.",
        "CON.txt",
        "web.config",
    ),
    *("x" * 300, ".htaccess", "nul", "a?b", "_headers", "a.pdf", "index.html"),
]


def test_all_is_told_as_it_was_looked_over() -> None:
    said = {
        "fields": _fields(FIELDS),
        "texts": _texts(TEXTS),
        "markup": _texts([text.replace(MARK, "") for text, _ in TYPED]),
        "front matter": (
            (text, map(_field, load(text).problems))
            for text in (fault[0].replace(MARK, "") for fault in FAULTS)
        ),
        "web addresses": _fields(
            [("contacts", f"website: {json.dumps(address)}") for address in REFUSED]
        ),
        "old addresses": _fields(
            [("notices", f"old_addresses: [{json.dumps(address)}]") for address, _, _ in BAD]
        ),
        "packs": ((text, map(_field, read_pack(text, ()))) for text in PACKS),
        "names": ((name, [name_fault(name) or "right"]) for name in NAMES),
        "of Git": [("", map(_told, pushed_problems(_tracked(), "content")))],
    }
    lines = (line for name, cases in said.items() for line in _lines(name, cases))
    looked_over.hold({HERE / "words.txt": "\n".join(lines) + "\n"})


def test_all_is_told_of_a_site_as_it_was_looked_over(tmp_path: Path) -> None:
    town = (HERE.parent / "town" / "site.yaml").read_text("utf-8")
    changes = [*((old, new) for _, old, new, _, _ in SITE), *MORE_SITE]

    def read(old: str, new: str) -> Iterator[str]:
        assert old in town
        (tmp_path / "site.yaml").write_text(town.replace(old, new, 1), "utf-8")
        return map(_told, read_site(tmp_path).problems)

    cases = [(new or f"without {old}", read(old, new)) for old, new in changes]
    lines = [line for one in cases for line in _lines("site", [one])]
    looked_over.hold({HERE / "words_of_site.txt": "\n".join(lines) + "\n"})


def _fields(cases: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Iterable[str]]]:
    for folder, fields in cases:
        needed = {"services": "departments: [obres]\n", "contacts": ""}.get(
            folder, "date: 2020-01-01\n"
        )
        ways = "" if "hannel" in fields or folder != "services" else "no_channel: {ca: x, es: x}\n"
        if fields.startswith("date:"):
            needed = ""
        head = f"title: Títol\nsummary: Resum.\n{needed}{ways}{fields}"
        yield fields, _read(folder, f"---\n{head}\n---\nText.\n")


def _texts(texts: Iterable[str]) -> Iterator[tuple[str, Iterable[str]]]:
    for text in texts:
        head = "---\ntitle: Títol\nsummary: Resum.\ndate: 2020-01-01\n---\n"
        yield text, _read("notices", f"{head}{text}\n")


def _read(folder: str, text: str) -> Iterable[str]:
    source = Source(f"content/{folder}/n.md", KINDS[folder], "n", "ca", is_original=True)
    return map(_told, read_note(source, text.encode(), ["ca", "es"], country="ES").problems)


def _tracked() -> list[Tracked]:
    file, link, submodule = "100644", "120000", "160000"
    return [
        *(Tracked(file, name) for name in (".saig/x", "a/__pycache__/b.pyc", "content/HEAD")),
        *(Tracked(link, name) for name in ("content/a", "theme/a")),
        Tracked(submodule, "content/files/b"),
    ]


def _lines(name: str, cases: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
    for typed, told in cases:
        yield f"== {name}: {_shown(typed)}"
        yield from told


def _told(problem: Problem) -> str:
    words = " / ".join(problem.said("en"))
    fix = f" / {problem.fix[0]} → {problem.fix[1]}" if problem.fix else ""
    return _shown(f"{problem.line}:{problem.column} {problem.code}: {words}{fix}")


def _field(problem: FieldProblem) -> str:
    line, column = problem.place
    return _told(
        Problem(
            "",
            line,
            column,
            problem.code,
            problem.message,
            problem.hint,
            problem.values,
            problem.fix,
        )
    )


def _shown(text: str) -> str:
    """In one line; of signs that cannot be seen, and of long words, what tells them apart."""
    short = text if len(text) < 1000 else f"{text[:100]}…{len(text)}"
    return "".join(
        one if one.isprintable() else " ⏎ " if one == "\n" else f"‹{ord(one):x}›" for one in short
    )
