"""``saig init``: a town that builds and can be published once its gaps are filled in."""

from __future__ import annotations

import os
import pty
import subprocess
from collections.abc import Iterator
from pathlib import Path

import in_process
import pytest
import warm
import yaml
from click.testing import CliRunner, Result
from project import LAPTOP, PUBLIC, Project
from saig.commands import main
from saig.new_town.requirement import requirement
from saig.new_town.site_file import packs_of
from saig.notes.read import read_site
from saig.packs.load import known_packs, law

WAYS = {
    "name": "Planning in Ourtown",
    "languages": "en",
    "time-zone": "Europe/Dublin",
    "organisation": "Ourtown Council",
}


def init(root: Path, *arguments: str, **answers: str) -> Result:
    given = [f"--{name.replace('_', '-')}={value}" for name, value in answers.items()]
    said = [f"--{name}={value}" for name, value in WAYS.items() if f"--{name}" not in str(given)]
    command = ["init", str(root), "--lang", "en", *arguments, *said, *given]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def words(project: Project, page: str) -> str:
    return (project.content / "pages" / page).read_text("utf-8")


TOWNS = {
    "pt": ("pt", "PT", "Europe/Lisbon", "acessibilidade.md", "Decreto-Lei n.º 83/2018", "aviso-legal"),
    "eu,es": ("eu,es", "ES", "Europe/Madrid", "irisgarritasuna.es.md", "Real Decreto 1112/2018", "lege-oharra.es"),
    "ca,es": ("ca,es", "ES", "Europe/Madrid", "accessibilitat.md", "Reial decret 1112/2018", "avis-legal"),
    "fr": ("fr", "FR", "Europe/Paris", "accessibilite.md", "loi n° 2005-102", "mentions-legales"),
    "en": ("en", "IE", "Europe/Dublin", "accessibility.md", "S.I. No. 358 of 2020", "legal-notice"),
    "ar": ("ar-MA", "MA", "Africa/Casablanca", "accessibility.md", "[to be completed: the law of your country]", "legal-notice"),
    "pl": ("de,pl", "PL", "Europe/Warsaw", "barrierefreiheit.md", "2016/2102", "impressum"),
}  # fmt: skip
"""By name: languages, country, zone, a page, the act that it names, another page."""


LACKING: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(TOWNS, ()),
    "ar": ("incomplete-words",),
    "pl": ("incomplete-words", "no-citations", "translation-missing"),
}
"""By name: what Saig lacks for a country or a language, which is told."""


@pytest.fixture(scope="module", params=TOWNS)
def begun(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Project]]:
    languages, country, zone, *_ = TOWNS[request.param]
    root = tmp_path_factory.mktemp("init") / "town"
    done = init(root, languages=languages, country=country, time_zone=zone)
    assert done.exit_code == 0, done.output
    yield request.param, Project(root)


def test_it_passes_the_check_and_what_is_built_can_be_published(
    begun: tuple[str, Project],
) -> None:
    """What Saig lacks is told, and nothing else is wrong in it; it keeps no count of addresses yet."""
    name, project = begun
    checked = in_process.checked(project, PRODUCTION=False)
    found = {(problem.code, problem.severity) for problem in checked.problems}
    assert found == {(code, "warning") for code in LACKING[name]}
    assert not (project.content / "addresses.yaml").exists()
    assert in_process.built(project, PRODUCTION=False) == []


def test_the_public_site_waits_for_its_placeholders(begun: tuple[str, Project]) -> None:
    """And for nothing else, but what Saig lacks."""
    found = {problem.code for problem in in_process.checked(begun[1]).problems}
    assert found == {"placeholder", *LACKING[begun[0]]}


def test_pages_name_what_the_law_of_the_country_asks(begun: tuple[str, Project]) -> None:
    name, project = begun
    languages, country, _, page, act, other = TOWNS[name]
    assert act in words(project, page)
    assert "[Ourtown Council](../contacts/ourtown-council.md)" in words(project, page)
    assert "web@example.org" in words(project, f"{other}.md")
    assert "{" not in words(project, page)
    text = (project.content / "site.yaml").read_text("utf-8")
    assert all("  # " in line for line in text.splitlines() if line[:1] not in " #")
    site = read_site(project.content).site
    law_of = {"MA": (), "PL": ("eu",), "ES": ("es-pv",) if name == "eu,es" else ("es",)}
    assert site and site.law.names[-1:] == law_of.get(country, (country.lower(),))
    assert (project.root / "requirements.txt").read_text("utf-8").startswith("saig")
    if languages == "ar-MA":
        assert "To be translated" in words(project, page)
        assert (project.root / "theme/translations/ar-MA/LC_MESSAGES/messages.po").is_file()


def test_settings_are_those_of_a_town(begun: tuple[str, Project]) -> None:
    def lines(text: str) -> list[str]:
        code = [line.partition("  #")[0] for line in text.splitlines()]
        return [line for line in code if line and not line.startswith('"""')]

    root = begun[1].root
    assert lines((root / "pelicanconf.py").read_text("utf-8")) == lines(LAPTOP)
    public = lines((root / "publishconf.py").read_text("utf-8"))
    assert public == lines(PUBLIC.replace("os, sys", "os\nimport sys"))


