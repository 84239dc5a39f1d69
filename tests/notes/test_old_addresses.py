"""Old addresses of a former site: which can answer, and what an editor is told of the others."""

from __future__ import annotations

import posixpath
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from saig.notes.address import fault, file_of, instead, of_place, place, readable, whole

GOOD = [
    *(
        "/avisos/vell/",
        "/avisos/vell",
        "/Portal/Obres.aspx",
        "/portal/node.jsp?id=123",
        "/index.html",
    ),
    *(
        "/avisos/llicències/",
        "/avisos/llic%C3%A8ncies/",
        "/l'obra(1),2;a/",
        '/"a"/',
        "/~urb/a+b.htm",
    ),
    *(
        "/a/b.c/d.php",
        "/x.tar.gz",
        "/100%25/",
        "/a b/",
        "/a%20b/",
        "/?p=5",
        "/a[1]{2}|^`/",
        "/A&B=C!$*@:/",
    ),
    *("/portal.nsf/0/ABC123?OpenDocument", "/x.php?a[]=1&b=%C3%A8", "/files/planol.pdf", "/v1.0/"),
    *("/a.html/b", "/feed.atom/x", "/Default.aspx", "/%E2%82%AC/", "/x?"),
]
BAD = [
    ("avisos/vell/", "is not an address of this site", "/avisos/vell/"),
    (
        "https://www.vila.cat/portal/x.aspx?id=2",
        "is not an address of this site",
        "/portal/x.aspx?id=2",
    ),
    ("//portal/x", "is not an address of this site", "/x"),
    ("/a//b/", "has //", "/a/b/"),
    ("/a%2F%2Fb/", "has //", "/a/b/"),
    ("/a/../b/", "has //, /../", "/a/b/"),
    ("/a/%2e%2e/b/", "has //, /../", "/a/b/"),
    ("/./a", "has //, /../", "/a"),
    ("/a\\b", "has //", "/a/b"),
    ("/a%5Cb", "has //", "/a/b"),
    ("/a/index.html/", "kept for the site itself", ""),
    ("/a/index.html/b", "kept for the site itself", ""),
    ("/a/index.json", "kept for the site itself", ""),
    ("/a/index.json/", "kept for the site itself", ""),
    ("/" + "a/" * 600, "too long for an address", ""),
    ("/a#b", "has a #", "/a"),
    ("/a?b=1#c", "has a #", "/a?b=1"),
    ("/a%0db", "signs that cannot be seen", ""),
    ("/a\nb", "signs that cannot be seen", ""),
    ("/a%00", "signs that cannot be seen", ""),
    ("/a\u202eb", "signs that cannot be seen", ""),
    ("/a?b=%0a", "signs that cannot be seen", ""),
    ("/100%/", "a % is not followed", ""),
    ("/a%zz", "a % is not followed", ""),
    ("/llic%E8ncies/", "is not UTF-8", ""),
    ("/.git/config", "is hidden", ""),
    ("/" + "x" * 241, "too long", ""),
    ("/" + "à" * 121, "too long", ""),
    ("/x?" + "y" * 241, "too long", ""),
    ("/a/_query/b=1/", "is kept for the site itself", ""),
    ("/a/index.html.gz", "is kept for the site itself", ""),
]


@pytest.mark.parametrize("address", GOOD)
def test_an_address_that_a_server_answers_is_accepted(address: str) -> None:
    assert fault(address) is None


@pytest.mark.parametrize(("address", "words", "better"), BAD)
def test_one_that_nothing_can_answer_is_refused_in_words(
    address: str, words: str, better: str
) -> None:
    found = fault(address)
    assert found
    message, hint = (text % {"value": address, "instead": better} for text in found)
    assert words in message
    if better:
        assert better in hint
        assert instead(address) == better
        assert fault(better) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/avisos/llicències/", "/avisos/llic%C3%A8ncies"),
        ("/avisos/llic%c3%a8ncies/index.html", unicodedata.normalize("NFD", "/avisos/llicències")),
        ("/a%20b", "/a b/"),
        ("/%7Eurb/", "/~urb"),
        ("/x?", "/x/"),
        ("/Obres.aspx", "/Obres.aspx/"),
    ],
)
def test_an_address_is_typed_in_many_ways(one: str, other: str) -> None:
    assert place(one) == place(other)


def test_one_name_is_not_another() -> None:
    """Capitals, and percent signs that stand for themselves, tell addresses apart."""
    different = ["/Obres/", "/obres/", "/a%2520b/", "/a%20b/", "/a?b=1", "/a?b=2", "/a", "/a%3Fb=1"]
    assert len({place(address) for address in different}) == len(different)


def test_people_read_letters() -> None:
    assert readable(whole("/llic%C3%A8ncies d'obra%20%23/")) == "/llicències%20d'obra%20%23/"


@given(st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: f"/{text}"))
def test_whatever_is_accepted_has_a_file_of_its_own(address: str) -> None:
    """In the output folder and in no other, with names that a disk takes, at a fixed address."""
    if fault(address):
        return
    there = place(address)
    file = file_of(there)
    assert there.isascii()
    assert place(of_place(there)) == there
    assert posixpath.normpath(f"/{file}") == f"/{file}"
    assert file.endswith("index.html")
    assert all(0 < len(part.encode()) <= 255 and part.isprintable() for part in file.split("/"))
