"""Hostile content, held against the check and the look at the finished files: what the second
refuses, the first must have named, with its file and line.

All of it stands in one project. What the check calls wrong is taken out, and the rest is published.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from xml.etree import ElementTree

import pytest
from icalendar import Calendar
from in_process import built, checked
from project import Project, new_project

VALUES = [
    *("<script>alert(1)</script>", "</title><h1>", '"><img src=x onerror=alert(1)>', "']]>-->"),
    *("&#31;a0&#31;", "&lt;", "{{ 7 * 7 }} {% raw %}", "%(date)s %d %%", "\\", "\\n", "{x}"),
    *("x\rX-Header: y", "x\r\nEND:VCARD", "x\ny", "x\x85y", "x\u2028y\u2029z", "x\x0by", "x\x0cy"),
    *(
        "\u202egnp.exe",
        "a\u200bb",
        "a\u00adb",
        "\ufeffa",
        "e\u0301",
        "\u00a0",
        "\ud800",
        "\U0001f600",
    ),
    *("\x00", "\x01", "\x1b[31m", "\x1fa0\x1f", "\x7f", "\x9b", "\uffff", "\ufffe", "\ufdd0"),
    *("x" * 299, "x" * 5_000, "é" * 290, "-", "…", "/", "..", "//", "#", "?", "a b", "a,b;c:d"),
    *("=1+1", "~", "null", "true", "2020-01-01", "12:00", "1e309", "nan", "-0", "0x1F", "[]", "{}"),
    *("https://vila.test/a b", "https://[", "https://vila.test:99999/", "javascript:alert(1)"),
    *("https://www.peñíscola.cat/à?[]=|#ñ", "https://vila.test/%zz", "mailto:a@b.cat", "data:,x"),
    *("a@b.cat\nBcc: x@y.cat", "a@b", "ñ@b.cat", "a..b@b.cat", "a@-b.cat", "a@b.cat.", ".a@b.cat"),
    *("+34971000000", "+34971000000;ext=1", "010", "+0", "+999999999999999", "es-ib", "01", "99.9"),
    *(".nan", ".inf", "-.inf", "90.0001", "1e-400", "39.57", "0001-01-01", "9999-12-31"),
    "https://www.boe.es/eli/es-ib/dl/2020/05/13/8#a b",
    "https://www.boe.es/eli/es-ib/dl/2020/05/13/(8)",
    "https://b[o]e.es/eli/es/l/2020/01/01/1",
]
"""What is typed where anything else is meant."""

BOTH = "{ca: V, es: V}"
TEXTS = {
    "contacts": f"aliases: [V]\naddress: {{street_address: V, extra: {BOTH}, postal_code: V, "
    f"locality: V}}\naccessibility: {BOTH}\ndir3: V\n"
    f"telephones: [{{number: '+34971000000', extensions: ['1'], label: {BOTH}}}]\n"
    f"closures: [{{from: 2020-12-24, label: {BOTH}}}]\n"
    f"opening_hours: [{{days: monday, opens: '9:00', closes: '10:00', label: {BOTH}}}]\n",
    "services": f"departments: [obres]\nbring: {BOTH}\naudience: {BOTH}\ncost: {BOTH}\n"
    f"deadline: {BOTH}\nprocedure_code: V\n"
    f"channels: [{{channel: phone, label: {BOTH}, if_no_slot: {BOTH}}}]\n",
    "norms": f"date: 2020-05-01\naliases: [V]\npublished_in: [{{gazette: V, number: V, id: V}}]\n"
    f"relations: [{{type: amends, norm: llei-1, provisions: [V], text: {BOTH}}}]\n"
    "checked: {on: 2020-05-01, source: V}\n",
    "notices": "date: 2020-05-01\nsearch_words: {ca: [V], es: [V]}\n",
    "pages": "",
}
"""Every text of a kind of note; ``V`` is what is typed."""

NEEDED = {"norms": "date: 2020-05-01\n", "notices": "date: 2020-05-01\n"}
FACTS = [
    *(("contacts", f"{name}: V") for name in ("website", "parent", "slug", "valid_from")),
    *(("contacts", line) for line in ("emails: [V]", "verified_on: V", "closures: [{from: V}]")),
    ("contacts", "telephones: [{number: V}]"),
    ("contacts", "telephones: [{number: '+34971000000', extensions: [V]}]"),
    ("contacts", "address: {street_address: a, locality: b, latitude: V}"),
    ("contacts", "address: {street_address: a, locality: b, longitude: V}"),
    ("contacts", "opening_hours: [{days: V, opens: '9:00', closes: '10:00'}]"),
    ("contacts", "opening_hours: [{days: monday, opens: V, closes: '10:00'}]"),
    ("services", "departments: [obres]\nchannels: [{channel: online, url: V}]"),
    ("services", "departments: [V]\nno_channel: {ca: a, es: b}"),
    *(("norms", f"{name}: V") for name in ("eli", "jurisdiction", "type", "number")),
    ("norms", "date_document: V"),
    ("norms", "relations: [{type: amends, norm: V}]"),
    ("norms", "published_in: [{gazette: BOIB, url: V}]"),
    *(("notices", f"{name}: V") for name in ("valid_until", "modified", "topics")),
    ("notices", "old_addresses: [V]"),
    ("notices", "changes: [{date: 2020-06-01, text: V}]"),
    ("pages", "slug: V"),
    ("pages", "short_title: V"),
]
"""A field alone, for what one wrong text would hide."""

BODIES = [
    "## V\n\n### V\n\n## V",
    "[V](https://vila.test/x 'V') ![V](../files/planol.png 'V')",
    "[x](<V>)",
    "[x](V)",
    "![x](<V>)",
    "[x](../files/<V>)",
    "[x](https://example.test/V)",
    "<abbr title='V'>V</abbr> <span lang='V'>x</span> <time datetime='V'>x</time>",
    "a[^V] b[^1]\n\n[^V]: V\n\n[^1]: x\n\n[^1]: y",
    "| V | V |\n|---|---|\n| V | V |\n\n> V\n\n`V`\n\n```V\nV\n```",
    "[V]: https://vila.test/V\n\n[V] [x][V]",
    "<https://vila.test/V> <V@vila.test>",
    "Segons el Decret llei 8/2020 V, de 13 de maig. V",
]


def quoted(value: str) -> str:
    """As a YAML text between double quotation marks, with no sign left out."""
    return json.dumps(value)


def notes() -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each note."""
    numbers = count(1)

    def note(folder: str, fields: str, body: str = "Text.", title: str = "") -> tuple[str, bytes]:
        number = next(numbers)
        head = f"title: {title or f'Nota {number}'}\nsummary: {title or 'S.'}\n"
        text = f"---\n{head}{fields}\n---\n{body}\n"
        return f"{folder}/nota-{number}.md", text.encode("utf-8", "surrogatepass")

    def filled(text: str, value: str) -> str:
        return re.sub(r"\bV\b", lambda _: value, text)

    for number, (folder, fields) in enumerate(TEXTS.items()):
        for value in VALUES[number % 2 :: 2]:
            yield note(folder, filled(fields, quoted(value)), title=quoted(value))
    for number, (folder, line) in enumerate(FACTS):
        fields = NEEDED.get(folder, "") + line
        for value in VALUES[number % EACH :: EACH]:
            yield note(folder, filled(fields, quoted(value)))
            if value.isprintable() and len(value) < 40:
                yield note(folder, filled(fields, value))
    for number, body in enumerate(BODIES):
        for value in VALUES[number % EACH :: EACH]:
            yield note("notices", "date: 2020-05-01", body.replace("V", value))


