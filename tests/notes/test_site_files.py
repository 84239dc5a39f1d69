"""``site.yaml`` and ``gone.yaml``: what is wrong in them is told, at its place."""

from __future__ import annotations

import json
import shutil

import pytest
from project import Project, tree
from tasks import give_tasks

SITE = [
    ("missing-field", "organisation: ajuntament\n", "", 1, 1),
    ("unknown-reference", "organisation: ajuntament", "organisation: ajuntamen", 2, 15),
    ("unknown-field", "time_zone:", "timezone:", 4, 1),
    ("bad-value", "Europe/Madrid", "Europe/Vila", 4, 12),
    ("unknown-language", "languages: [ca, es]", "languages: [ca, es, klingonès]", 3, 12),
    ("missing-field", "slug: {ca: avisos, es: avisos}", "slug: {ca: avisos}", 9, 49),
    ("bad-value", "slug: {ca: avisos, es: avisos}", "slug: {ca: Avisos!, es: avisos}", 9, 60),
    (
        "duplicate-address",
        "slug: {ca: avisos, es: avisos}",
        "slug: {ca: serveis, es: avisos}",
        9,
        60,
    ),
    *(
        (
            "duplicate-address",
            "slug: {ca: avisos, es: avisos}",
            f'slug: {{ca: avisos, es: "{slug}"}}',
            9,
            72,
        )
        for slug in ("files", "theme", "api", "es", "ca", "404")
    ),
    ("bad-value", "slug: {ca: avisos, es: avisos}", "slug: {ca: index, es: avisos}", 9, 60),
    ("bad-value", "  platja: {", "  index: {", 15, 10),
    ("bad-value", "  platja: {", f"  {'a' * 241}: {{", 15, 246),
    ("insecure-url", "https://seu.vila.test/ca/", "http://seu.vila.test/ca/", 17, 16),
    ("bad-value", "stale_after_months: 12", "stale_after_months: 0", 20, 21),
    ("bad-value", "country: ES", "country: Espanya", 21, 10),
    ("bad-value", "country: ES", "country: es", 21, 10),
    ("bad-value", "country: ES", "country: EU", 21, 10),
    ("bad-value", "territory: http://", "territory: ", 22, 12),
    (
        "duplicate-key",
        "time_zone: Europe/Madrid",
        "time_zone: Europe/Madrid\nlanguages: [ca]",
        5,
        1,
    ),
    ("yaml-syntax", "languages: [ca, es]", "languages: [ca, es", 3, 12),
]
"""Code, what stands in the town's ``site.yaml``, what is put there, and where the problem is."""


@pytest.mark.parametrize(
    ("code", "old", "new", "line", "column"), SITE, ids=[c[2] or "none" for c in SITE]
)
def test_a_wrong_site_file_is_told(
    code: str, old: str, new: str, line: int, column: int, town: Project
) -> None:
    """Nothing can be built on a wrong ``site.yaml``, so its problems must be plain."""
    town.change("site.yaml", old, new)
    found = {
        (p["code"], p["line"], p["column"])
        for p in town.errors()
        if p["path"] == "content/site.yaml"
    }
    assert (code, line, column) in found


TASK = [
    ("unknown-reference", "{service: llicencia,", "{service: licencia,", 2, 15),
    ("unknown-reference", "{contact: obres}", "{contact: llicencia}", 3, 15),
    (
        "unknown-reference",
        "{contact: obres}",
        '{norm: "https://www.boe.es/eli/es-ib/l/2017/12/29/12"}',
        3,
        12,
    ),
    ("missing-field", "{contact: obres}", '{text: {ca: "Obres"}}', 3, 6),
    ("bad-value", "{contact: obres}", "{contact: obres, page: sobre}", 3, 5),
    ("bad-value", "{section: booking}", "{section: serveis}", 4, 15),
    ("broken-link", "es: /es/avisos/2020/}", "es: /es/avisos/1999/}", 5, 39),
    ("broken-link", "ca: /avisos/2020/", "ca: /serveis/fora/", 5, 20),
    ("unsafe-html", "ca: /avisos/2020/", '"ca": "javascript:alert(1)"', 5, 22),
    (
        "missing-field",
        ', text: {ca: "Els avisos de 2020", es: "Los avisos de 2020"}',
        "",
        5,
        5,
    ),
    ("bad-value", "feedback: clar@vila.test", "feedback: clar", 6, 11),
]
"""The same of the tasks; lines are counted from their first."""


