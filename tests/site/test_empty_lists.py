"""A town has some kinds of notes and lacks others: its site is whole, and leads to no empty page."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import combinations

import pytest
from in_process import built, checked
from project import Project, new_project
from saig.publishing.checks import read_page

NOTES = {
    "services": "departments: [ajuntament]\nchannels: [{channel: in-person, appointment: none}]\n",
    "norms": "date: 2020-05-01\nfirst_date_entry_in_force: 2020-05-01\n",
    "notices": "date: 2020-05-01\n",
    "contacts": "parent: ajuntament\n",
}
"""A note of each kind that a town may lack, by its folder."""

LISTS = {
    "services": {"serveis", "es/servicios", "cita-previa", "es/cita-previa"},
    "norms": {
        f"{section}{view}"
        for section, views in (
            ("normativa", ("", "/per-tipus", "/per-any", "/per-tema", "/relacions")),
            ("es/normativa", ("", "/por-tipo", "/por-ano", "/por-tema", "/relaciones")),
        )
        for view in views
    },
    "notices": {"avisos", "es/avisos"},
    "topics": {"temes", "es/temas", "temes/llicencies", "es/temas/llicencies"},
}
"""The folders of the pages that list nothing without such a note."""

ALWAYS_EMPTY = {"temes/platja", "es/temas/platja"}
"""A topic that no note names."""

KINDS = ("services", "norms", "notices", "topics")
SUBSETS = [frozenset(chosen) for size in range(5) for chosen in combinations(KINDS, size)]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The town's organisation, and every list's address in the ledger."""
    project = new_project(tmp_path_factory.mktemp("bare") / "project")
    for path in project.content.rglob("*"):
        if path.is_file() and path.name != "site.yaml":
            path.unlink()
    project.write("contacts/ajuntament.md", "---\ntitle: Ajuntament\nsummary: Resum.\n---\n")
    known = sorted({f"/{folder}/: Llista\n" for folders in LISTS.values() for folder in folders})
    project.write("addresses.yaml", "".join(known))
    return project


def have(project: Project, kinds: Set[str], hidden: Set[str]) -> None:
    """Give the town a note of these kinds, hidden ones too, and no other."""
    topics = "topics: [llicencies]\n" if "topics" in kinds else ""
    for folder, facts in NOTES.items():
        path = project.content / folder / "una.md"
        path.unlink(missing_ok=True)
        if folder in kinds | hidden:
            status = "status: hidden\n" * (folder in hidden)
            head = f"title: Una de {folder}\nsummary: Resum.\n{facts}{status}"
            project.write(
                f"{folder}/una.md", f"---\n{head}{topics * (folder in kinds)}---\nText.\n"
            )


def lists_of_nothing(kinds: Set[str]) -> set[str]:
    missing = [folders for kind, folders in LISTS.items() if kind not in kinds]
    if not kinds - {"topics"}:  # no note that could name a topic
        missing.append(LISTS["topics"])
    return ALWAYS_EMPTY.union(*missing)


@pytest.mark.parametrize("kinds", SUBSETS, ids=lambda kinds: "-".join(sorted(kinds)) or "none")
def test_whatever_kinds_of_notes_a_town_has(kinds: Set[str], bare: Project) -> None:
    """The site is published, and nothing leads to a list with nothing in it. What the town lacks is
    absent or hidden in turn, and every other town has a second contact."""
    kinds |= {"contacts"} if len(kinds) % 2 else set()
    lacking = sorted(NOTES.keys() - kinds)
    have(bare, kinds, hidden=set(lacking[::2]))
    assert [problem for problem in checked(bare).problems if problem.is_error] == []
    assert built(bare) == []
    nothing = lists_of_nothing(kinds)
    for path in bare.output.rglob("*.html"):
        here = path.parent.relative_to(bare.output).as_posix()
        text = path.read_text("utf-8")
        if here in nothing:
            assert "Ara no hi ha res aquí" in text or "Ahora no hay nada aquí" in text
            assert '<meta name="robots" content="noindex">' in text
            assert '<ul class="list">' not in text
            continue
        assert "noindex" not in text or path.name in ("404.html", "sheet.html")
        led = {link.split("#")[0].strip("/") for _, link in read_page(path).links}
        assert not led & nothing, f"{path} leads to {led & nothing}"
        assert "Ara no hi ha res" not in text
        assert not re.search(r"</h2>\s*(<ul[^>]*>\s*</ul>)?\s*</section>", text), path
    sitemap = (bare.output / "sitemap.xml").read_text("utf-8")
    listed = {
        found.strip("/") for found in re.findall(r"<loc>https://[^/]+/([^<]*)</loc>", sitemap)
    }
    assert not listed & nothing
    assert bare.document("/avisos/")["section"]["is_empty"] == ("avisos" in nothing)


def test_a_town_whose_notes_are_all_over(bare: Project) -> None:
    """Its sections lead to what was, and home and the booking page have nothing of today."""
    have(bare, {"services", "notices", "contacts", "topics"}, hidden=set())
    for folder in ("services", "notices", "contacts"):
        over = "\nvalid_until: 2020-06-30\nsummary"
        bare.change(f"{folder}/una.md", "\nsummary", over)
    assert built(bare) == []
    home = bare.page("/")
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", home) == ["A qui us podeu adreçar", "Temes"]
    menu = re.findall(
        r'href="/([^/"]*)/"', home.partition('class="menu"')[2].partition("</nav>")[0]
    )
    assert menu == ["contactes", "serveis", "avisos"]
    assert "Una de services" in bare.page("/serveis/")
    assert bare.document("/cita-previa/")["booking"]["is_empty"]