EACH = 5
"""Of so many values each fact and each text gets one: all with all (1) takes minutes."""

GONE = [
    *(
        "/x%0d%0aSet-Cookie:%20a=b/",
        "/x%00/",
        "/x%zz/",
        "/x%2e%2e/",
        "/%2e%2e/x/",
        "/a%2fb/",
        "/a b/",
    ),
    *(
        "/à/",
        "/A/",
        "/a//b/",
        "/a/../b/",
        "/a?b=c",
        "/a#b",
        "/a\\b/",
        "/a|b/",
        "//a/",
        "a/",
        "/",
        "",
    ),
    *("/x.pdf", "/x.aspx", "/x.html", "/x.gone", "/x/index.html", "/%E0/", "/%C3%A0/", "/a;b/"),
    *(
        "/x\r\ny/",
        "/x\u202e/",
        f"/{'x' * 300}/",
        "/es/",
        "/files/",
        "/files/x",
        "/api/",
        "/*/",
        "/:a/",
    ),
    *("/[x]/", "/x$/", "/x.br", "/x.gz", "/.x/", "/x/.git/", "/~x/", "/x%20y/", "/x:y/", "/%2f/x"),
    *("/x/index.html/", "/x/index.json", "/x/", "/avisos/index.html/", "/a" * 450, "/a/" * 900),
    *("/x.aspx?a=\u00e7", "/x y?z=1 2", '/x?a="b"', "/x?a=%252f"),
]
"""Addresses of ``gone.yaml``."""

