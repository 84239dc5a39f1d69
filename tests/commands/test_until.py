"""``saig check --until``: what will be wrong if nobody changes anything."""

from __future__ import annotations

import json
import shutil

import pytest
from project import DAY, Project


def coming(town: Project, until: str, *, today: str = "2020-01-01") -> list[tuple[str, str, str]]:
    """Day, file and code of each problem that is to come."""
    done = town.saig("check", "--today", today, "--until", until, "--format", "json")
    assert done.returncode == 0, done.stderr
    found = map(json.loads, done.stdout.splitlines())
    return [(one["from"], one["path"].removeprefix("content/"), one["code"]) for one in found]


def test_what_will_be_wrong_is_told_with_its_first_day(town: Project) -> None:
    """Each as a check on that day tells it, and none that there is already."""
    found = coming(town, "2021-06-01")
    assert found == [
        ("2020-11-26", "services/llicencia.md", "expiring-soon"),
        ("2020-12-11", "services/llicencia.es.md", "cites-norm-not-in-force"),
        ("2020-12-11", "services/llicencia.md", "cites-norm-not-in-force"),
        ("2020-12-11", "services/llicencia.md", "online-only"),
        ("2020-12-13", "notices/2020/horari-hivern.md", "expiring-soon"),
        ("2021-06-01", "contacts/ajuntament.md", "stale-contact"),
        ("2021-06-01", "contacts/obres.md", "stale-contact"),
    ]
    assert coming(town, "2021-05-31") == found[:-2]
    assert coming(town, "2021-05-31", today="2020-12-12") == found[4:5]
    assert coming(town, "2020-01-01") == []


@pytest.mark.parametrize("command", ["check", "report"])
def test_who_asks_for_another_age_is_told_how_far_it_goes(command: str, town: Project) -> None:
    """Each day on which something may begin is looked at, and they have no end."""
    done = town.saig(command, "--today", DAY, "--until", "9999-12-31", "--lang", "en")
    assert (done.returncode, done.stdout) == (1, "")
    said = done.stderr.splitlines()[-1]
    assert said == "Error: nobody can look further ahead than until 2030-12-18"


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_day_without_others_around_it_is_none(command: str, town: Project) -> None:
    done = town.saig(command, "--today", "9999-12-31", "--lang", "en")
    assert done.returncode == 1
    assert done.stderr == "Error: TODAY = 9999-12-31 is not a date such as 2020-12-10\n"


def test_an_editor_reads_the_day(town: Project) -> None:
    done = town.saig(
        "check",
        "--today",
        DAY,
        "--until",
        "2020-12-31",
        "--lang",
        "ca",
        "content/services/llicencia.md",
    )
    assert "llicencia.md:7:9: warning[cites-norm-not-in-force] 2020-12-11: " in done.stdout
    assert "obres.md" not in done.stdout


def test_the_next_check_is_of_today_again(town: Project) -> None:
    before = town.check()
    coming(town, "2021-12-31", today=DAY)
    assert town.check() == before


def test_the_days_ahead_are_found_where_nothing_can_be_remembered(town: Project) -> None:
    found = coming(town, "2021-06-01")
    shutil.rmtree(town.root / ".saig")
    (town.root / ".saig").write_text("a file where the cache should lie")
    assert coming(town, "2021-06-01") == found
    done = town.saig("report", "--today", DAY)
    assert done.returncode == 0, done.stderr
