"""Links to what the site makes itself: whatever answers can be linked to, and nothing else."""

from __future__ import annotations

import re

import pytest
from project import DAY, Project
from saig.catalogue.catalogue import Catalogue
from saig.catalogue.pages import answers
from saig.commands import project as commands
from saig.site_check import checked_project

FOR_HOSTS = (".gone", "/_headers", "/_redirects", "/.saig")

DIGEST = re.compile(r"\.[0-9a-f]{16}\.")
"""In names that change with what the file holds: pages ask for them, nobody links to them."""


def catalogue_of(project: Project) -> Catalogue:
    found = checked_project(commands.settings(project.root, TODAY=DAY)).shown
    assert found
    return found


def note(*links: str) -> str:
    text = " ".join(f"[e{number}]({link})" for number, link in enumerate(links))
    return f"---\ntitle: Enllaços\nsummary: S.\ndate: 2020-12-01\n---\n{text}\n"


@pytest.fixture(scope="module")
def catalogue(built_town: Project) -> Catalogue:
    return catalogue_of(built_town)


def test_what_the_site_makes_is_what_answers(built_town: Project, catalogue: Catalogue) -> None:
    """Every file of the output, but for what only servers or pages ask for; old and gone addresses apart."""
    told = {"/avisos/grip-2019/", "/platja/", "/es/playa-vieja/"}
    for file in built_town.output.rglob("*"):
        address = f"/{file.relative_to(built_town.output).as_posix()}"
        folder = f"{address.rpartition('/')[0]}/"
        is_for_readers = not address.endswith(FOR_HOSTS) and not DIGEST.search(file.name)
        if file.is_file() and folder not in told and is_for_readers:
            assert answers(catalogue, address), address


@pytest.mark.parametrize(
    "address",
    [
        *("/calendari.ics", "/es/calendari.ics", "/avisos/feed.atom", "/es/normativa/feed.json"),
        *(
            "/contactes/obres/contact.vcf",
            "/es/contactos/obras/sheet.html",
            "/temes/platja/feed.atom",
        ),
        *("/index.json", "/avisos/index.json", "/avisos/index.html", "/avisos", "/sitemap.xml"),
        *("/api/v1/index.json", "/api/v1/schemas/norm.json", "/version.json", "/robots.txt"),
        *("/theme/css/site.css", "/files/planol.png", "/.well-known/security.txt", "/404.html"),
    ],
)
def test_files_of_the_site_can_be_linked_to(address: str, catalogue: Catalogue) -> None:
    assert answers(catalogue, address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/calendari2.ics",
            "/avisos/calendari.ics",
            "/serveis/x/feed.atom",
            "/avisos/contact.vcf",
        ),
        *("/avisos/contact.vcf/", "/theme/css/no.css", "/files/", "/files/no.pdf", "/_headers"),
        *(
            "/api/v1/schemas/no.json",
            "/es/sitemap.xml",
            "/avisos/02020/",
            "/platja/",
            "/avisos/grip-2019/",
            "/api/v2/",
        ),
    ],
)
def test_what_is_not_there_is_not_answered(address: str, catalogue: Catalogue) -> None:
    assert not answers(catalogue, address)


def test_such_links_are_checked_and_published(town: Project) -> None:
    """In a text and in ``see``; what is not there is told, with its place."""
    town.write("notices/enllacos.md", note("/calendari.ics", "/avisos/feed.atom?x=1", "/no.ics"))
    town.change("gone.yaml", "see: /avisos/", "see: /avisos/feed.atom")
    [problem] = town.errors()
    assert (problem["path"], problem["line"]) == ("content/notices/enllacos.md", 6)
    assert problem["message"] == "/no.ics leads nowhere"
    town.write("notices/enllacos.md", note("/calendari.ics", "/avisos/feed.atom?x=1"))
    town.build()
    html = town.page("/avisos/enllacos/")
    assert 'href="/calendari.ics"' in html
    assert 'href="/avisos/feed.atom?x=1"' in html


NAMES = [
    ("planol%203.pdf", "../files/planol%25203.pdf", "/files/planol%25203.pdf"),
    ("planol%203.pdf", "/files/planol%25203.pdf", "/files/planol%25203.pdf"),
    ("a b.pdf", "<../files/a b.pdf>", "/files/a%20b.pdf"),
    ("a b.pdf", "</files/a b.pdf>", "/files/a%20b.pdf"),
    ("plànol.pdf", "../files/plànol.pdf", "/files/pl%C3%A0nol.pdf"),
    ("plànol.pdf", "/files/pl%c3%a0nol.pdf", "/files/pl%C3%A0nol.pdf"),
    ("a#1.pdf", "../files/a%231.pdf#page=2", "/files/a%231.pdf#page=2"),
    ("a#1.pdf", "/files/a%231.pdf#page=2", "/files/a%231.pdf#page=2"),
    ("visita/index.html", "../files/visita/", "/files/visita/"),
    ("visita/index.html", "/files/visita/", "/files/visita/"),
    ("l'a(1)+.pdf", "../files/l'a%281%29+.pdf", "/files/l&#x27;a(1)+.pdf"),
]
"""The name of a file, a link to it as it is typed, and how it must be written."""


def test_an_address_names_its_file_rightly(town: Project) -> None:
    """A server decodes it once, and then there must be the file (RFC 3986 §2.4)."""
    for name, _, _ in NAMES:
        town.write(f"files/{name}", b"x")
    town.write("notices/enllacos.md", note(*(link for _, link, _ in NAMES)))
    assert town.errors() == []
    town.build()
    found = re.findall(r'href="(/files/[^"]*)"', town.page("/avisos/enllacos/"))
    assert found == [href for _, _, href in NAMES]
