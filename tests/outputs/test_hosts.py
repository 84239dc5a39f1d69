"""What hosts of static files read at the site's root. What they make of headers is held against a
real nginx in ``tests/published/test_nginx.py``."""

from __future__ import annotations

import re

import pytest
from in_process import built
from project import Project
from saig.outputs import search
from saig.outputs.hosts import HEADERS, rule


def test_what_moved_or_is_gone_is_told_to_hosts(built_town: Project) -> None:
    """In the order in which hosts take the rules, the widest last."""
    lines = (built_town.output / "_redirects").read_text("utf-8").splitlines()
    assert lines == [
        "/avisos/grip-2019/ /avisos/grip-2019/index.html 410!",
        "/platja/ /avisos/platja-segon-avis/ 301!",
        "/platja/ /avisos/platja-segon-avis/ 301",
        "/es/playa-vieja/ /es/avisos/playa-segundo-aviso/ 301!",
        "/es/playa-vieja/ /es/avisos/playa-segundo-aviso/ 301",
        "/es/* /es/404.html 404",
    ]


def test_no_header_is_given_twice(built_town: Project) -> None:
    """Hosts do not agree on what becomes of a header that two rules give."""
    lines = (built_town.output / "_headers").read_text("utf-8").splitlines()
    end = next(number for number, line in enumerate(lines) if number and line[0] == "/")
    everywhere, others = lines[1:end], [line for line in lines[end:] if line.startswith(" ")]
    assert lines[0] == "/*"
    names = [line.partition(":")[0].strip() for line in everywhere]
    assert names == [*HEADERS]
    twice = [line.strip() for line in others if line.partition(":")[0].strip() in names]
    assert [line.partition(":")[0] for line in twice] == ["Content-Security-Policy"]
    assert twice[0].endswith("; sandbox")  # of the editors' files: there either policy will do


def test_only_names_with_a_digest_are_kept_for_long(built_town: Project) -> None:
    """Each is named by itself, so that what is not there is not kept for a year."""
    kept = _kept_for_long(built_town)
    theme = {
        "/" + path.relative_to(built_town.output).as_posix()
        for path in (built_town.output / "theme").rglob("*.*")
    }
    assert kept == {path for path in theme if re.search(r"\.[0-9a-f]{16}\.\w+$", path)}
    assert len(theme) == 2 * len(kept)


def test_what_the_search_has_in_further_files_is_kept_for_long(
    town: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST", 2000)
    assert built(town) == []
    further = town.output.rglob("search.*.json")
    addresses = {"/" + path.relative_to(town.output).as_posix() for path in further}
    assert addresses
    assert addresses == {path for path in _kept_for_long(town) if path.endswith(".json")}


def _kept_for_long(project: Project) -> set[str]:
    lines = (project.output / "_headers").read_text("utf-8").splitlines()
    return {lines[number - 1] for number, line in enumerate(lines) if "immutable" in line}


def test_nginx_is_told_what_is_gone(built_town: Project) -> None:
    """An empty file beside the page and its document, and nowhere else."""
    marks = built_town.output.rglob("*.gone")
    assert {mark.relative_to(built_town.output).as_posix() for mark in marks} == {
        "avisos/grip-2019/index.html.gone",
        "avisos/grip-2019/index.json.gone",
    }


def test_no_note_takes_the_place_of_these_files(town: Project) -> None:
    entry = "- {{address: {}, title: {{ca: A}}, date: 2020-12-01, reason: {{ca: B}}}}\n"
    addresses = ("/_headers", "/_redirects", "/_preview/nova/")
    town.write("gone.yaml", "".join(map(entry.format, addresses)))
    assert [error["code"] for error in town.errors()] == ["duplicate-address"] * 3


def test_no_sign_of_an_old_address_stands_for_anything_else() -> None:
    """A host would take ``*`` for any words, and ``:`` for a name of some."""
    gone = {"kind": "gone", "gone": {"address": "/a*b:c/"}, "url": "https://vila.test/a%2Ab%3Ac/"}
    assert rule(gone) == "/a%2Ab%3Ac/ /a%2Ab%3Ac/index.html 410!\n"
