"""Web addresses: accepted in the one form that programs can read, or refused with what to write."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from saig.notes.files import Source
from saig.notes.read import Reading, read_note
from saig.notes.urls import NoAddress, site_address, web_address, within

IS_URI = jsonschema_rs.Draft202012Validator(
    {"type": "string", "format": "uri"}, validate_formats=True
).is_valid

WRITTEN = {
    "https://www.peñíscola.cat/": "https://www.xn--pescola-8ya9a.cat/",
    "https://straße.de": "https://xn--strae-oqa.de",
    "https://例え。テスト/": "https://xn--r8jz45g.xn--zckzah/",
    "https://vila.cat/à?ñ=ü#é": "https://vila.cat/%C3%A0?%C3%B1=%C3%BC#%C3%A9",
    "https://vila.cat/a[1]|b?ids[]=3": "https://vila.cat/a%5B1%5D%7Cb?ids%5B%5D=3",
    "HTTPS://Vila.CAT:443/Avisos": "https://vila.cat/Avisos",
    "https://vila.cat:8443": "https://vila.cat:8443",
    "https://[2001:DB8:0::1]/": "https://[2001:db8::1]/",
    "https://192.0.2.7/": "https://192.0.2.7/",
    "https://a_b.vila.cat/%20(x)'y;z": "https://a_b.vila.cat/%20(x)'y;z",
}
"""What is accepted, and how it is published."""

REFUSED = {
    "https://vila.cat/%zz": "https://vila.cat/%25zz",
    "https://vila.cat/a#b#c": "https://vila.cat/a#b%23c",
    "https:/vila.cat": "https://vila.cat",
    "https:///vila.cat/x": "https://vila.cat/x",
    "https:vila.cat": "https://vila.cat",
    "vila.cat/avisos": "https://vila.cat/avisos",
    "//vila.cat/x": "https://vila.cat/x",
    "https:\\\\vila.cat\\x": "https://vila.cat/x",
    "https://anna:secret@vila.cat/": "https://vila.cat/",
    "https://vila.cat:99999/": "https://vila.cat/",
    "https://vila.cat:0/": "https://vila.cat/",
    "https://vila.cat./x": "https://vila.cat/x",
    "https://vila.cat/a b": "https://vila.cat/a%20b",
    "https://vila.cat/{id}": "https://vila.cat/%7Bid%7D",
    "https://vila.cat/\u202egnp.exe": "https://vila.cat/gnp.exe",
    "https://vi\u200bla.cat/": "https://vila.cat/",
    "https://vila.cat/\u00a0": "https://vila.cat/",
    "https://vila.cat/\r\nX: y": "https://vila.cat/X:%20y",
    "https://": "",
    "https://?x": "",
    "https://vila..cat/": "",
    "https://-vila.cat/": "",
    "https://vila,cat/": "",
    "https://1.2.3.999/": "",
    "https://[::1%25eth0]/": "",
    "https://[vila.cat]/": "",
    "ftp://vila.cat/": "",
    "javascript:alert(1)": "",
    "al mostrador": "",
    "obres@vila.cat": "",
    "": "",
}
"""What is not, and what is offered instead."""


@pytest.mark.parametrize("typed", WRITTEN)
def test_what_has_one_meaning_is_written_out(typed: str) -> None:
    assert web_address(typed) == WRITTEN[typed]
    assert web_address(WRITTEN[typed]) == WRITTEN[typed]
    assert IS_URI(WRITTEN[typed])


@pytest.mark.parametrize("typed", REFUSED)
def test_what_has_none_is_refused_with_what_to_write(typed: str) -> None:
    with pytest.raises(NoAddress) as told:
        web_address(typed)
    assert told.value.better == REFUSED[typed]


PIECES = st.sampled_from(
    [
        "https://",
        "http://",
        "vila.cat",
        "www.",
        ".",
        ":",
        "@",
        "/",
        "//",
        "?",
        "#",
        "[",
        "]",
        "|",
        "\\",
        "%",
        "%zz",
        "%41",
        "&",
        "=",
        "ñ",
        "à",
        "ü",
        "日本",
        "\u202e",
        "\u200b",
        "\xad",
        ":443",
        ":99999",
        "::1",
        "[::1]",
        "xn--",
        "localhost",
        "~",
        ";",
        ",",
        "'",
        "(",
        ")",
        "*",
        "+",
        "!",
        "$",
        "^",
        "`",
        "{",
        "}",
        "<",
        ">",
        '"',
        "\t",
        "\n",
    ]
)
TEXTS = st.one_of(
    st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=12).map("".join),
    st.lists(PIECES, max_size=8).map(lambda parts: "https://" + "".join(parts)),
    st.text(max_size=20).map(lambda text: f"https://vila.cat/{text}"),
)


@settings(max_examples=1000)
@given(TEXTS)
def test_any_text_is_an_address_to_the_letter_or_refused(text: str) -> None:
    """What is published is a URI for whoever validates it; so is what is offered instead."""
    try:
        written = web_address(text)
    except NoAddress as error:
        written = error.better
    assert not written or (IS_URI(written) and web_address(written) == written)


NOTICE = Source("content/notices/x.md", "notice", "x", "ca", is_original=True)
CONTACT = Source("content/contacts/x.md", "contact", "x", "ca", is_original=True)


def read(source: Source, more: str, body: str = "") -> Reading:
    head = f"---\ntitle: X\nsummary: S.\ndate: 2020-05-01\n{more}---\n{body}"
    return read_note(source, head.encode("utf-8", "surrogatepass"), ["ca", "es"])


@settings(max_examples=200)
@given(TEXTS)
def test_any_website_is_published_as_an_address_or_told_at_its_place(text: str) -> None:
    reading = read(CONTACT, f"website: {json.dumps(text, ensure_ascii=False)}\n")
    if reading.note is None:
        errors = [problem for problem in reading.problems if problem.is_error]
        assert errors
        if text.isprintable():  # YAML does not allow the others
            assert all(problem.line == 5 and problem.column >= 10 for problem in errors)
    else:
        website = reading.note.fields.website
        assert website is None or IS_URI(website)


IN_A_TEXT = [typed for typed in REFUSED if typed.startswith("https:") and typed.isprintable()]


@pytest.mark.parametrize("typed", IN_A_TEXT)
def test_a_link_of_a_text_is_told_at_its_place(typed: str) -> None:
    escaped = typed.replace("\\", "\\\\")
    (problem,) = read(NOTICE, "", f"\nVegeu [això](<{escaped}>).\n").problems
    assert (problem.code, problem.line) == ("broken-link", 7)
    assert problem.column >= 7


def test_a_link_is_published_in_the_form_of_an_address() -> None:
    (link,) = read(NOTICE, "", "[a](https://www.peñíscola.cat/à)").note.body.links  # type: ignore[union-attr]
    assert link.address == "https://www.xn--pescola-8ya9a.cat/%C3%A0"


MAIL = {
    "mailto:obres@vila.cat": "mailto:obres@vila.cat",
    "MAILTO:Obres@Vila.cat": "mailto:Obres@Vila.cat",
    "mailto:obres@peñíscola.cat": "mailto:obres@xn--pescola-8ya9a.cat",
    "mailto:a@b.cat,%20c@d.cat": "mailto:a@b.cat,c@d.cat",
    "mailto:a%2Bb@vila.cat?subject=Cita prèvia&body=a%0Ab": (
        "mailto:a+b@vila.cat?subject=Cita%20pr%C3%A8via&body=a%0Ab"
    ),
    "mailto:?body=https://vila.cat/": "mailto:?body=https://vila.cat/",
    "tel:+34 971 22 59 00": "tel:+34971225900",
    "tel:971%2022%2059%2000": "tel:971225900",
}
"""Links to mailboxes and telephones, and how they are published."""


@pytest.mark.parametrize("typed", MAIL)
def test_links_to_mailboxes_and_telephones_are_addresses_to_the_letter(typed: str) -> None:
    (link,) = read(NOTICE, "", f"[a](<{typed}>)").note.body.links  # type: ignore[union-attr]
    assert link.address == MAIL[typed]
    assert IS_URI(link.address)


def test_a_mailbox_may_be_at_a_name_with_accents() -> None:
    note = read(CONTACT, "emails: [obres@peñíscola.cat]\n").note
    assert note and note.fields.emails == ["obres@xn--pescola-8ya9a.cat"]


SITES = {
    "https://www.vila.cat": "https://www.vila.cat",
    "https://www.vila.cat/": "https://www.vila.cat",
    "https://www.vila.cat//": "https://www.vila.cat",
    "https://www.peñíscola.cat": "https://www.xn--pescola-8ya9a.cat",
    "https://www.vila.cat:443/urbanisme": "https://www.vila.cat/urbanisme",
    "http://vila.cat:8080/a/b.c_d~e": "http://vila.cat:8080/a/b.c_d~e",
}

NO_SITES: dict[object, str] = {
    "": "",
    "/avisos": "",
    "www.vila.cat": "https://www.vila.cat",
    "www.vila.cat/avisos/": "https://www.vila.cat/avisos",
    "//www.vila.cat": "https://www.vila.cat",
    " https://www.vila.cat ": "https://www.vila.cat",
    "https://www.vila.cat/a b": "https://www.vila.cat/a-b",
    "www.vila.cat/à b/?x": "https://www.vila.cat/a-b",
    "https://anna@localhost": "",
    "https://www.vila.cat?x=1": "https://www.vila.cat",
    "https://www.vila.cat/#x": "https://www.vila.cat",
    "https://a:b@www.vila.cat": "https://www.vila.cat",
    "https://www.vila.cat:70000": "https://www.vila.cat",
    "https://www.vila.cat/à/B": "https://www.vila.cat/a/b",
    "https://www.vila.cat/a//b": "https://www.vila.cat/a/b",
    "https://www.vila.cat/../b": "https://www.vila.cat/b",
    "https://www.vila.cat/a;b": "https://www.vila.cat/a-b",
    "https://localhost:8000": "",
    "http://0.0.0.0": "",
    "ftp://www.vila.cat": "",
    "https://": "",
    None: "",
    8000: "",
    b"https://www.vila.cat": "",
}


@pytest.mark.parametrize("given", SITES)
def test_the_address_of_a_site(given: str) -> None:
    assert site_address(given, 8000, is_public=True) == SITES[given]


@pytest.mark.parametrize("given", NO_SITES, ids=repr)
def test_what_no_site_can_have_for_an_address(given: object) -> None:
    with pytest.raises(NoAddress) as told:
        site_address(given, 8000, is_public=True)
    better = told.value.better
    assert better == NO_SITES[given]
    assert not better or site_address(better, 8000, is_public=True) == better


def test_a_laptop_needs_no_address() -> None:
    assert site_address("", 8001, is_public=False) == "http://localhost:8001"
    assert site_address("/avisos/", 8000, is_public=False) == "http://localhost:8000/avisos"
    with pytest.raises(NoAddress):
        site_address("www.vila.cat", 8000, is_public=False)


@pytest.mark.parametrize(
    ("site", "address", "own"),
    [
        ("https://vila.cat", "https://VILA.cat:443/x/?q#y", "/x/?q#y"),
        ("https://vila.cat", "http://vila.cat", "/"),
        ("https://vila.cat/web", "https://vila.cat/web", "/"),
        ("https://vila.cat/web", "https://vila.cat/web/x", "/x"),
        ("https://vila.cat/web", "https://vila.cat/webs/x", None),
        ("https://vila.cat", "https://www.vila.cat/", None),
        ("https://vila.cat", "https://vila.cat:8443/", None),
        ("https://vila.cat", "mailto:a@vila.cat", None),
        ("https://xn--pescola-8ya9a.cat", "https://peñíscola.cat/é", "/%C3%A9"),
    ],
)
def test_whether_an_address_is_on_the_site(site: str, address: str, own: str | None) -> None:
    assert within(site, address) == own
