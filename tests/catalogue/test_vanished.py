"""What is said of an address that was published and is no more: on the line that made it go, with
lines that can be pasted."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import yaml
from project import DAY, Project, new_project
from saig.commands import project as commands
from saig.site_check import checked_project

LEDGER = "addresses.yaml"


def vanished(town: Project, previous: Path | None = None, lang: str = "en") -> list[dict[str, Any]]:
    """The problems, in this process."""
    given = {"PREVIOUS": str(previous)} if previous else {}
    found = checked_project(commands.settings(town.root, TODAY=DAY, **given)).problems
    said = []
    for problem in found:
        if problem.code == "vanished-address":
            message, hint = problem.said(lang)
            at = f"{problem.path.removeprefix('content/')}:{problem.line}:{problem.column}"
            said.append({"at": at, "message": message, "hint": hint})
    return said


def front(town: Project, path: str, line: str) -> None:
    """Put a line of front matter in place of its field, or before the summary."""
    text = (town.content / path).read_text("utf-8")
    name = line.partition(":")[0]
    text = re.sub(rf"^{name}:.*\n(  .*\n)*", "", text, flags=re.M)
    town.write(path, text.replace("\nsummary", f"\n{line}\nsummary", 1))


def told(hint: str, start: str) -> str:
    """The line that a hint offers after these words."""
    return hint.partition(start)[2].partition("; ")[0]


NOTE, SPANISH = "notices/2020/platja-2.md", "notices/2020/platja-2.es.md"


def test_a_new_title_is_told_on_its_line_with_both_ways_out(kept: Project) -> None:
    """The line to keep the address, and the one to move it; each, pasted, is enough."""
    for path, word in ((NOTE, "Nova"), (SPANISH, "Nueva")):
        kept.change(path, "\ntitle: ", f"\ntitle: {word} ")
    spanish, catalan = vanished(kept)
    assert spanish["at"] == f"{SPANISH}:2:8"
    assert catalan["at"] == f"{NOTE}:2:8"
    assert "/avisos/platja-segon-avis/ was" in catalan["message"]
    assert "now at /avisos/nova-platja-segon-avis/" in catalan["message"]
    keep = {
        path: told(said["hint"], "write here: ")
        for path, said in ((NOTE, catalan), (SPANISH, spanish))
    }
    assert keep == {NOTE: "slug: platja-segon-avis", SPANISH: "slug: playa-segundo-aviso"}
    move = told(catalan["hint"], "to move it, write here: ")
    assert told(spanish["hint"], f"to move it, write in content/{NOTE}: ") == move
    assert "/platja/" in move, "what it has already is kept"

    before = {path: (kept.content / path).read_text("utf-8") for path in keep}
    for path, line in keep.items():
        front(kept, path, line)
    assert vanished(kept) == []
    for path, text in before.items():
        kept.write(path, text)
    front(kept, NOTE, move)
    assert vanished(kept) == []
    assert kept.errors() == []


def test_where_a_short_title_or_a_slug_makes_the_address_it_is_told_there(kept: Project) -> None:
    """For that is the line that was changed."""
    front(kept, NOTE, "slug: un-altre")
    [problem] = vanished(kept)
    line = int(problem["at"].split(":")[1])
    assert (kept.content / NOTE).read_text("utf-8").splitlines()[line - 1] == "slug: un-altre"


def test_a_removed_note_is_told_with_its_entry_in_every_language(kept: Project) -> None:
    """Titles stand under their own language; what must be written is not taken as written."""
    for path in ("notices/2020/platja-1.md", "notices/2020/platja-1.es.md"):
        (kept.content / path).unlink()
    kept.change(NOTE, "supersedes: [platja-1]\n", "")
    found = vanished(kept)
    assert {problem["at"] for problem in found} == {"gone.yaml:1:1"}
    entries = [told(problem["hint"], "write here: ") for problem in found]
    [[first], [second]] = map(yaml.safe_load, entries)
    assert (
        first["title"]
        == second["title"]
        == {"ca": "Platja, primer avís", "es": "Playa, primer aviso"}
    )
    assert str(first["date"]) == DAY
    assert second["address"] == "/es/avisos/playa-primer-aviso/"

    gone = (kept.content / "gone.yaml").read_text("utf-8")
    kept.write("gone.yaml", gone + "".join(f"{entry}\n" for entry in entries))
    assert {p["code"] for p in kept.errors()} == {"missing-field"}, "the reason is not written yet"
    kept.write(
        "gone.yaml", gone + "".join(f"{entry}\n" for entry in entries).replace("…", "Ja ha passat")
    )
    assert kept.errors() == []


def test_a_title_that_is_known_in_one_language_is_not_said_in_another(kept: Project) -> None:
    """The first language's title must be written."""
    text = (kept.content / LEDGER).read_text("utf-8")
    kept.write(LEDGER, re.sub(r"^/avisos/platja-primer.*\n", "", text, flags=re.M))
    for path in ("notices/2020/platja-1.md", "notices/2020/platja-1.es.md"):
        (kept.content / path).unlink()
    kept.change(NOTE, "supersedes: [platja-1]\n", "")
    [problem] = vanished(kept)
    assert "title: {ca: …, es: 'Playa, primer aviso'}" in problem["hint"]