@pytest.mark.parametrize(("code", "old", "new", "line", "column"), TASK, ids=[c[2] for c in TASK])
def test_a_wrong_task_is_told(
    code: str, old: str, new: str, line: int, column: int, town: Project
) -> None:
    before = len((town.content / "site.yaml").read_text("utf-8").splitlines())
    give_tasks(town)
    test_a_wrong_site_file_is_told(code, old, new, before + line, column, town)


@pytest.mark.parametrize("text", ["", "just words\n", "booking: {}\n", "\xff"])
def test_a_site_file_of_nonsense_stops_the_build_in_words(text: str, town: Project) -> None:
    """Exit 1 and a problem of that file; nothing is written."""
    town.write("site.yaml", text.encode("latin-1"))
    done = town.saig("build")
    assert done.returncode == 1
    assert done.stderr.startswith("content/site.yaml:")
    assert not town.output.exists()


def test_an_empty_booking_address_is_told(town: Project) -> None:
    """A map without any language leads nowhere."""
    town.change(
        "site.yaml",
        'booking: {ca: "https://cita.vila.test/", es: "https://cita.vila.test/?lang=es"}',
        "booking: {}",
    )
    assert "content/site.yaml" in {problem["path"] for problem in town.errors()}


def test_a_language_without_words_in_the_theme_is_told(town: Project) -> None:
    """A page must not mix two languages."""
    shutil.rmtree(town.root / "theme/translations/es")
    assert [(p["path"], p["code"]) for p in town.errors()] == [
        ("content/site.yaml", "missing-words")
    ]


def test_a_project_without_a_site_file_is_told(town: Project) -> None:
    """The file that everything needs is named."""
    (town.content / "site.yaml").unlink()
    assert [(p["path"], p["code"]) for p in town.errors()] == [
        ("content/site.yaml", "missing-file")
    ]


GONE = [
    ("missing-field", "  date: 2020-02-01\n", ""),
    ("unknown-field", "  see: /avisos/", "  seee: /avisos/"),
    ("bad-value", "/avisos/grip-2019/", "avisos grip"),
    ("bad-value", "date: 2020-02-01", "date: febrer"),
    ("duplicate-address", "/avisos/grip-2019/", "/contactes/obres/"),
    ("duplicate-address", "/avisos/grip-2019/", "/sitemap.xml"),
    ("broken-link", "see: /avisos/", "see: /avisos/no-hi-es/"),
    ("unsafe-html", "see: /avisos/", 'see: "javascript:alert(1)"'),
    ("insecure-url", "see: /avisos/", "see: http://vila.test/"),
]


def test_more_may_be_gone_than_fits_into_a_note(town: Project) -> None:
    """A town that comes from another system may have thousands of old addresses."""
    gone = "title: {ca: Nota, es: Nota}, date: 2020-01-01, reason: {ca: Fora., es: Fuera.}"
    comments = f"# {'x' * 1000}\n" * 500
    town.write("gone.yaml", f"{comments}- {{address: /antiga/, {gone}}}\n")
    assert town.errors() == []
    town.build()
    assert "Fora." in town.page("/antiga/")


@pytest.mark.parametrize(("code", "old", "new"), GONE, ids=[case[2] or "none" for case in GONE])
def test_a_wrong_gone_address_is_told(code: str, old: str, new: str, town: Project) -> None:
    """``gone.yaml`` is held to the same rules as notes."""
    town.change("gone.yaml", old, new)
    assert [(p["path"], p["code"]) for p in town.errors()] == [("content/gone.yaml", code)]


@pytest.mark.parametrize(
    "address",
    [
        *("/files/planol.png", "/files/planol.png/x", "/files/planol.png?x=1"),
        *("/sitemap.xml", "/avisos/feed.atom?x=1", "/theme/x", "/avisos/"),
    ],
)
def test_what_stands_where_an_address_is_called_gone_is_built(address: str, town: Project) -> None:
    """The rest of a laptop's site is shown."""
    town.build()
    before = tree(town.output)
    town.change("gone.yaml", "/avisos/grip-2019/", address)
    assert [problem["code"] for problem in town.errors()] == ["duplicate-address"]
    town.build()
    there = tree(town.output)
    was = {path for path in before if not path.startswith("avisos/grip-2019/")}
    assert there.keys() == was


