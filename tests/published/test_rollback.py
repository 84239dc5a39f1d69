"""``saig rollback`` and ``saig releases``: back to what was public."""

from __future__ import annotations

import json
from pathlib import Path

from project import DAY, tree
from published_site import ADDRESS, PAGE, Published

CHANGES = "api/v1/changes/"
"""What tells of publications goes on, whatever is public."""


def test_back_and_further_back(three: Published) -> None:
    """Each time one further; each a line of its own; what comes after is based on what is public."""
    site = three
    first, second, third = site.releases
    was = tree(site.folder / "releases" / first)
    for name in (second, first):
        done = site.saig("rollback")
        assert done.returncode == 0, done.stderr
        assert site.release == name
        assert site.verify()[0] == 0
    lines = site.record
    assert [line["kind"] for line in lines] == ["publish"] * 3 + ["rollback"] * 2
    assert lines[-1]["changed"][ADDRESS] == lines[0]["added"][ADDRESS]
    now = {path: found for path, found in tree(site.current).items() if CHANGES not in path}
    assert now == {path: found for path, found in was.items() if CHANGES not in path}
    assert site.saig("rollback").returncode == 1  # there is nothing before the first

    assert site.saig("rollback", third).returncode == 0
    assert "Text 2." in (site.current / PAGE).read_text("utf-8")
    assert site.saig("rollback").returncode == 0
    assert site.release == first, "back to what was public before, not to a release next to it"

    site.publish()
    assert "Text 2." in (site.current / PAGE).read_text("utf-8")
    assert site.verify()[0] == 0
    assert site.saig("rollback").returncode == 0
    assert site.release == first


def test_what_cannot_be_gone_back_to(three: Published) -> None:
    """No such release; the current one; one whose files are not what they were."""
    site = three
    first, _, third = site.releases
    before = tree(site.folder)
    done = site.saig("rollback", "20200101T000000Z")
    assert done.returncode == 1 and "20200101T000000Z" in done.stderr
    done = site.saig("rollback", third)
    assert done.returncode == 0 and "current already" in done.stdout
    assert tree(site.folder) == before

    page = site.folder / "releases" / first / PAGE
    page.write_text(page.read_text("utf-8").replace("Text 0.", "Text X."), "utf-8")
    done = site.saig("rollback", first)
    assert done.returncode == 1 and ADDRESS in done.stderr
    assert site.release == third


def test_what_was_rolled_back_did_not_just_vanish(three: Published) -> None:
    """An address that was public, be it for a minute, must be explained."""
    note = "---\ntitle: Massa aviat\nsummary: Un avís.\ndate: 2020-12-01\n---\nText.\n"
    path = three.project.write("notices/aviat.md", note)
    three.publish()
    assert three.saig("rollback").returncode == 0
    assert not (three.current / "avisos/massa-aviat").exists()
    path.unlink()
    done = three.saig("publish", "--today", DAY)
    assert done.returncode == 1
    assert "error[vanished-address] /avisos/massa-aviat/" in done.stderr


def test_without_a_project_that_can_be_read(three: Published, key: Path) -> None:
    """A broken setting must not stand in the way, where the key is given."""
    site, names = three, three.releases
    (site.project.root / "publishconf.py").write_text("this is no Python")
    done = site.saig("rollback", "--key", str(key))
    assert done.returncode == 0, done.stderr
    assert site.release == names[1]
    assert site.record[-1]["signer"] == site.record[0]["signer"]
    assert site.verify()[0] == 0


def test_outside_of_a_project(small_site: Published, tmp_path: Path) -> None:
    """As on a server, where nobody stands in a checkout."""
    small_site.publish()
    small_site.say("More.")
    small_site.publish()
    done = small_site.project.saig("rollback", str(small_site.folder), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert small_site.release == small_site.releases[0]


def test_releases_are_listed(three: Published) -> None:
    """The latest first, and which is current."""
    site, names = three, three.releases
    site.saig("rollback", names[1])
    listed = [
        json.loads(line) for line in site.saig("releases", "--format", "json").stdout.splitlines()
    ]
    assert [item["release"] for item in listed] == names[::-1]
    assert [item["current"] for item in listed] == [False, True, False]
    assert [item["number"] for item in listed] == [3, 2, 1]
    assert listed[0]["time"] == site.record[2]["time"]


def test_nothing_published_yet(small_site: Published) -> None:
    """Told in words."""
    assert small_site.saig("releases").returncode == 0
    for command in ("rollback", "verify"):
        done = small_site.saig(command)
        assert done.returncode == 1
        assert str(small_site.folder) in done.stderr
    assert not small_site.folder.exists()