def test_no_title_stands_under_another_language(kept: Project, tmp_path: Path) -> None:
    """Of an address in Spanish whose note, or whose entry in gone.yaml, has Catalan words alone; neither
    where the ledger tells of it nor where an index does."""
    kept.write("notices/sol.md", "---\ntitle: Sol\nsummary: S.\ndate: 2020-12-01\n---\nT.\n")
    front(kept, "notices/sol.md", "old_addresses: [/es/sol-vell/]")
    gone = (kept.content / "gone.yaml").read_text("utf-8")
    entry = "{address: /es/boira/, title: {ca: Boira}, date: 2020-12-01, reason: {ca: R, es: R}}"
    kept.write("gone.yaml", f"{gone}- {entry}\n")
    without = (kept.content / LEDGER).read_text("utf-8")
    kept.saig("check", "--write-addresses", "--today", DAY)
    kept.build()
    front(kept, "notices/sol.md", "modified: 2020-12-02")
    kept.build()
    index = shutil.copy(kept.output / "api/v1/index.json", tmp_path / "index.json")
    kept.write("gone.yaml", gone)
    (kept.content / "notices/sol.md").unlink()
    for ledger, previous in ((None, None), (without, index)):
        if ledger:
            kept.write(LEDGER, ledger)
        hints = {p["message"].partition(" ")[0]: p["hint"] for p in vanished(kept, previous)}
        assert "title: {ca: …}" in hints["/es/boira/"]
        if not ledger:
            assert "title: {ca: Sol}" in hints["/es/sol-vell/"]


def test_a_removed_translation_is_told_in_its_original(kept: Project) -> None:
    (kept.content / "contacts/obres.es.md").unlink()
    [problem] = vanished(kept)
    assert problem["at"] == "contacts/obres.md:2:8"
    assert "there is no obres.es.md any more" in problem["message"]
    front(kept, "contacts/obres.md", told(problem["hint"], "or write here: "))
    assert vanished(kept) == []


def test_a_draft_is_told_on_its_status(kept: Project) -> None:
    front(kept, "pages/sobre.md", "status: draft")
    found = vanished(kept)
    assert {problem["at"] for problem in found} == {"pages/sobre.md:3:9"}
    assert "remove this line" in found[0]["hint"]


def test_a_renamed_file_of_a_note_is_found(kept: Project) -> None:
    """Another id and another title: a new note like the one that went."""
    file = kept.content / "services/consulta-arxiu.md"
    text = file.read_text("utf-8")
    title = re.search(r"^title: (.*)$", text, re.M)
    assert title
    kept.write("services/consulta-a-l-arxiu.md", text.replace(title[1], f"{title[1]} nova", 1))
    file.unlink()
    [problem] = vanished(kept)
    assert problem["at"] == "services/consulta-a-l-arxiu.md:2:8"
    front(kept, "services/consulta-a-l-arxiu.md", told(problem["hint"], "if so, write here: "))
    assert vanished(kept) == []


def test_another_section_is_told_where_it_is_named(kept: Project) -> None:
    kept.change("site.yaml", "ca: normativa,", "ca: normes,")
    found = vanished(kept)
    assert {problem["at"] for problem in found} == {"site.yaml:8:64"}
    notes = [problem for problem in found if "this note is now at" in problem["message"]]
    assert len(notes) == 2
    assert all("write here: normativa;" in problem["hint"] for problem in notes)
    assert "see: /normes/" in next(p["hint"] for p in found if "/normativa/ was" in p["message"])


def test_a_removed_topic_is_told_in_the_list_of_topics(kept: Project) -> None:
    kept.change("site.yaml", "  platja: {ca", "  mar: {ca")
    assert {problem["at"].split(":")[0] for problem in vanished(kept)} == {"site.yaml"}


