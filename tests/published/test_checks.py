"""What is looked at in finished files: one fault in a right site, and how it is told."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from project import Project
from saig.publishing.checks import check, parse_page, still_right
from saig.publishing.diff import diff
from saig.publishing.publish import read_state
from saig.publishing.tree import paths

URL = "https://vila.test/web"
SCHEMA = f"{URL}/api/v1/schemas/page.json"


def site(root: Path) -> Path:
    """Two pages that link to each other, with their documents and schema."""
    shapes = {"type": "object", "properties": {"date": {"type": "string", "format": "date"}}}
    write(root, "api/v1/schemas/page.json", shapes)
    link = '<p id="x"><a href="{}">x</a>'
    write(root, "index.html", link.format("/web/avís/"))
    write(root, "index.json", {"$schema": SCHEMA, "url": f"{URL}/"})
    write(root, "avís/index.html", link.format("../#x"))
    write(root, "avís/index.json", {"$schema": SCHEMA, "url": f"{URL}/av%C3%ADs/"})
    write(root, "files/own/index.html", '<a href="/web/nowhere/">')
    write(root, "files/data.csv.gz", "")  # a file of its own: there is no data.csv
    return root


def write(root: Path, path: str, what: object) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(what if isinstance(what, str) else json.dumps(what), "utf-8")


def faults(root: Path) -> list[tuple[str, str]]:
    """Path and words of each."""
    names = sorted(paths(root))
    return [(fault.path, fault.message % fault.values) for fault in check(root, URL, names)]


def test_a_right_site_has_none(tmp_path: Path) -> None:
    """What the editors put among the files is published as it is."""
    assert faults(site(tmp_path)) == []


DOCUMENT = {"$schema": SCHEMA, "url": f"{URL}/av%C3%ADs/"}
PAGE, DATA = "avís/index.html", "avís/index.json"


@pytest.mark.parametrize(
    ("path", "what", "words"),
    [
        (DATA, {**DOCUMENT, "url": f"{URL}/"}, f"it says that it stands at {URL}/"),
        (DATA, {**DOCUMENT, "url": f"{URL}/avís/"}, f"it says that it stands at {URL}/avís/"),
        (DATA, {"$schema": SCHEMA}, "it says that it stands at None"),
        (DATA, {**DOCUMENT, "$schema": f"{URL}/index.json"}, "it names no schema of this site"),
        (DATA, {**DOCUMENT, "$schema": "https://b.test/x"}, "it names no schema of this site"),
        (DATA, "[", "it names no schema of this site"),
        (DATA, {**DOCUMENT, "date": "soon"}, 'it is not as its schema says: $.date: "soon"'),
        (
            "api/v1/site/ca.json",
            {"$schema": SCHEMA, "date": "soon"},
            "it is not as its schema says",
        ),
        ("api/v1/codes/ca.json", {}, "it names no schema of this site"),
        ("nou/index.html", "", "there is no index.json beside it"),
        (PAGE, '\n<img src="no.png">', "line 2: no.png leads nowhere"),
        (PAGE, '<img srcset="../index.html 1x, no.png 2x">', "no.png leads nowhere"),
        (PAGE, '<a href="/web/no/">', "line 1: /web/no/ leads nowhere"),
        (PAGE, f'<a href="{URL}/no">', f"{URL}/no leads nowhere"),
        (PAGE, '<a href="//vila.test/web/no">', "//vila.test/web/no leads nowhere"),
        (PAGE, '<a href="https://[">', "https://[ leads nowhere"),
        (PAGE, '<meta http-equiv="refresh" content="0; url=/web/no/">', "/web/no/ leads nowhere"),
        (PAGE, '<object data="no.pdf">', "no.pdf leads nowhere"),
        (PAGE, '<a href="#y">', "there is no such place on the page: #y"),
        (PAGE, '<input name="y"><a href="#y">', "there is no such place on the page: #y"),
        (PAGE, '<a href="/web/#y">', "there is no such place on the page: /web/#y"),
        ("index.html.gz", "", "would take it for index.html, compressed"),
        ("a\u202eb.txt", "", "its name has signs that cannot be shown"),
    ],
)
def test_a_fault_is_told_of_its_file(path: str, what: object, words: str, tmp_path: Path) -> None:
    root = site(tmp_path)
    write(root, path, what)
    [(where, said)] = faults(root)
    assert where == path.replace("\u202e", "�")
    assert words in said


@pytest.mark.parametrize(
    "link",
    [
        *(
            "",
            "#",
            "#top",
            "#:~:text=x",
            "#%C3%A0",
            "#à",
            "index.html",
            "../avís",
            "/web/av%C3%ads/?q=1#x",
        ),
        *(
            "https://vila.test/",
            "/",
            "/web",
            "https://vila.test:8443/web/no/",
            "mailto:a@vila.test",
        ),
        *("javascript:void(0)", "https://example.org/cita-previa-aqui", "/webs/no/"),
    ],
)
def test_what_leads_somewhere_or_elsewhere_is_none(link: str, tmp_path: Path) -> None:
    root = site(tmp_path)
    write(root, PAGE, f'<p id="x" data="no"><a name="à"></a><a href="{link}">x</a>')
    assert faults(root) == []


def test_a_site_without_a_home_page(tmp_path: Path) -> None:
    root = site(tmp_path)
    write(root, PAGE, "x")
    (root / "index.html").unlink()
    assert faults(root) == [("index.html", "there is no home page")]


# -- pages as they are read ------------------------------------------------------------------------


class Slow(HTMLParser):
    """What the parser of the standard library finds in a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[int, str]] = []
        self.ids: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (name == "id" or (tag == "a" and name == "name")):
                self.ids.add(value)
            if value and (name in ("href", "src", "action") or (name, tag) == ("data", "object")):
                self.links.append((self.getpos()[0], value.strip()))
            if value and (name, tag) == ("content", "meta") and value.startswith("0; url="):
                self.links.append((self.getpos()[0], value.removeprefix("0; url=")))