SEE = [
    *("/avisos/", "/avisos", "/avisos/#x", "/avisos/?a b", "/à/", "/files/planol.png", "/files/no"),
    *(
        "https://vila.test/a b",
        "https://vila.test/x\r\ny",
        "javascript:alert(1)",
        "//x",
        "x",
        "/a[1]",
    ),
    *(
        "/files/pl\u00e0nol 1.txt",
        "/files/a%20b.txt",
        "/files/a%2520b.txt",
        "/\u202e",
        "/%zz",
        "/a|b",
    ),
]

FILES = [
    *(
        "plànol 1.txt",
        "a%20b.txt",
        "a b.txt",
        "a#b.txt",
        "a?b.txt",
        "a\nb.txt",
        "a\u202eb.txt",
        "a'b.txt",
    ),
    *("x.html", "x/index.html", "x/index.json", "y.gz", "z.txt", "z.txt.gz", "z.txt.br", "w.gone"),
    *(
        "v.html",
        "v.html.gone",
        "Thumbs.db",
        "~$a.docx",
        "a&b<c>.txt",
        'a"b.txt',
        "a\\b.txt",
        "a:b.txt",
    ),
    *(
        "_headers",
        "x.svg",
        "e\u0301.txt",
        "é.txt",
        "\u0085.txt",
        f"{'x' * 240}.txt",
        "a[1].txt",
        "-",
        "%zz",
    ),
]