def test_a_file_that_vanishes_is_told_and_can_be_gone_or_moved(kept: Project) -> None:
    """One that may be the same under another name is offered."""
    (kept.content / "files/planol.png").rename(kept.content / "files/planol-2.png")
    [problem] = vanished(kept)
    assert "/files/planol.png was published" in problem["message"]
    entry = told(problem["hint"], "write here: ")
    assert "see: /files/planol-2.png" in entry
    gone = (kept.content / "gone.yaml").read_text("utf-8")
    kept.write("gone.yaml", gone + entry.replace("…", "Hi ha un plànol nou") + "\n")
    assert vanished(kept) == []
    kept.write("gone.yaml", gone)
    front(kept, NOTE, "old_addresses: [/platja/, /es/playa-vieja/, /files/planol.png]")
    assert vanished(kept) == []


def test_a_file_is_called_gone_by_its_name(town: Project) -> None:
    """Or by that of its folder, where it was the page of one."""
    for name in ("a b%.pdf", "mapa/index.html", "sub/à.pdf"):
        town.write(f"files/{name}", b"x")
    town.saig("check", "--write-addresses")
    shutil.rmtree(town.content / "files/mapa")
    shutil.rmtree(town.content / "files/sub")
    (town.content / "files/a b%.pdf").unlink()
    entries = [told(problem["hint"], "write here: ") for problem in vanished(town)]
    assert [re.findall("title: {ca: ([^}]*)}", entry) for entry in entries] == [
        ["a b%.pdf"],
        ["mapa"],
        ["à.pdf"],
    ]
    gone = (town.content / "gone.yaml").read_text("utf-8")
    town.write("gone.yaml", gone + "\n".join(entries).replace("…", "Ja no hi és") + "\n")
    assert vanished(town) == []
    assert town.errors() == []


def test_an_old_address_that_is_dropped_is_told_in_its_note(kept: Project) -> None:
    kept.change(NOTE, "[/platja/, ", "[")
    [problem] = vanished(kept)
    assert "it led to this note" in problem["message"]
    front(kept, NOTE, told(problem["hint"], "write here: "))
    assert vanished(kept) == []


def test_an_old_address_is_put_back_whatever_the_note_is_called_now(kept: Project) -> None:
    """Its line does not move the page's own address, which may be kept."""
    kept.change(NOTE, "[/platja/, ", "[")
    kept.change(NOTE, "\ntitle: ", "\ntitle: Nova ")
    found = {problem["message"].partition(" ")[0]: problem["hint"] for problem in vanished(kept)}
    put_back = told(found["/platja/"], "write here: ")
    assert yaml.safe_load(put_back) == {"old_addresses": ["/es/playa-vieja/", "/platja/"]}
    assert "slug: platja-segon-avis" in found["/avisos/platja-segon-avis/"]


def test_an_address_from_before_the_present_one_is_put_among_the_old_ones(kept: Project) -> None:
    """The note stands where it was since: its slug is not what is wrong."""
    ledger = (kept.content / LEDGER).read_text("utf-8")
    [line] = re.findall(r"^/avisos/platja-segon-avis/: .*\n", ledger, flags=re.M)
    kept.write(LEDGER, ledger + line.replace("platja-segon-avis", "segona-platja", 1))
    [problem] = vanished(kept)
    assert "/avisos/segona-platja/ was" in problem["message"]
    assert "it led to this note" in problem["message"] and "slug" not in problem["hint"]
    front(kept, NOTE, told(problem["hint"], "write here: "))
    assert vanished(kept) == []


def test_what_must_be_quoted_is_quoted(kept: Project) -> None:
    """In every line that is offered."""
    address = "/l'obra: [1], {2} #3/x.aspx?a=1,2"
    kept.write("gone.yaml", "")
    ledger = yaml.safe_load((kept.content / LEDGER).read_text("utf-8"))
    del ledger["/avisos/grip-2019/"]
    ledger["/l'obra: [1], {2} %233/x.aspx?a=1,2"] = "Un: títol #2"
    kept.write(LEDGER, yaml.safe_dump(ledger, allow_unicode=True))
    [problem] = vanished(kept)
    entry = problem["hint"].partition("write here: ")[2].partition("; or, in")[0]
    [plain] = yaml.safe_load(entry)
    assert plain["title"] == {"ca": "Un: títol #2"}
    assert address.partition("/x")[0][:8] in plain["address"]
    kept.write("gone.yaml", entry.replace("…", "Ja no"))
    assert vanished(kept) == []