def same(html: str) -> None:
    found, slow = parse_page(html), Slow(html)
    assert sorted(found.links) == sorted(slow.links)
    assert found.ids == slow.ids


def test_pages_are_read_as_by_the_slow_parser(built_town: Project) -> None:
    pages = [path.read_text("utf-8") for path in built_town.output.rglob("*.html")]
    assert len(pages) > 50
    for page in pages:
        same(page)


PIECES = st.sampled_from(
    [
        *("<a href='/x/'>x</a>", '<a\nhref = "/a?b&amp;c">', "<A NAME=y ID=z>", "<img src=/i alt>"),
        *(
            "<!-- <a href=/no> -->",
            "<script>if (a<b) '<a href=/no>'</script>",
            "a < b",
            "&lt;",
            "\n",
        ),
        *(
            "<script type='x' src='/s'></script>",
            "<style>a::before {content: '<a href=/no>'}</style>",
        ),
        *('<p title="it\'s > it" id=q>', "<br/>", "<use href='#i'/>", "</p >", "<!doctype html>"),
        *("<object data=/o>", "<li data=/no>", "<form action=/f>", "<svg viewBox='0 0 1 1'>", "é"),
    ]
)


@settings(max_examples=30)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_page_is_read_as_by_the_slow_parser(html: str) -> None:
    same(html)


def test_pictures_in_sizes_and_pages_that_lead_on() -> None:
    page = parse_page(
        '<img srcset="/a 1x, /b 2x">\n<meta http-equiv=refresh content="0; url=/c">\n<meta content="url=/d">'
    )
    assert page.links == [(1, "/a"), (1, "/b"), (2, "/c")]


LINKS = [f"/web/{page}{place}" for page in ("", "a/", "a/b.html", "c/") for place in ("", "#x")]
SitePages = dict[str, tuple[str, list[str]] | None]
"""Path of a page -> its id, and its links; None if it is not there."""

site_pages = st.dictionaries(
    st.sampled_from(["index.html", "a/index.html", "a/b.html", "c/index.html"]),
    st.none() | st.tuples(st.sampled_from("xy"), st.lists(st.sampled_from(LINKS), max_size=3)),
)


@given(site_pages, site_pages, st.booleans())
@settings(max_examples=300, deadline=None)
def test_what_was_right_is_checked_again_where_it_may_be_wrong_now(
    before: SitePages, edits: SitePages, has_other_schema: bool
) -> None:
    """After any edit of a right site the same faults are found as by checking all of it."""
    with TemporaryDirectory() as folder:
        old, new = Path(folder, "old"), Path(folder, "new")
        write_pages(old, {path: page and (page[0], []) for path, page in before.items()})
        right_links = [link for link in LINKS if leads_somewhere(old, link)]
        before = {
            path: page and (page[0], [link for link in page[1] if link in right_links])
            for path, page in before.items()
        }
        write_pages(old, before)
        write_pages(new, before | edits)
        if has_other_schema:
            write(new, "api/v1/schemas/page.json", {"required": ["title"]})
        assume(not faults(old))
        names = sorted(paths(new))
        states = [read_state(root, sorted(paths(root))).digests for root in (old, new)]
        right = still_right(new, names, old, diff(*states))
        assert list(check(new, URL, names, right)) == list(check(new, URL, names))


def write_pages(root: Path, pages: SitePages) -> None:
    site(root)
    for path, page in pages.items():
        folder = path.rpartition("/")[0]
        document = root / folder / "index.json"
        if page is None:
            (root / path).unlink(missing_ok=True)
            document.unlink(missing_ok=True)
            continue
        links = "".join(f'<a href="{link}">x</a>' for link in page[1])
        write(root, path, f'<p id="{page[0]}">{links}')
        if path.endswith("index.html"):
            url = f"{URL}/{folder}/" if folder else f"{URL}/"
            write(root, f"{folder}/index.json".lstrip("/"), {"$schema": SCHEMA, "url": url})


def leads_somewhere(root: Path, link: str) -> bool:
    path, _, place = link.removeprefix("/web/").partition("#")
    page = root / (path if path.endswith("html") else f"{path}index.html")
    return page.is_file() and (not place or f'id="{place}"' in page.read_text("utf-8"))
