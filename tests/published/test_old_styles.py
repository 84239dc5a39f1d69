"""An older page still finds its style, for a while."""

from __future__ import annotations

import datetime
import json
import os
import re
from pathlib import Path

import pytest
from published_site import Published
from saig.publishing.old_styles import DAYS, KEPT, keep_old_styles

PART = "theme/styles/hours.css"


def restyle(site: Published, colour: str) -> None:
    part = site.project.root / PART
    part.write_text(f"{part.read_text('utf-8')}\n.new {{ color: {colour}; }}\n", "utf-8")
    site.publish()


def styles(site: Published) -> set[str]:
    """Those of the current release that have their digest in their names."""
    found = (site.current / "theme/css").glob("site.*.css")
    return {path.name for path in found if re.search(r"\.[0-9a-f]{16}\.css$", path.name)}


def test_an_old_style_outlives_its_pages(small_site: Published) -> None:
    """Who has a page of the release before gets what it names: whole, compressed too, and for as long
    as the next styles come close upon each other. The record knows of all of it."""
    site = small_site
    site.publish()
    [first] = styles(site)
    before = (site.current / "theme/css" / first).read_bytes()
    restyle(site, "red")
    restyle(site, "blue")
    assert len(styles(site)) == 3 and first in styles(site)
    assert (site.current / "theme/css" / first).read_bytes() == before
    assert (site.current / "theme/css" / f"{first}.gz").is_file()
    assert not [address for address in site.record[-1]["removed"] if "/css/" in address]
    since = json.loads((site.current / KEPT).read_text("utf-8"))
    assert len(since) == 2 and f"theme/css/{first}" in since
    assert site.verify()[0] == 0

    # A text that changes later leaves them there, and a build without changes says nothing.
    site.say("Una altra frase.")
    site.publish()
    assert len(styles(site)) == 3
    assert os.stat(site.current / "theme/css" / first).st_nlink > 2, "releases share it"
    site.publish()
    assert len(site.record) == 4


def test_what_somebody_put_there_is_not_taken_over(small_site: Published) -> None:
    """A file that was altered, or never published, is no file of the theme."""
    site = small_site
    site.publish()
    [first] = styles(site)
    theme = site.current / "theme"
    (theme / "css" / first).write_text("*{display:none}")
    (theme / "js/planted.0123456789abcdef.js").write_text("alert(1)")
    (theme / "js/linked.0123456789abcdef.js").symlink_to("/etc/passwd")
    (theme / "kept.json").write_text('{"theme/js/planted.0123456789abcdef.js": "2999-01-01"}')
    restyle(site, "red")
    assert len(styles(site)) == 1 and first not in styles(site)
    assert not (site.current / KEPT).exists()
    assert not [path for path in (site.current / "theme").rglob("*l*ed.*")]
    assert site.verify()[0] == 0


@pytest.mark.parametrize("kept", ["[]", "{", '{"theme/css/a.0123456789abcdef.css": 5}', None])
def test_it_goes_after_a_while(kept: str | None, tmp_path: Path) -> None:
    """Counted from the day on which no page named it any more, not from when it was made. If that day
    cannot be known, it is today."""
    name = "theme/css/a.0123456789abcdef.css"
    releases = [tmp_path / str(number) for number in range(4)]
    for release in releases:
        (release / "theme").mkdir(parents=True)
    (releases[0] / "theme/css").mkdir()
    (releases[0] / name).write_text("p{}")
    if kept is not None:
        (releases[0] / KEPT).write_text(kept)
    day = datetime.date(2020, 1, 1)
    for before, release, passed in zip(releases, releases[1:], (0, DAYS, DAYS + 1), strict=False):
        keep_old_styles(release, before, {}, day + datetime.timedelta(passed))
    assert [(release / name).exists() for release in releases] == [True, True, True, False]
    assert json.loads((releases[2] / KEPT).read_text()) == {name: "2020-01-01"}
    assert not (releases[3] / KEPT).exists()