GONE_WARNINGS = [
    ("cut-text", (5, 19), "  reason:\n    ca: Ja no cal # mai"),
    ("markup-as-text", (4, 16), '  reason: {ca: "Ja **no** cal", es: "Ya no"}'),
    ("odd-character", (4, 20), '  reason: {ca: "Pal∙liar", es: "Paliar"}'),
]


@pytest.mark.parametrize(("code", "place", "line"), GONE_WARNINGS)
def test_what_readers_of_a_gone_address_would_see_is_told(
    code: str, place: tuple[int, int], line: str, town: Project
) -> None:
    """As in notes, and comments on what readers do not see are none of it."""
    first = "- address: /avisos/grip-2019/  # since 2019"
    town.change("gone.yaml", "- address: /avisos/grip-2019/", first)
    before = '  reason: {ca: "Ja no cal", es: "Ya no hace falta"}'
    town.change("gone.yaml", before, line)
    [found] = [one for one in town.check() if one["path"] == "content/gone.yaml"]
    assert (found["code"], (found["line"], found["column"])) == (code, place)


def test_a_placeholder_in_a_gone_address_is_none_for_the_public(town: Project) -> None:
    town.change("gone.yaml", "see: /avisos/", "see: https://www.example.org/")
    assert town.errors() == []
    [found] = [one for one in town.errors("--production") if one["path"] == "content/gone.yaml"]
    assert (found["code"], found["line"], found["column"]) == ("placeholder", 5, 8)


def test_what_cannot_be_read_of_gone_addresses_hides_nothing_else(town: Project) -> None:
    """Fields below a fault of YAML are not missing."""
    town.change("gone.yaml", 'title: {ca: "Grip de 2019"', "title: {ca: Grip #2")
    [found] = town.errors()
    assert (found["code"], found["line"]) == ("yaml-syntax", 2)


def test_an_address_gone_twice_is_told(town: Project) -> None:
    """Each address has one reason."""
    entry = (town.content / "gone.yaml").read_text()
    town.write("gone.yaml", entry + entry)
    assert {p["code"] for p in town.errors()} == {"duplicate-address"}


def test_a_vanished_address_is_told_until_it_is_explained(town: Project) -> None:
    """What was published and is no more needs a redirect, or a reason in ``gone.yaml``."""
    town.build()
    index = town.root / "earlier.json"
    index.write_bytes((town.output / "api/v1/index.json").read_bytes())
    assert town.errors("--previous", str(index)) == []

    (town.content / "notices/2020/platja-1.md").unlink()
    (town.content / "notices/2020/platja-1.es.md").unlink()
    town.change("notices/2020/platja-2.md", "supersedes: [platja-1]\n", "")
    found = town.errors("--previous", str(index))
    assert {(p["path"], p["code"]) for p in found} == {("content/gone.yaml", "vanished-address")}
    first = next(p for p in found if "/avisos/platja-primer-avis/" in p["message"])
    assert "- {address: /avisos/platja-primer-avis/, title: {" in first["hint"]
    assert len(found) == 2

    town.change("notices/2020/platja-2.md", "[/platja/,", "[/avisos/platja-primer-avis/,")
    gone = (town.content / "gone.yaml").read_text()
    town.write(
        "gone.yaml",
        gone + "- {address: /es/avisos/playa-primer-aviso/, title: {ca: P, es: P}, "
        "date: 2020-12-10, reason: {ca: P, es: P}}\n",
    )
    assert town.errors("--previous", str(index)) == []


@pytest.mark.parametrize(
    "text", ["", "[]", '{"site": 1}', json.dumps({"site": "x", "documents": [1], "gone": []})]
)
def test_a_file_that_is_no_index_is_refused_in_words(text: str, town: Project) -> None:
    """``--previous`` may name a wrong file: one line, exit 1."""
    (town.root / "earlier.json").write_text(text)
    done = town.saig("check", "--previous", "earlier.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "earlier.json" in done.stderr