SITES = [
    ('name: {ca: "Vila", es: "Villa"}', 'name: {ca: "<b>\\r\\nx", es: "\\u202e"}'),
    ("https://cita.vila.test/", "https://cita.vila.test/à[]"),
    ("https://cita.vila.test/", "https://cita.vila.test/a b"),
    ("https://cita.vila.test/", "https://vila.test/web/no-hi-es/"),
    ("platja: {", "index: {"),
    ("llicencies: {", "no-hi-es: {"),
    ('ca: "Temes"', 'ca: "Te\\tmes\\x07"'),
    ("slug: {ca: avisos, es: avisos}", "slug: {ca: files, es: avisos}"),
    ("slug: {ca: avisos, es: avisos}", "slug: {ca: avisos, es: index}"),
    ("organisation: ajuntament", "organisation: arxiu"),
    ("languages: [ca, es]", "languages: [es, ca]"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """For what is put there and taken away again."""
    return hostile(tmp_path_factory.mktemp("hostile") / "project")


def hostile(root: Path) -> Project:
    project = new_project(root)
    with (project.root / "publishconf.py").open("a") as settings:
        settings.write('\nSITEURL = "https://vila.test/web"\n')
    project.write("norms/llei-1.md", "---\ntitle: Llei 1\nsummary: S.\ndate: 2020-01-01\n---\n")
    return project


def wrong_in(project: Project) -> dict[str, set[int]]:
    """The files with errors, below ``content/``, and the lines of those."""
    found: dict[str, set[int]] = {}
    for problem in checked(project).problems:
        if problem.is_error:
            assert problem.line >= 1 and problem.column >= 1
            found.setdefault(problem.path.removeprefix("content/"), set()).add(problem.line)
    return found


def taken_out(project: Project) -> set[str]:
    """Remove the files with errors until there are none: one may hide another's."""
    removed: set[str] = set()
    while found := wrong_in(project):
        for path in found:
            file = project.content / path
            assert file.is_file(), path
            file.unlink()
        removed |= found.keys()
    return removed


def test_notes(tmp_path: Path) -> None:
    """Every text of every kind, and every fact, with every such value."""
    project = hostile(tmp_path / "project")
    written = dict(notes())
    for path, raw in written.items():
        project.write(path, raw)
    removed = taken_out(project)
    assert removed <= written.keys()
    assert len(removed) < len(written) / 1.2
    assert built(project) == []
    for path in project.output.rglob("*"):
        look(path)


def look(path: Path) -> None:
    """What programs read is whole, and no value begins a line of its own."""
    raw = path.read_bytes() if path.is_file() else b""
    match path.suffix:
        case ".xml" | ".atom":
            ElementTree.fromstring(raw)
        case ".json":
            json.loads(raw, parse_constant=lambda name: pytest.fail(f"{path}: {name}"))
        case ".ics":
            Calendar.from_ical(raw)
        case ".vcf":
            lines = raw.decode().split("\r\n")
            assert lines[-1] == "" and not re.search(r"[\r\n\x85\u2028]", "".join(lines)), path
            names = {re.split("[:;.]", line)[0] for line in lines if line and line[0] != " "}
            assert names <= CARD, names - CARD
        case ".html":
            ids = re.findall(r' id="([^"]*)"', raw.decode())
            assert len(ids) == len(set(ids)), (
                f"{path}: {sorted(i for i in ids if ids.count(i) > 1)}"
            )


CARD = set(
    [
        "BEGIN",
        "VERSION",
        "KIND",
        "UID",
        "FN",
        "N",
        "ORG",
        "ADR",
        "GEO",
        "TEL",
        "EMAIL",
        "URL",
        "NOTE",
        "REV",
        "LANG",
        "END",
        "SOURCE",
        "TZ",
        "PRODID",
    ]
) | {f"item{number}" for number in range(1, 100)}


def test_gone(project: Project) -> None:
    """Each entry of ``gone.yaml`` alone on its line."""
    entries = [
        f"- {{address: {quoted(address)}, title: {{ca: X}}, date: 2020-01-01, reason: {{ca: R}}}}\n"
        for address in GONE
    ]
    entries += [
        f"- {{address: /vell-{number}/, title: {{ca: {quoted(value)}}}, date: 2020-01-01, "
        f"reason: {{ca: {quoted(value)}}}, see: {quoted(see)}}}\n"
        for number, (see, value) in enumerate(zip(SEE * 6, VALUES, strict=False))
    ]
    for name in ("plànol 1.txt", "a b.txt"):
        project.write(f"files/{name}", "x")
    project.write("gone.yaml", "".join(entries))
    while found := wrong_in(project):
        assert found.keys() == {"gone.yaml"}
        kept = (project.content / "gone.yaml").read_text("utf-8").splitlines(keepends=True)
        kept = [line for number, line in enumerate(kept, 1) if number not in found["gone.yaml"]]
        project.write("gone.yaml", "".join(kept))
    assert (project.content / "gone.yaml").read_text("utf-8")
    assert built(project) == []
    for line in (project.output / "_redirects").read_text("utf-8").splitlines():
        assert re.fullmatch(r"\S+( \S+=\S+)* \S+ (301!?|410!|404)", line), line
    (project.content / "gone.yaml").unlink()


def test_files(project: Project) -> None:
    for name in FILES:
        path = project.content / "files/mal" / os.fsdecode(name.encode())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    latin = os.fsdecode(os.fsencode(project.content / "files/mal") + b"/pl\xe0nol.txt")
    Path(latin).write_text("x")
    removed = wrong_in(project)
    assert "files/mal/z.txt.gz" in removed
    for path in removed:
        for file in (project.content / "files/mal").rglob("*"):
            shown = str(file.relative_to(project.content))
            if "".join(c if c.isprintable() else "�" for c in shown) == path or shown == path:
                file.unlink(missing_ok=True)
    assert wrong_in(project) == {}
    assert built(project) == []


@pytest.mark.parametrize(("old", "new"), SITES)
def test_site_files(old: str, new: str, project: Project) -> None:
    before = (project.content / "site.yaml").read_text("utf-8")
    project.change("site.yaml", old, new)
    found = wrong_in(project)
    assert found or built(project) == []
    project.write("site.yaml", before)


@pytest.mark.parametrize("folder", ["contacts", "norms", "notices", "pages", "services"])
def test_drafts(folder: str, tmp_path: Path) -> None:
    """Others name a note that is not there yet: they are published without it, or told."""
    project = new_project(tmp_path / "project")
    for path in sorted((project.content / folder).rglob("*.md")):
        before = path.read_text("utf-8")
        if path.name.endswith(".es.md") or "status:" in before:
            continue
        path.write_text(before.replace("---\n", "---\nstatus: draft\n", 1), "utf-8")
        assert wrong_in(project) or built(project) == [], path
        path.write_text(before, "utf-8")