@pytest.mark.parametrize(
    "name",
    [
        "Town \"of\" 'quotes'",
        "Town: a colon # and a hash",
        "Two\nlines\r\n\tand a tab\x00\x07",
        "🏛️ Town 👩‍💻",
        "Town " * 400,
        "- [x] {y} | > & % @ `z` \\",
        "[link](https://example.com) *stars* _lines_ ~~gone~~ ^1 $x$",
        "null",
        "2026-01-01",
        "\u202etown\u2028",
    ],
)
def test_any_name_gives_a_town_that_can_be_read(name: str, tmp_path: Path) -> None:
    """Or is refused in a sentence, and nothing is written."""
    done = init(tmp_path / "town", name=name, organisation=name, languages="en,no")
    if done.exit_code:
        assert "Error: " in done.output and not (tmp_path / "town").exists()
        return
    project = Project(tmp_path / "town")
    read = yaml.safe_load((project.content / "site.yaml").read_text("utf-8"))
    plain = " ".join("".join(sign if sign.isprintable() or sign in "\u200d\u202e\u2028" else " " for sign in name).split())  # fmt: skip
    assert read["name"] == {"en": plain, "no": plain}
    errors = [one for one in in_process.checked(project, PRODUCTION=False).problems if one.is_error]
    assert errors == []


def test_what_is_there_is_never_touched(tmp_path: Path) -> None:
    root = tmp_path / "town"
    root.mkdir()
    (root / ".gitignore").write_text("mine\n")
    done = init(root)
    assert done.exit_code == 0 and ".gitignore was there already, and stays" in done.output
    assert (root / ".gitignore").read_text() == "mine\n"
    (root / "content/site.yaml").write_text("mine\n")
    for name in ("content", "pelicanconf.py", "publishconf.py"):
        other = tmp_path / name
        other.mkdir()
        (root / name).rename(other / name)
        again = init(other)
        assert again.exit_code == 1 and "already there" in again.output
        assert [path.name for path in other.iterdir()] == [name]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"languages": "tlh"}, "--languages: “tlh” is not the code of a language"),
        ({"time_zone": "Mars/Olympus"}, "--time-zone: “Mars/Olympus” is not a time zone"),
        ({"country": "Spain"}, "--country: “Spain” is not the code of a country"),
        ({"name": "…"}, "--name: a name needs a letter"),
        ({"time_zone": "UTC"}, "there is no terminal to ask on: write --country too"),
    ],
)
def test_wrong_answers_are_refused(answers: dict[str, str], told: str, tmp_path: Path) -> None:
    done = init(tmp_path / "town", **answers)
    assert (done.exit_code, (tmp_path / "town").exists()) == (1, False)
    assert told in done.output


def test_without_a_terminal_it_names_what_is_missing(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["init", str(tmp_path / "town"), "--name=Town", "--lang=en"])
    assert done.exit_code == 1
    assert "write --organisation, --languages, --time-zone, --country too" in done.output


def test_on_a_terminal_it_asks(tmp_path: Path) -> None:
    """Again where an answer is wrong; the country is that of the zone unless said."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [str(warm.programs() / "saig"), "init", "town", "--organisation", "Ajuntament"],
        cwd=tmp_path,
        env=warm.surroundings({"LANG": "ca_ES.UTF-8"}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.write(ours, b"Vila d'Exemple\nklingon\nca es\nEurope/Madrid\n\n")
        assert process.wait(60) == 0
    os.close(theirs)
    os.close(ours)
    text = (tmp_path / "town/content/site.yaml").read_text("utf-8")
    assert "country: ES  # el país" in text and "languages: [ca, es]  # " in text
    assert 'name: {ca: "Vila d\'Exemple", es: "Vila d\'Exemple"}' in text


def test_the_requirement_has_the_hash_of_the_wheel_if_it_is_known() -> None:
    digest = "0" * 64
    info = {"archive_info": {"hashes": {"sha256": digest}}}
    address = "https://example.org/saig-1-py3-none-any.whl"
    line, is_whole = requirement({"url": address, **info}, "1", "en")
    assert (line, is_whole) == (f"saig @ {address} --hash=sha256:{digest}\n", True)
    line, is_whole = requirement({"url": "file:///tmp/saig.whl", **info}, "1", "en")
    assert is_whole and line.startswith("saig==1 ") and line.endswith(f" --hash=sha256:{digest}\n")
    line, is_whole = requirement({}, "1", "en")
    assert not is_whole and "\n# add the hash that the release has: saig==1 " in line


def test_every_country_with_a_pack_has_what_asks_for_its_pages() -> None:
    for name in known_packs():
        pages = law((name,)).model_pages
        assert {"accessibility_act", "owner_act"} <= pages.keys(), name
    assert (packs_of("FI"), packs_of("CH"), packs_of("ES")) == (["eu"], [], ["es"])
