"""Feeds: what is in them, when, and by which ids, whatever becomes of addresses and titles."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from playwright.sync_api import Browser
from project import DAY, REPOSITORY, Project, new_project
from saig.outputs.atom import atom_feed
from saig.outputs.feeds import Head, Item, json_feed, newest
from saig.outputs.sitemap import security
from saig.outputs.stylesheet import joined
from saig.themes import Theme

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SUMMARY = "Empleni <nom> i <b>, o &amp; si cal"


def note(title: str, *facts: str, summary: str = "Resum.") -> str:
    return "\n".join(["---", f"title: {title}", f'summary: "{summary}"', *facts, "---", "x", ""])


CHANGES = "changes: [{date: 2020-11-20, text: Un}, {date: 2020-11-20, text: Dos}]"
MORE = (
    "changes: [{date: 2020-11-25, text: Tres}, {date: 2020-11-20, text: Un}, "
    "{date: 2020-11-20, text: Dos}, {date: 2020-11-15, text: Zero}]"
)
LAW = (
    "type: l",
    "jurisdiction: es-ib",
    'number: "9"',
    "date_document: 2020-12-20",
    "date: 2020-12-21",
    "first_date_entry_in_force: 2020-12-22",
    "relations: [{type: amends, norm: decret-llei-14-2020, provisions: [art. 3], from: 2021-01-10}]",
)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Project]:
    """One town on several days, and once more with other titles, changes and address."""
    towns = {}
    for name in (DAY, "2021-01-10", "2021-03-01", "2021-05-01", "later"):
        town = new_project(tmp_path_factory.mktemp("feeds") / "project")
        town.write("notices/camps.md", note("Camps", "date: 2020-11-10", summary=SUMMARY))
        town.write("notices/gener.md", note("Gener", "date: 2020-01-01", "modified: 2020-11-20"))
        town.write("notices/obres.md", note("Obres al carrer", "date: 2020-11-10", CHANGES))
        town.write(
            "notices/futur.md",
            note("Futur", "date: 2021-03-01", 'changes: [{date: 2021-05-01, text: "Canvi."}]'),
        )
        town.write("norms/llei-9-2020.md", note("Llei 9/2020", *LAW))
        relied = "norms: [decret-llei-8-2020, decret-llei-14-2020]"
        town.change("services/llicencia.md", "norms: [decret-llei-8-2020]", relied)
        town.change("services/consulta-arxiu.md", "departments:", f"{relied}\ndepartments:")
        for there in ("a/b", "a-b", "vell/Avís 1"):
            with (town.content / "gone.yaml").open("a", encoding="utf-8") as gone:
                gone.write(
                    f'- {{address: "/{there}/", title: {{ca: G, es: G}}, date: 2020-11-01, '
                    "reason: {ca: R, es: R}}\n"
                )
        with (town.content / "gone.yaml").open("a", encoding="utf-8") as gone:
            gone.write(
                "- {address: /es/sol/, title: {ca: Sol}, date: 2021-01-10, reason: {ca: R, es: R}}\n"
            )
        if name == "later":
            old = "old_addresses: [/avisos/obres-al-carrer/]"
            town.write(
                "notices/obres.md", note("Obres al carrer Major", "date: 2020-11-10", MORE, old)
            )
            with (town.root / "pelicanconf.py").open("a", encoding="utf-8") as settings:
                settings.write('\nSITEURL = "https://vila.test/web"\n')
        town.build(today=DAY if name == "later" else name)
        towns[name] = town
    return towns


def items(town: Project, path: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = town.data(f"{path}feed.json")["items"]
    return found


def of(town: Project, title: str, path: str = "") -> list[dict[str, Any]]:
    return [item for item in items(town, path) if item["title"] == title]


def feeds(town: Project) -> Iterator[tuple[Path, Any]]:
    for path in sorted(town.output.rglob("feed.atom")):
        yield path, etree.parse(path).getroot()


# -- the format ----------------------------------------------------------------------------------


def test_every_feed_keeps_the_rules_of_atom(followed: dict[str, Project]) -> None:
    """RFC 4287, §4.1: ids that are there once, a date of change, an author, a link to itself, and
    text that is what it says it is."""
    count = 0
    for path, feed in feeds(followed["2021-05-01"]):
        count += 1
        assert not feedparser.parse(path.read_bytes()).bozo, path
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"].endswith(path.relative_to(followed["2021-05-01"].output).as_posix())
        assert links["alternate"] == links["self"].removesuffix("feed.atom")
        assert links["related"].endswith("/api/v1/changes/index.json")
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        ids = [element.text for element in feed.iter(f"{ATOM}id")]
        assert len(set(ids)) == len(ids), path
        assert all(name.startswith("tag:ajuntament,2020:") for name in ids)
        days = []
        for entry in feed.iter(f"{ATOM}entry"):
            assert entry.findtext(f"{ATOM}title") and entry.findtext(f"{ATOM}summary")
            assert entry.find(f"{ATOM}link").get("rel") == "alternate"
            days.append(datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}updated")))
            assert days[-1].tzinfo
        for text in feed.iter(f"{ATOM}title", f"{ATOM}summary", f"{ATOM}subtitle"):
            assert text.get("type") in (None, "text")
        updated = datetime.datetime.fromisoformat(feed.findtext(f"{ATOM}updated"))
        assert not days or updated == max(days)
    assert count > 20


def test_plain_text_is_plain_text(followed: dict[str, Project]) -> None:
    """A summary with angle brackets reads as it was typed, in whatever reads it."""
    for entry in feedparser.parse((followed[DAY].output / "feed.atom").read_bytes()).entries:
        if entry.title == "Camps":
            assert entry.summary_detail.type == "text/plain"
    root = etree.parse(followed[DAY].output / "avisos/feed.atom").getroot()
    summaries = [element.text for element in root.iter(f"{ATOM}summary")]
    assert SUMMARY in summaries
    [item] = of(followed[DAY], "Camps")
    assert item["content_text"] == SUMMARY


def test_what_is_not_translated_is_in_the_other_language_too(
    followed: dict[str, Project],
) -> None:
    """In its own words, and said to be so."""
    for path in ("es/", "es/avisos/"):
        [item] = of(followed[DAY], "Camps", path)
        assert item["language"] == "ca"
        assert item["url"].endswith(":8000/avisos/camps/")
        root = etree.parse(followed[DAY].output / path / "feed.atom").getroot()
        assert root.get(LANG) == "es"
        languages = {
            entry.findtext(f"{ATOM}title"): entry.get(LANG) for entry in root.iter(f"{ATOM}entry")
        }
        assert languages["Camps"] == "ca"
        assert languages["Playa, primer aviso"] is None
    # Without a date, and never changed: it is no news.
    assert of(followed[DAY], "Arxiu Municipal", "es/") == []


# -- ids -----------------------------------------------------------------------------------------


def test_a_new_slug_address_or_change_is_no_new_entry(followed: dict[str, Project]) -> None:
    """Who follows gets what is new, and nothing twice."""
    for path in ("", "avisos/", "es/"):
        before = {item["id"]: item for item in items(followed[DAY], path)}
        after = {item["id"]: item for item in items(followed["later"], path)}
        assert before.keys() < after.keys()
        assert {after[name]["content_text"] for name in after.keys() - before.keys()} == {
            "Zero",
            "Tres",
        }
        for name, item in before.items():
            assert item["content_text"] == after[name]["content_text"]
    urls = {item["url"] for item in of(followed["later"], "Obres al carrer Major")}
    assert urls == {"https://vila.test/web/avisos/obres-al-carrer-major/"}


def test_what_is_gone_is_told_once_for_each_address(followed: dict[str, Project]) -> None:
    names = {item["id"] for item in of(followed[DAY], "G")}
    assert names == {
        "tag:ajuntament,2020:gone/a/b/ca",
        "tag:ajuntament,2020:gone/a-b/ca",
        "tag:ajuntament,2020:gone/vell/Av%25C3%25ADs%25201/ca",
    }


def test_what_is_gone_is_told_from_its_day_in_the_language_of_its_title(
    followed: dict[str, Project],
) -> None:
    assert of(followed[DAY], "Sol", "es/") == []
    [item] = of(followed["2021-01-10"], "Sol", "es/")
    assert (item["language"], item["content_text"]) == ("ca", "R")


def test_a_feed_keeps_its_own_id(followed: dict[str, Project]) -> None:
    names = [
        etree.parse(town.output / "avisos/feed.atom").getroot().findtext(f"{ATOM}id")
        for town in (followed[DAY], followed["later"])
    ]
    assert names[0] == names[1]


def test_changes_are_numbered_by_their_day(followed: dict[str, Project]) -> None:
    texts = {
        item["id"].partition("#")[2]: item["content_text"]
        for item in of(followed["later"], "Obres al carrer Major")
    }
    assert texts == {
        "": "Resum.",
        "change-2020-11-25-1": "Tres",
        "change-2020-11-20-1": "Un",
        "change-2020-11-20-2": "Dos",
        "change-2020-11-15-1": "Zero",
    }


# -- days ----------------------------------------------------------------------------------------


def test_one_day_of_change_for_all_who_tell_it(followed: dict[str, Project]) -> None:
    """The latest of the date, what the editor says, its changes and what came by itself."""
    for day, title, address, updated in [
        (DAY, "Gener", "/avisos/gener/", "2020-11-20"),
        (DAY, "Obres al carrer", "/avisos/obres-al-carrer/", "2020-11-20"),
        (DAY, "Camps", "/avisos/camps/", "2020-11-10"),
        ("2021-03-01", "Futur", "/avisos/futur/", "2021-03-01"),
        ("2021-05-01", "Futur", "/avisos/futur/", "2021-05-01"),
        ("2021-01-10", None, "/normativa/decret-llei-8-2020/", "2020-12-11"),
        ("2021-01-10", None, "/normativa/decret-llei-14-2020/", "2021-01-10"),
    ]:
        town = followed[day]
        assert town.document(address)["updated"] == updated
        url = town.document(address)["url"]
        [listed] = [d for d in town.data("api/v1/index.json")["documents"] if d["url"] == url]
        assert (listed["updated"], listed["modified"]) == (updated, updated)
        site_map = (town.output / "sitemap.xml").read_text("utf-8")
        assert f"<loc>{url}</loc>\n<lastmod>{updated}</lastmod>" in site_map
        if title:
            [item] = [item for item in of(town, title) if "#" not in item["id"]]
            assert item["date_modified"].startswith(updated)
            assert item["date_published"].startswith(town.document(address)["date"])


def test_what_is_dated_in_the_future_is_news_on_its_day(followed: dict[str, Project]) -> None:
    """Not before; and whoever rebuilds by the next change comes on that day."""
    for path in ("", "avisos/", "es/"):
        assert not of(followed[DAY], "Futur", path)
        assert not of(followed["2021-01-10"], "Futur", path)
        assert [i["content_text"] for i in of(followed["2021-03-01"], "Futur", path)] == ["Resum."]
        assert {i["content_text"] for i in of(followed["2021-05-01"], "Futur", path)} == {
            "Resum.",
            "Canvi.",
        }
    for day, following in (("2021-01-10", "2021-03-01"), ("2021-03-01", "2021-05-01")):
        assert followed[day].data("next-change.json")["date"] == following
    document = followed["2021-03-01"].document("/avisos/futur/")
    assert document["notice"]["changes"] == []
    assert document["holds"] == {"from": "2021-03-01", "until": "2021-04-30"}
    home = [item["id"] for item in followed[DAY].document("/")["home"]["notices"]]
    assert "futur" not in home
    assert "futur" in [i["id"] for i in followed[DAY].document("/avisos/")["section"]["items"]]


def test_an_amendment_to_come_is_told_on_its_day(followed: dict[str, Project]) -> None:
    """In the feed of the amended norm, and of whoever relies on it."""
    for path in ("normativa/decret-llei-14-2020/", "contactes/arxiu/", "contactes/obres/", ""):
        before, after = (
            [i for i in items(followed[day], path) if i["id"].endswith("#relation-2021-01-10")]
            for day in (DAY, "2021-01-10")
        )
        assert before == []
        [entry] = after
        assert entry["content_text"] == "Modificació: Llei 9/2020 (art. 3)."
        assert entry["url"].endswith("/normativa/decret-llei-14-2020/")
    assert followed[DAY].document("/normativa/decret-llei-14-2020/")["holds"]["until"] == DAY
    page = followed["2021-01-10"].page("/contactes/arxiu/")
    assert "Modificació: Llei 9/2020" not in page


def test_one_law_is_one_entry(followed: dict[str, Project]) -> None:
    """Two services rely on two of them; one came into force once, the other was repealed once."""
    for path in ("", "contactes/obres/", "serveis/", "es/servicios/"):
        told = [
            item["id"]
            for item in items(followed["2021-01-10"], path)
            if item["id"].endswith("#state-2020-12-11")
        ]
        assert len(told) == len(set(told)) == 2, path
        assert not any("norm-" in item["id"] for item in items(followed["2021-01-10"], path))


# -- how it is found -----------------------------------------------------------------------------


def test_every_page_with_a_feed_shows_a_link_to_it(followed: dict[str, Project]) -> None:
    """For readers, in the page; for programs, in its head."""
    town, count = followed[DAY], 0
    for path in town.output.rglob("feed.atom"):
        page = html.fromstring(path.with_name("index.html").read_text("utf-8"))
        address = "/" + path.relative_to(town.output).as_posix()
        [link] = page.xpath(f"//main//a[@href='{address}']")
        assert link.text_content().strip()
        assert page.xpath(f"//head/link[@rel='alternate'][@href='{address}']")
        count += 1
    assert count > 20


def test_the_link_is_large_enough_to_be_touched(browser: Browser) -> None:
    """44 by 44 pixels (WCAG 2.2, 2.5.5)."""
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.set_content(
        '<main class="wrap"><p class="feeds"><a href="feed.atom">Seguiu-ho</a></p></main>'
    )
    page.add_style_tag(content=joined(Theme((REPOSITORY / "theme",))))
    box = page.locator("a").bounding_box()
    page.close()
    assert box and box["height"] >= 44 and box["width"] >= 44


# -- what many have ------------------------------------------------------------------------------


def entry(name: object, day: str, updated: str = "", lang: str = "ca") -> Item:
    url = f"https://x.test/{lang}/{name}/"
    updated = updated or day
    return Item(f"tag:x,2020:{name}/{lang}", url, lang, "T", "t", lang, day, updated, str(name))


def test_the_fifty_newest_always_in_one_order() -> None:
    many = [entry(n, f"2020-01-{n % 28 + 1:02}") for n in range(90)]
    found = newest(many, "ca")
    assert len(found) == 50
    assert found == newest(reversed(many), "ca")
    assert min(item.day for item in found) >= "2020-01-12"


def test_a_note_that_changed_often_leaves_room_for_others(town: Project) -> None:
    """What was changed today and sixty times long ago tells the first alone before what is newer."""
    long_ago = [f"{{date: 2001-{1 + n // 20:02}-{1 + n % 20:02}, text: T}}" for n in range(60)]
    changes = f"changes: [{', '.join(long_ago)}, {{date: {DAY}, text: Avui}}]"
    town.write("notices/sovint.md", note("Sovint", "date: 2000-12-01", changes))
    town.build()
    titles = [item["title"] for item in items(town)]
    assert len(titles) == 50 and len({*titles}) > 5
    assert "Horari d'hivern" in titles


def test_what_was_changed_last_is_not_left_out_as_old() -> None:
    old = entry("old", "2001-01-01", updated="2020-02-01")
    assert old in newest([old, *(entry(n, "2020-01-01") for n in range(60))], "ca")


def test_what_is_told_in_two_languages_is_told_in_that_of_the_feed() -> None:
    both = [entry(1, "2020-01-01"), entry(1, "2020-01-01", lang="es")]
    for found in (both, both[::-1]):
        assert [item.lang for item in newest(found, "es")] == ["es"]
        assert [item.lang for item in newest(found, "ca")] == ["ca"]


def test_an_empty_feed_says_the_same_each_time() -> None:
    head = Head("notice", "x", "https://x.test/", "ca", "T", "", "x", "Vila")
    zone = ZoneInfo("Europe/Madrid")
    assert b"<updated>2020-01-01T00:00:00+00:00</updated>" in atom_feed(head, [], zone)
    assert b'"items": []' in json_feed(head, [], zone)


@given(
    st.text(st.sampled_from("aé€😀 <&>\"'\n\t"), min_size=1),
    st.text(st.sampled_from("aé€😀 <&>\"'\n\t")),
)
def test_any_text_is_read_as_it_was_written(title: str, text: str) -> None:
    said = Item("tag:x", "https://x.test/ñ/'&'", "es", title, text, "ca", None, "2020-07-01", "x")
    head = Head(
        "notice", "x", "https://x.test/", "ca", title, text, "x", "Vila", "https://x.test/c"
    )
    feed = etree.fromstring(atom_feed(head, [said], ZoneInfo("Europe/Madrid")))
    assert feed.findtext(f"{ATOM}title") == f"{title} · Vila"
    assert feed.findtext(f"{ATOM}subtitle", "") == text
    one = feed.find(f"{ATOM}entry")
    assert one.findtext(f"{ATOM}title") == title
    assert one.findtext(f"{ATOM}summary") == text
    assert one.find(f"{ATOM}link").get("href") == "https://x.test/%C3%B1/'&'"
    assert one.findtext(f"{ATOM}updated") == "2020-07-01T00:00:00+02:00"
    assert (one.get(LANG), one.find(f"{ATOM}summary").get(LANG)) == ("es", "ca")


# -- files beside --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day",
    ["2024-02-29", "2026-01-01", "2026-06-30", "2026-07-01", "2026-07-31", "2026-12-31"],
)
def test_security_txt_holds_for_less_than_a_year(day: str) -> None:
    """And for long enough that nobody need publish each month (RFC 9116, §2.5.5)."""
    today = datetime.date.fromisoformat(day)
    text = security("https://x.test", "a@x.test", ["ca"], today).decode()
    [expires] = [line.split(" ")[1] for line in text.splitlines() if line.startswith("Expires: ")]
    ahead = datetime.datetime.fromisoformat(expires).date() - today
    assert datetime.timedelta(days=180) <= ahead < datetime.timedelta(days=365)