def test_an_older_ledger_and_an_index_say_the_same(
    town: Project, built_town: Project, ledger: str
) -> None:
    """Titles alone, as ledgers were; and the index of what is public, which knows ids."""
    plain = yaml.safe_load(ledger)
    old = {a: w["title"] if isinstance(w, dict) else w for a, w in plain.items()}
    town.change(NOTE, "\ntitle: ", "\ntitle: Nova ")
    (town.content / "files/planol.png").unlink()
    index = built_town.output / "api/v1/index.json"
    by_index = vanished(town, index)
    town.write(LEDGER, yaml.safe_dump(old, allow_unicode=True))
    by_title = vanished(town)
    for found in (by_index, by_title):
        assert [problem["at"] for problem in found] == ["gone.yaml:1:1", f"{NOTE}:2:8"]
    assert "slug: platja-segon-avis" in by_index[1]["hint"]
    assert "/avisos/platja-segon-avis/" in by_title[1]["hint"]
    assert by_title[0]["message"].startswith("/files/planol.png")


def test_an_older_ledger_learns_what_it_did_not_know(town: Project, ledger: str) -> None:
    """When it is written the next time; its titles stay."""
    plain = yaml.safe_load(ledger)
    old = {a: w["title"] if isinstance(w, dict) else w for a, w in plain.items()}
    titles = {"/avisos/grip-2019/": "Grip", "/contactes/arxiu/": "Arxiu d'abans"}
    town.write(LEDGER, yaml.safe_dump({**old, **titles}, allow_unicode=True))
    town.saig("check", "--write-addresses", "--today", DAY)
    archive = {**plain["/contactes/arxiu/"], "title": "Arxiu d'abans"}
    assert yaml.safe_load((town.content / LEDGER).read_text("utf-8")) == {
        **plain,
        **titles,
        "/contactes/arxiu/": archive,
    }


def test_a_line_of_the_ledger_stays_as_it_was_written(kept: Project) -> None:
    """Also where another note has the address since: who asks later is told what stood there first."""
    for ending in ("", ".es"):
        (kept.content / f"pages/sobre{ending}.md").rename(
            kept.content / f"pages/quant-a{ending}.md"
        )
    before = (kept.content / LEDGER).read_text("utf-8")
    kept.write("notices/nou.md", "---\ntitle: Nou\nsummary: S.\ndate: 2020-12-01\n---\nT.\n")
    assert kept.saig("check", "--write-addresses", "--today", DAY).returncode == 0
    lines = (kept.content / LEDGER).read_text("utf-8").splitlines()
    [new] = set(lines) - set(before.splitlines())
    assert new.startswith("/avisos/nou/")


def test_a_town_that_takes_another_name_is_told_of_each_address(kept: Project) -> None:
    """Most of its notes are there: the ledger is its own."""
    kept.change("site.yaml", 'name: {ca: "Vila", es: "Villa"}', "name: {ca: Vila Nova, es: Villa}")
    (kept.content / "files/planol.png").unlink()
    kept.change(NOTE, "\ntitle: ", "\ntitle: Nova ")
    assert [problem["at"] for problem in vanished(kept)] == ["gone.yaml:1:1", f"{NOTE}:2:8"]


def test_another_towns_ledger_is_one_problem(tmp_path: Path, ledger: str) -> None:
    """Whoever begins a site of her own is not told to explain each of its addresses."""
    town = new_project(tmp_path / "project", None)
    page = "---\ntitle: Ajuntament del Port\nsummary: S.\n---\n"
    town.write("contacts/ajuntament.md", page)
    site = (Path(__file__).parents[1] / "town/site.yaml").read_text("utf-8")
    site = re.sub(r"^name: .*$", "name: {ca: El Port, es: El Puerto}", site, flags=re.M)
    town.write("site.yaml", site)
    town.write(LEDGER, ledger)
    [problem] = vanished(town)
    assert problem["at"] == f"{LEDGER}:1:1"
    assert "another site" in problem["message"]
    assert "delete this file" in problem["hint"]

    half = {"/": {"title": "Vila", "kind": "home", "id": "home", "lang": "ca"}, "/avisos/x/": "X"}
    half["/contactes/ajuntament-del-port/"] = "Ajuntament del Port"
    town.write(LEDGER, yaml.safe_dump(half))
    [problem] = vanished(town)
    assert problem["message"].startswith("/avisos/x/")


def test_it_is_told_in_the_editors_language(kept: Project) -> None:
    kept.change(NOTE, "\ntitle: ", "\ntitle: Nova ")
    for lang, words in (("ca", "es va publicar"), ("es", "se publicó")):
        [problem] = vanished(kept, lang=lang)
        assert words in problem["message"]
