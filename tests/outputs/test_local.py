"""Absolute addresses as pages write them, and what feeds and the site map make of documents."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from saig.outputs.feeds import Head, Item, items, json_feed, newest
from saig.outputs.hosts import redirects
from saig.outputs.links import Local
from saig.outputs.sitemap import location

# -- addresses -----------------------------------------------------------------------------------

SITE = "https://vila.test:8443/web"


@pytest.mark.parametrize(
    ("url", "written"),
    [
        (SITE, "/web/"),
        (f"{SITE}/", "/web/"),
        (f"{SITE}/avisos/#a", "/web/avisos/#a"),
        (f"{SITE}site/", f"{SITE}site/"),
        ("https://vila.test:84430/web/", "https://vila.test:84430/web/"),
        ("https://vila.test/web/", "https://vila.test/web/"),
        ("mailto:a@vila.test", "mailto:a@vila.test"),
    ],
)
def test_own_addresses_are_from_the_root_of_the_server(url: str, written: str) -> None:
    assert Local(SITE)(url) == written


@pytest.mark.parametrize(
    ("url", "page", "written"),
    [
        (f"{SITE}/avisos/", "/", "avisos/index.html"),
        (f"{SITE}/", "/avisos/nou/", "../../index.html"),
        (f"{SITE}/avisos/nou/#lloc", "/avisos/vell/", "../nou/index.html#lloc"),
        (f"{SITE}/files/l&#39;any/", "/", "files/l&#39;any/index.html"),
        (f"{SITE}/files/l&#39;any/#a", "/", "files/l&#39;any/index.html#a"),
        (f"{SITE}/theme/site.css", "/es/avisos/", "../../theme/site.css"),
        ("https://altra.test/", "/", "https://altra.test/"),
    ],
)
def test_relative_addresses_lead_from_their_page(url: str, page: str, written: str) -> None:
    local = Local(SITE, relative=True)
    assert local.finish(local(url), SITE + page, from_root=False) == written


def test_a_page_for_any_address_has_addresses_from_the_root() -> None:
    local = Local(SITE, relative=True)
    assert local.finish(local(f"{SITE}/es/"), f"{SITE}/404.html", from_root=True) == "/web/es/"


def test_only_addresses_in_tags_are_made_local() -> None:
    html = f'<a href="{SITE}/a/">{SITE}/a/</a> <img alt="x" src="{SITE}/b.png">'
    local = Local(SITE).html(html)
    assert local == f'<a href="/web/a/">{SITE}/a/</a> <img alt="x" src="/web/b.png">'


# -- pages that are not there --------------------------------------------------------------------


def test_below_a_path_each_language_has_its_own_page_for_what_is_not_there() -> None:
    """The longest path first, for hosts take the first that fits."""
    lines = redirects(SITE, ["/web/a/ /web/b/ 301\n"], ["/", "/es/"]).decode().splitlines()
    assert lines == [
        "/web/a/ /web/b/ 301",
        "/web/es/* /web/es/404.html 404",
        "/web/* /web/404.html 404",
    ]
    at_root = redirects("https://vila.test", [], ["/", "/es/"]).decode().splitlines()
    assert at_root == ["/es/* /es/404.html 404"], "the host shows /404.html by itself"


def test_a_rule_with_a_query_comes_before_the_one_without() -> None:
    rules = ["/a /b/ 301\n", "/a id=1 /c/ 301!\n"]
    assert redirects("https://vila.test", rules, []).decode() == "".join(reversed(rules))


# -- the site map --------------------------------------------------------------------------------


def test_the_site_map_names_every_language_of_a_page() -> None:
    page = {"url": f"{SITE}/a/", "updated": None, "translations": {"ca": f"{SITE}/a/"}}
    assert "alternate" not in location(page, "ca")
    both = {**page, "translations": {"ca": f"{SITE}/a/", "es": f"{SITE}/es/a/"}}
    found = location(both, "ca")
    for lang, url in (("ca", "/a/"), ("es", "/es/a/"), ("x-default", "/a/")):
        assert f'hreflang="{lang}" href="{SITE}{url}"' in found
    only = {**page, "translations": {"es": f"{SITE}/es/a/", "en": f"{SITE}/en/a/"}}
    assert "x-default" not in location(only, "ca")


# -- feeds ---------------------------------------------------------------------------------------

DAY = "2020-06-10"


def document(**more: Any) -> dict[str, Any]:
    part = {"changes": more.pop("changes", []), "events": more.pop("events", [])}
    return {
        "kind": "notice",
        "id": "nou",
        "lang": "ca",
        "url": "https://vila.test/nou/",
        "title": "Nou",
        "title_lang": "ca",
        "summary": "S.",
        "date": "2020-06-01",
        "modified": None,
        "updated": "2020-06-01",
        "notice": part,
        **more,
    }


def ids(found: list[Item]) -> list[str]:
    return [item.id.partition("/nou/ca")[2] for item in found]


def test_ids_stay_when_a_change_is_added_at_the_end() -> None:
    """Two changes of one day are told apart by their order; those of other days count by themselves."""
    two = [{"date": "2020-06-02", "text": "A"}, {"date": "2020-06-03", "text": "B"}]
    three = [*two, {"date": "2020-06-03", "text": "C"}]
    before = ids(list(items(document(changes=two), "vila", DAY)))
    after = ids(list(items(document(changes=three), "vila", DAY)))
    assert before == ["", "#change-2020-06-02-1", "#change-2020-06-03-1"]
    assert after == [*before, "#change-2020-06-03-2"]


@pytest.mark.parametrize(("day", "is_told"), [("2020-06-10", True), ("2020-06-11", False)])
def test_a_note_is_news_from_its_day(day: str, is_told: bool) -> None:
    found = list(items(document(date=day, updated=DAY), "vila", DAY))
    assert bool(found) == is_told


@pytest.mark.parametrize(("day", "is_told"), [("2020-06-10", True), ("2020-06-11", False)])
def test_a_withdrawal_is_news_from_its_day(day: str, is_told: bool) -> None:
    root = "https://vila.test"
    part = {"reason": "R", "reason_lang": "ca"}
    gone = document(kind="gone", date=day, gone=part)
    gone["$schema"] = f"{root}/api/v1/schemas/gone.json"
    assert bool(list(items(gone, "vila", DAY))) == is_told


def test_a_feed_is_in_the_order_of_publication() -> None:
    """What was changed last is in it, and stands where it stood."""

    def item(name: str, published: str, updated: str) -> Item:
        return Item(name, "u", "ca", name, "", "ca", published, updated, name)

    old, new = item("old", "2020-01-01", "2020-06-01"), item("new", "2020-02-01", "2020-02-01")
    assert newest([old, new], "ca") == [new, old]


def test_days_begin_where_the_site_is() -> None:
    head = Head("home", "home", "https://vila.test/", "ca", "T", "", "vila", "Vila")
    [item] = items(document(), "vila", DAY)
    feed = json.loads(json_feed(head, [item], ZoneInfo("Europe/Madrid")))
    assert feed["items"][0]["date_published"] == "2020-06-01T00:00:00+02:00"
