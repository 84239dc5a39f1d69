"""The ledger of addresses, and redirects that would lead nowhere or in a circle."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from project import DAY, Project, new_project

LEDGER = "addresses.yaml"
NOTE = "notices/2020/platja-1.md"


def record(project: Project) -> str:
    """Write the ledger, and give it."""
    done = project.saig("check", "--write-addresses", "--today", DAY)
    assert done.returncode == 0, done.stdout
    return (project.content / LEDGER).read_text("utf-8")


def codes(project: Project) -> list[tuple[str, str]]:
    return [(p["code"], p["message"]) for p in project.check() if "address" in p["code"]]


def remove(project: Project) -> None:
    for path in (NOTE, NOTE.replace(".md", ".es.md")):
        (project.content / path).unlink()
    project.change("notices/2020/platja-2.md", "supersedes: [platja-1]\n", "")


def test_every_page_of_the_site_is_recorded(built_town: Project, tmp_path: Path) -> None:
    """Notes, hidden ones too, lists, redirects and gone addresses: what answers with a page."""
    copy = new_project(tmp_path / "copy", built_town.content)
    pages = {
        f"/{path.parent.relative_to(built_town.output).as_posix()}/".replace("/./", "/")
        for path in built_town.output.rglob("index.html")
    }
    ledger = yaml.safe_load(record(copy))
    assert sorted(ledger) == sorted({*pages, "/files/planol.png"})
    note = {"kind": "notice", "id": "platja-1", "lang": "ca", "title": "Platja, primer avís"}
    assert ledger["/avisos/platja-primer-avis/"] == note
    assert ledger["/platja/"]["id"] == "platja-2"
    assert ledger["/platja/"]["old"]
    assert ledger["/avisos/grip-2019/"] == "Grip de 2019"
    assert ledger["/files/planol.png"] == {"kind": "file", "title": "planol.png"}


def test_a_clone_knows_what_was_published(kept: Project, tmp_path: Path) -> None:
    """Without a record or an index of what was: the files of ``content/`` are enough."""
    assert codes(kept) == []
    clone = new_project(tmp_path / "clone", kept.content)
    remove(clone)
    assert codes(clone) == [
        ("vanished-address", f"{address} was published, and is no more: its note is not there")
        for address in ("/avisos/platja-primer-avis/", "/es/avisos/playa-primer-aviso/")
    ]
    assert clone.saig("build", "--production", "--today", DAY).returncode == 1


@pytest.mark.parametrize(
    ("path", "old", "new", "address"),
    [
        ("notices/2020/platja-2.md", "[/platja/, ", "[", "/platja/"),
        ("gone.yaml", "/avisos/grip-2019/", "/avisos/grip/", "/avisos/grip-2019/"),
        ("notices/2020/amagat.md", "title: Avís", "title: Nou", "/avisos/avis-amagatall/"),
        ("site.yaml", "  platja: {ca", "  mar: {ca", "/temes/platja/"),
        ("site.yaml", "ca: normativa,", "ca: normes,", "/normativa/"),
    ],
)
def test_nothing_that_was_published_vanishes(
    path: str, old: str, new: str, address: str, kept: Project
) -> None:
    """Redirects, gone pages, hidden notes and lists no more than notes."""
    kept.change(path, old, new)
    assert any(
        code == "vanished-address"
        and message.startswith(f"{address} was published, and is no more")
        for code, message in codes(kept)
    )


def test_a_new_address_is_recorded_when_asked(town: Project) -> None:
    """Until then there is one warning; nothing is forgotten, and titles stay what they were."""
    assert codes(town) == [], "a site that keeps no ledger is not asked to"
    before = record(town)
    town.write("notices/nou.md", "---\ntitle: Nou\nsummary: S.\ndate: 2020-01-01\n---\n")
    town.change("contacts/arxiu.md", "title: Arxiu Municipal", "title: Arxiu nou")
    found = [p for p in town.check() if p["code"] == "unrecorded-address"]
    assert [(p["path"], p["line"], p["severity"]) for p in found] == [
        (f"content/{LEDGER}", 1, "warning")
    ]
    assert "/avisos/nou/" in found[0]["message"]
    assert "--write-addresses" in found[0]["hint"]
    assert (town.content / LEDGER).read_text("utf-8") == before, "only who asks for it gets it"

    after = record(town)
    assert set(before.splitlines()) < set(after.splitlines())
    assert "/avisos/nou/: {id: nou, kind: notice, lang: ca, title: Nou}" in after
    assert codes(town) == []
    assert record(town) == after


def test_what_is_wrong_is_not_recorded(town: Project) -> None:
    """An address that was never public must not have to be explained."""
    town.write("notices/nou.md", "---\ntitle: Nou\nsummary: S.\n---\n")
    done = town.saig("check", "--write-addresses", "--today", DAY)
    assert done.returncode == 1
    assert "No addresses are recorded while there are errors" in done.stderr
    assert not (town.content / LEDGER).exists()


def test_a_note_that_cannot_be_read_has_not_vanished(kept: Project) -> None:
    """One error, not one for each address that it would have."""
    kept.change(NOTE, "---\ntitle", "---\ntitle: [")
    found = kept.check()
    assert [p["code"] for p in found if "address" in p["code"]] == []
    assert {p["path"] for p in found if p["severity"] == "error"} == {f"content/{NOTE}"}


def test_a_draft_has_vanished(kept: Project) -> None:
    kept.change("pages/sobre.md", "\nsummary", "\nstatus: draft\nsummary")
    assert "vanished-address" in {code for code, _ in codes(kept)}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("- /avisos/\n", "wrong-type", 1),
        ("/avisos/: [a]\n", "wrong-type", 1),
        ("/: Vila\navisos: Avisos\n", "bad-value", 2),
        ("/a/: A\n/a/: B\n", "duplicate-key", 2),
        ("/a/: A\n<<<<<<< HEAD\n/b/: B\n", "conflict-marker", 2),
        ("/a/: 'A\n", "yaml-syntax", 1),
    ],
)
def test_a_wrong_ledger_is_told(text: str, code: str, line: int, town: Project) -> None:
    """At its line; and it is not written over."""
    town.write(LEDGER, text)
    done = town.saig("check", "--write-addresses", "--today", DAY)
    assert f"content/{LEDGER}:{line}:" in done.stdout
    assert f"error[{code}]" in done.stdout
    assert (town.content / LEDGER).read_text("utf-8") == text


@pytest.mark.parametrize("text", ["", "# empty\n", "/avisos/antic/:\n"])
def test_a_ledger_may_lack_titles_or_all(text: str, town: Project) -> None:
    """An address without a title is an address all the same."""
    town.write(LEDGER, text)
    vanished = [message for code, message in codes(town) if code == "vanished-address"]
    assert len(vanished) == ("antic" in text)
    assert "unrecorded-address" in {code for code, _ in codes(town)}


LOOPS = {
    "of itself": (
        {NOTE: "/avisos/platja-primer-avis/"},
        NOTE,
        "/avisos/platja-primer-avis/ leads to itself",
        "the note is back where it was",
    ),
    "of itself in another language": (
        {NOTE: "/es/avisos/playa-primer-aviso"},
        NOTE,
        "/es/avisos/playa-primer-aviso leads to itself",
        "the note is back where it was",
    ),
    "of another note": (
        {NOTE: "/contactes/obres/"},
        NOTE,
        "/contactes/obres/ is that of a page that is there, content/contacts/obres.md",
        "give that page another slug",
    ),
    "of a list": (
        {NOTE: "/avisos/index.html"},
        NOTE,
        "/avisos/index.html is that of a page that is there, content/site.yaml",
        "give that page another slug",
    ),
    "of two notes": (
        {"contacts/arxiu.md": "/vell/", NOTE: "/vell"},
        NOTE,
        "/vell leads to content/contacts/arxiu.md already",
        "remove it from one of the two",
    ),
    "of a gone address": (
        {NOTE: "/avisos/grip-2019"},
        "gone.yaml",
        f"/avisos/grip-2019/ is not gone: it is one of the old_addresses of content/{NOTE}",
        "remove this entry, or that old address",
    ),
}


@pytest.mark.parametrize("case", LOOPS.values(), ids=LOOPS)
def test_redirects_lead_to_a_page_in_one_step(
    case: tuple[dict[str, str], str, str, str], town: Project
) -> None:
    """No circles, no chains, no address with two meanings."""
    added, path, message, hint = case
    for note, address in added.items():
        town.change(note, "\nsummary", f"\nold_addresses: [{address}]\nsummary")
    [problem] = town.errors()
    assert (problem["path"], problem["code"]) == (f"content/{path}", "duplicate-address")
    assert problem["message"] == message
    assert hint in problem["hint"]


@pytest.mark.parametrize("see", ["/platja/", "/avisos/grip-2019/", "/avisos/vella/"])
def test_a_gone_page_does_not_lead_to_a_redirect_or_another(see: str, town: Project) -> None:
    with (town.content / "gone.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "- {address: /avisos/vella/, title: {ca: V, es: V}, date: 2020-01-01, "
            f"reason: {{ca: V, es: V}}, see: {see}}}\n"
        )
    assert [p["code"] for p in town.errors()] == ["broken-link"]


def test_an_address_in_two_forms_is_one(town: Project) -> None:
    """A server answers both with one page."""
    entry = (town.content / "gone.yaml").read_text("utf-8")
    town.write("gone.yaml", entry + entry.replace("/avisos/grip-2019/", "/avisos/grip-2019"))
    assert [(p["code"], p["line"]) for p in town.errors()] == [("duplicate-address", 6)]


def old(town: Project, *addresses: str) -> list[tuple[str, str]]:
    """What is said of old addresses of a note."""
    line = f"\nold_addresses: {json.dumps(addresses)}\nsummary"
    town.change(NOTE, "\nsummary", line)
    return [(p["code"], p["message"]) for p in town.errors()]


def test_where_a_file_stands_no_page_can_lie(town: Project) -> None:
    """A file of the editors or of the site, what lies below one, and the twins that servers look for."""
    addresses = [
        *(
            "/files/planol.png",
            "/files/planol.png/vell.aspx",
            "/files/planol.png.gz",
            "/files/planol.png.moved",
            "/sitemap.xml",
        ),
        *("/feed.atom/vell", "/avisos/index.html.br", "/version.json", "/theme/x.css", "/404.html"),
    ]
    found = old(town, *addresses)
    assert [code for code, _ in found] == ["duplicate-address"] * 5 + ["bad-value"] or len(
        found
    ) == 1
    town.change(NOTE, ', "/avisos/index.html.br"', "")
    told = [p["message"] for p in town.errors()]
    assert [message.split(" ")[0] for message in told] == [a for a in addresses if ".br" not in a]
    assert "content/files/planol.png" in told[0]


def test_capitals_alone_tell_no_addresses_apart(town: Project) -> None:
    """Not on Windows nor macOS, where notes are written too; but for those of one note."""
    addresses = (
        "/Portal/A.aspx",
        "/portal/a.aspx",
        "/Avisos/Platja-Primer-Avis/",
        "/Contactes/Obres",
    )
    [(code, message)] = old(town, *addresses)
    assert code == "duplicate-address"
    assert message.startswith("only capitals tell /Contactes/Obres from /contactes/obres/")


def test_an_address_with_a_query_is_one_of_its_own(town: Project) -> None:
    """Of a page that is there too."""
    assert old(town, "/?p=5", "/avisos/?p=5", "/x.php?a=1", "/x.php?a=2") == []
    town.change("contacts/obres.md", "\nsummary", '\nold_addresses: ["/x.php?a=1"]\nsummary')
    [problem] = town.errors()
    assert problem["message"].startswith("/x.php?a=1 leads to content/contacts/obres.md already")


def test_addresses_that_only_queries_tell_apart_lead_to_one_note_or_to_a_choice(
    town: Project,
) -> None:
    """A server that looks at no query answers all of them with one page, that which is there if one is."""
    assert old(town, "/x.php?a=1", "/x.php?a=2", "/y.php?a=1", "/?p=5") == []
    town.change("contacts/obres.md", "\nsummary", '\nold_addresses: ["/y.php?a=2"]\nsummary')
    town.build()
    assert "url=/avisos/platja-primer-avis/" in town.page("/x.php/")
    assert town.document("/x.php/")["kind"] == "moved"
    assert town.document("/y.php/")["kind"] == "choice"
    assert town.document("/")["kind"] == "home"
    assert "/contactes/obres/" in town.page("/y.php/")
    assert "/avisos/platja-primer-avis/" in town.page("/y.php/")


def test_an_address_may_stand_in_a_note_in_two_forms(town: Project) -> None:
    """As a portal wrote it, and as a browser copied it: it is one, and leads to the note."""
    assert old(town, "/avisos/llicències/", "/avisos/llic%C3%A8ncies", "/a.php?x=%c3%a8") == []
    town.build()
    rules = (town.output / "_redirects").read_text("utf-8")
    assert rules.count("/avisos/llic%C3%A8ncies/ ") == 2
    assert "url=/avisos/platja-primer-avis/" in town.page("/avisos/llicències/")


def test_an_address_that_stands_in_a_note_twice_is_told(town: Project) -> None:
    ((code, _),) = old(town, "/avisos/vell/", "/avisos/vell/")
    assert code == "duplicate-address"


def test_an_address_below_the_editor_may_be_an_old_one(town: Project) -> None:
    """Other systems have theirs there, and ours answers at its own files alone."""
    assert old(town, "/admin/noticia.php") == []


def test_numbers_are_kept_for_lists_below_sections_alone(town: Project) -> None:
    """A page stands at the root, where there are no lists."""
    note = "---\ntitle: Pla\nslug: '2030'\nsummary: S.\ndate: 2020-12-01\n---\nT.\n"
    town.write("pages/pla.md", note)
    assert town.errors() == []
    town.write("notices/pla.md", note)
    assert [problem["path"] for problem in town.errors()] == ["content/notices/pla.md"]


def test_a_file_can_be_gone_or_moved(town: Project) -> None:
    """While it is not there."""
    assert old(town, "/files/vell.pdf") == []
    with (town.content / "gone.yaml").open("a", encoding="utf-8") as file:
        for name in ("fora.pdf", "planol.png"):
            file.write(
                f"- {{address: /files/{name}, title: {{ca: V, es: V}}, date: 2020-01-01, "
                "reason: {ca: V, es: V}}\n"
            )
    [problem] = town.errors()
    assert (
        problem["message"]
        == "the file content/files/planol.png is there, so its address is not gone"
    )


def test_a_folder_of_the_editors_with_a_page_is_told_by_its_file(town: Project) -> None:
    file = town.write("files/mapa/index.html", "<h1>Mapa</h1>")
    entry = "- {address: /files/mapa, title: {ca: V, es: V}, date: 2020-01-01, reason: {ca: V}}\n"
    town.write("gone.yaml", entry)
    told = [message for _, message in old(town, "/files/mapa/")]
    assert told == [
        "the file content/files/mapa/index.html is there, so its address is not gone",
        "/files/mapa/ leads to no note: the file content/files/mapa/index.html is there",
    ]
    file.unlink()
    assert [problem["code"] for problem in town.errors()] == ["duplicate-address"]


def test_what_is_called_gone_and_lives_stays(town: Project) -> None:
    """It is told as an error, and the page is there after every build: of two entries, the first."""
    entry = (
        "- {{address: {}, title: {{ca: {}, es: B}}, date: 2020-12-01, reason: {{ca: R, es: R}}}}\n"
    )
    said = [("/avisos/", "A"), ("/platja/", "A"), ("/avisos/vell/", "A"), ("/avisos/vell/", "C")]
    town.build()
    town.write("gone.yaml", "".join(entry.format(*one) for one in said))
    assert [error["code"] for error in town.errors()] == ["duplicate-address"] * 3
    town.build()
    assert town.document("/")["kind"] == "home"
    assert town.document("/platja/")["kind"] == "moved"
    assert town.document("/avisos/vell/")["title"] == "A"
