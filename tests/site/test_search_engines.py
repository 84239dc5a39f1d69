"""The data block of a page in a browser, with the headers of the site's servers."""

from __future__ import annotations

import json

import pytest
from reader import Reader

PAGES = [
    ("/", "WebSite"),
    ("/contactes/obres/", "GovernmentOffice"),
    ("/serveis/consulta-tecnica/", "GovernmentService"),
    ("/normativa/decret-llei-8-2020/", "WebPage"),
]


@pytest.mark.parametrize(("address", "kind"), PAGES)
def test_the_policy_has_nothing_against_it_and_it_can_be_read(
    address: str, kind: str, reader: Reader
) -> None:
    page = reader.open(address)
    text = page.locator('script[type="application/ld+json"]').text_content()
    assert kind in {thing["@type"] for thing in json.loads(text or "")["@graph"]}
    assert not reader.faults
