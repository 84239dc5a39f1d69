"""What the pusher is told of a publication."""

from __future__ import annotations

import json
from pathlib import Path

from saig.publishing.record import Publication
from saig.receiving.push_report import MOST, report_lines

URL = "https://vila.test/web"


def publication(**given: object) -> Publication:
    line = {name: None for name in ("commit", "differs", "day", "since", "signer", "previous")}
    none = {name: {} for name in ("added", "changed", "removed", "gone", "moved", "altered")}
    rest = {"number": 2, "kind": "publish", "time": "", "site": URL, "release": "x", "tree": ""}
    return Publication(**{**line, **none, **rest, **given})  # type: ignore[arg-type]


def said(published: Publication, site: Path, *files: str) -> list[str]:
    return [message % values for message, values in report_lines(published, site, files)]


def test_pages_of_the_notes_that_changed_come_first(tmp_path: Path) -> None:
    """In each language; no data, no redirects; what went is told as such."""
    for address, name in (("z", "nou"), ("es/z", "nou"), ("a", "altre")):
        (tmp_path / address).mkdir(parents=True)
        (tmp_path / address / "index.json").write_text(json.dumps({"id": name}))
    published = publication(
        added={"/z/": "", "/es/z/": "", "/z/index.json": "", "/old/": ""},
        changed={"/a/": "", "/": "", "/feed.atom": "", "/gone/": ""},
        removed={"/removed/": "", "/removed/index.json": ""},
        moved=["/old/"],
        gone=["/gone/"],
    )
    assert said(published, tmp_path, "content/notices/2020/nou.es.md", "files/altre.pdf") == [
        f"Withdrawn: {URL}/gone/",
        f"Withdrawn: {URL}/removed/",
        f"Published: {URL}/es/z/",
        f"Published: {URL}/z/",
        f"Published: {URL}/",
        f"Published: {URL}/a/",
    ]


def test_only_so_many(tmp_path: Path) -> None:
    published = publication(changed={f"/{number}/": "" for number in range(30)})
    lines = said(published, tmp_path)
    assert len(lines) == MOST + 1
    assert lines[-1] == "and more pages: 20"
