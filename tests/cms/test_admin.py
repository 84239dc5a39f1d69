"""The page of the editor in the browser, as a build makes it where a setting says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from forgejo import fits, rules
from in_process import built
from project import REPOSITORY, Project, new_project, tree
from saig.builder.output import MARK
from saig.cms.editor import Editor
from saig.cms.forge import Forge
from saig.cms.page import headers
from saig.outputs.hosts import HEADERS
from saig.publishing.checks import check
from saig.publishing.tree import is_page, paths

FORGE = {"forge": "gitea", "repository": "town/notes", "server": "https://git.example.org"}
SETTING = f"\nCMS = {FORGE}\n"


def switch_on(town: Project, setting: str = SETTING) -> None:
    settings = town.root / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + setting, "utf-8")


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory, archive: Path) -> Project:
    """The town with an editor, built: to be read, not changed."""
    town = new_project(tmp_path_factory.mktemp("edited") / "project")
    switch_on(town)
    done = town.saig("cms", "--unpack", str(archive))
    assert done.returncode == 0, done.stderr
    town.build()
    return town


def test_there_is_none_unless_a_setting_says_so(built_town: Project) -> None:
    assert not (built_town.output / "admin").exists()


def test_the_site_says_nothing_of_the_editor(edited: Project, built_town: Project) -> None:
    """Not in the sitemap, indexes, feeds, the search, the ledger or any page: the rest of the site is
    what it is without, to the byte."""
    there, without = tree(edited.output), tree(built_town.output)
    own = {path for path in there if path.startswith("admin/")}
    assert {path for path in without if there.get(path) != without[path]} <= {"_headers"}
    assert there.keys() - without.keys() == own
    assert {"admin/index.html", "admin/config.ca.json", "admin/config.es.json"} <= own
    assert edited.saig("check", "--production", "--format", "json").stdout.count("admin") == 0


def test_it_is_published_and_no_page_of_the_site(edited: Project) -> None:
    """So it may vanish when it is switched off again."""
    names = sorted(path for path in paths(edited.output) if path != MARK)
    assert list(check(edited.output, "http://localhost:8000", names)) == []
    assert not is_page("/admin/")


def test_its_page_asks_search_engines_to_leave_it_out(edited: Project) -> None:
    page = (edited.output / "admin/index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert "<script>" not in page
    assert "<style" not in page


def test_the_program_names_no_one_to_be_asked_for_fonts_or_versions(edited: Project) -> None:
    program = (edited.output / "admin/sveltia-cms/npm/index.js").read_text("utf-8")
    assert re.findall(r"cdn\.jsdelivr\.net|unpkg\.com/@sveltia/cms", program) == []
    named = re.findall(r"sveltia-cms/npm/assets/[\w.-]+", program)
    assert len(named) == 3
    assert all((edited.output / "admin" / path).is_file() for path in named)
    words = re.findall(r"import\(`\.\./(locales/[\w-]+\.js)`\)", program)
    assert len(words) > 20
    assert all((edited.output / "admin/sveltia-cms" / path).is_file() for path in words)


def test_hosts_give_each_page_one_policy(edited: Project) -> None:
    """Where two rules fit, browsers heed both policies: the editor could not ask its forge."""
    said = rules((edited.output / "_headers").read_text("utf-8"))
    own = headers(Forge.of(FORGE))
    for file in edited.output.rglob("*.html"):
        path = "/" + file.relative_to(edited.output).as_posix()
        path = path.removesuffix("index.html")
        for name in ("Content-Security-Policy", "Cross-Origin-Opener-Policy"):
            found = [rule[name] for one, rule in said.items() if fits(one, path) and name in rule]
            assert found == [own[name] if path == "/admin/" else HEADERS[name]], (path, name)
    assert said["/*"]["Referrer-Policy"] == "no-referrer"


def test_nginx_has_the_same_policy_ready() -> None:
    """The lines of ``deploy/nginx.conf`` for a town's own forge, without their ``#``."""
    own = headers(Forge.of(FORGE))
    text = (REPOSITORY / "deploy/nginx.conf").read_text("utf-8")
    ready = re.findall(r'^    # "~\^/admin/" +(.*);$', text, re.MULTILINE)
    assert ready == [f'"{own["Content-Security-Policy"]}"', own["Cross-Origin-Opener-Policy"]]
    assert "unsafe-inline" not in own["Content-Security-Policy"].partition("style-src")[0]


def test_a_build_goes_with_the_setting(town: Project, archive: Path) -> None:
    town.build()
    before = tree(town.output)
    switch_on(town)
    done = town.saig("build", "--lang", "en", "--today", "2020-12-10")
    assert done.returncode == 1
    assert "run saig cms --unpack sveltia-cms-0.221.1.tgz" in done.stderr
    assert tree(town.output) == before

    town.saig("cms", "--unpack", str(archive))
    town.build()
    page = town.output / "admin/index.html"
    assert page.is_file()
    town.build("--preview", "estiu", "--output", str(town.root / "preview"))
    assert not (town.root / "preview/admin").exists()

    program = town.root / "sveltia-cms/npm/index.js"
    program.write_text(program.read_text("utf-8") + "alert(1)", "utf-8")
    done = town.saig("build", "--lang", "en", "--today", "2020-12-10")
    assert (done.returncode, "does not hold Sveltia CMS" in done.stderr) == (1, True)

    settings = town.root / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8").replace(SETTING, ""), "utf-8")
    town.build()
    assert tree(town.output) == before


def test_its_program_is_made_once(
    town: Project, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is 5 MB, the same in all builds, and written again where it was changed."""
    publish = town.root / "publishconf.py"
    publish.write_text(publish.read_text("utf-8") + SETTING, "utf-8")
    town.saig("cms", "--unpack", str(archive))
    built(town, ALLOW_PLACEHOLDERS=True)
    before = tree(town.output)
    with monkeypatch.context() as only_here:
        only_here.setattr(Editor, "program", None)
        town.change("pages/sobre.md", "title:", "modified: 2020-12-01\ntitle:")
        built(town, ALLOW_PLACEHOLDERS=True)
    (town.output / "admin/sveltia-cms/npm/index.js").write_bytes(b"")
    town.change("pages/sobre.md", "modified: 2020-12-01\n", "")
    built(town, ALLOW_PLACEHOLDERS=True)
    assert tree(town.output) == before


def test_what_is_not_the_package_is_refused(town: Project, tmp_path: Path) -> None:
    other = tmp_path / "sveltia-cms-0.221.1.tgz"
    other.write_bytes(b"no archive")
    done = town.saig("cms", "--unpack", str(other), "--lang", "en")
    assert done.returncode == 1
    assert "does not hold Sveltia CMS 0.221.1" in done.stderr
    assert not (town.root / "sveltia-cms").exists()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("\nCMS = 'gitea'\n", "CMS must be a dictionary between curly brackets, or None"),
        ("\nCMS = {'forge': 'svn'}\n", "CMS is not right: forge must be one of"),
    ],
)
def test_a_wrong_setting_is_told(town: Project, setting: str, said: str) -> None:
    switch_on(town, setting)
    done = town.saig("build", "--lang", "en")
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    assert not town.output.exists()


def test_no_note_stands_where_the_editor_would(town: Project) -> None:
    town.change("pages/sobre.md", "title:", "slug: admin\ntitle:")
    assert [one["code"] for one in town.errors()] == ["duplicate-address"]
