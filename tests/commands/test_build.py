"""``saig build``: the same input gives the same bytes, and only what differs is touched."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from project import DAY, Project, new_project, tree
from saig.builder.output import MARK


def times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_a_second_build_writes_nothing(town: Project) -> None:
    """Not one file is touched when nothing changed."""
    town.build()
    before = times(town.output)
    town.build()
    assert times(town.output) == before


def test_a_change_touches_only_the_pages_that_say_it(town: Project) -> None:
    """A word in the text of a page leaves all others alone; its data and digest follow."""
    town.build()
    before = times(town.output)
    town.change("pages/sobre.md", "El fa", "Avui el fa")
    town.build()
    changed = {
        Path(path).relative_to(town.output).as_posix()
        for path, time in times(town.output).items()
        if before.get(path) != time
    }
    assert changed == {
        "sobre-aquest-web/index.html",
        "sobre-aquest-web/index.json",
        "api/v1/index.json",
        "api/v1/all.ndjson",
    }


def test_what_no_longer_belongs_is_removed(town: Project) -> None:
    """The page of a note that is gone, with its folder; an operator's hidden files stay."""
    town.build()
    (town.output / ".git").mkdir()
    (town.output / ".git/config").write_text("mine")
    (town.content / "notices/2020/platja-2.md").unlink()
    (town.content / "notices/2020/platja-2.es.md").unlink()
    town.change("notices/2020/esborrany.md", "supersedes: [platja-2]\n", "")
    town.build()
    assert not (town.output / "avisos/platja-segon-avis").exists()
    assert not (town.output / "platja").exists()
    assert (town.output / ".git/config").read_text() == "mine"


def test_a_folder_with_other_things_keeps_them(town: Project, tmp_path: Path) -> None:
    """However often one builds into it: what Saig did not write, it does not remove."""
    other = tmp_path / "other"
    (other / "letters").mkdir(parents=True)
    (other / "letters/love.txt").write_text("dear")
    for _ in range(2):
        town.saig("build", "--today", DAY, "--output", str(other))
        assert (other / "letters/love.txt").read_text() == "dear"


def test_a_build_into_another_folder_forgets_the_one_before(town: Project, tmp_path: Path) -> None:
    """What stood there alone counts nowhere any more, and nothing is missed here."""
    town.write("pages/mes.md", "---\ntitle: Una pàgina més\nsummary: Breu.\n---\nText.\n")
    town.build()
    (town.content / "pages/mes.md").unlink()
    town.change("site.yaml", '"Vila"', '"Vila de Dalt"')  # on which all depends
    other = tmp_path / "other"
    for _ in range(2):
        done = town.build("--output", str(other), "--lang", "en")
        files = len(tree(other).keys() - {MARK})
        assert f"; of {files} files " in done.stderr


def test_clean_empties_only_a_site_of_ours(town: Project, tmp_path: Path) -> None:
    """Another folder is refused in words, and stays as it was."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "love.txt").write_text("dear")
    done = town.saig("build", "--clean", "--output", str(other))
    assert done.returncode == 1
    assert str(other) in done.stderr
    assert [path.name for path in other.iterdir()] == ["love.txt"]

    town.build()
    town.build("--clean", "--output", str(town.output))
    assert (town.output / "index.html").is_file()


def test_the_same_notes_give_the_same_bytes(built_town: Project, tmp_path: Path) -> None:
    """In another folder, with another hash seed, after another build."""
    twin = new_project(tmp_path / "a folder elsewhere" / "project")
    twin.build(today="2021-03-01", PYTHONHASHSEED="1")
    twin.build(PYTHONHASHSEED="2", TZ="Pacific/Auckland", LC_ALL="C")
    assert tree(twin.output) == tree(built_town.output)


def test_pelicans_own_command_gives_the_same_site(built_town: Project, tmp_path: Path) -> None:
    """``pelican content`` and ``saig build`` are one: what the one left the other finds as it should be."""
    twin = new_project(tmp_path / "project")
    settings = twin.root / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + f'\nTODAY = "{DAY}"\n', "utf-8")
    done = twin.pelican()
    assert done.returncode == 0, done.stderr
    assert tree(twin.output) == tree(built_town.output)
    twin.write("pages/mes.md", "---\ntitle: Una pàgina més\nsummary: Breu.\n---\nText.\n")
    assert " 0 written" not in twin.build().stderr
    there = tree(twin.output)
    assert twin.pelican().returncode == 0
    assert tree(twin.output) == there
    twin.change("pages/mes.md", "Text.", "Text nou.")
    again = twin.build("--explain").stdout.splitlines()
    assert [line for line in again if "the text of content/pages/mes.md" in line]
    assert not [line for line in again if "pelicanconf.py" in line]


def test_a_site_below_a_path_works_whole(town: Project) -> None:
    """Every address of a page that leads into the site begins with the path."""
    settings = town.root / "pelicanconf.py"
    settings.write_text(
        settings.read_text("utf-8") + '\nSITEURL = "https://vila.test/web"\n', "utf-8"
    )
    town.build()
    assert town.document("/contactes/obres/")["url"] == "https://vila.test/web/contactes/obres/"
    page = town.page("/contactes/obres/")
    assert 'href="/web/contactes/arxiu/"' in page
    assert 'href="/contactes' not in page


def test_the_version_says_what_is_live(built_town: Project) -> None:
    """The date of the build, and the commit where there is one."""
    version = built_town.data("version.json")
    schema = built_town.data("api/v1/schemas/version.json")["$id"]
    assert version.pop("schema_version").startswith("1.")
    assert version == {
        "$schema": schema,
        "generator": "Saig",
        "date": DAY,
        "commit": None,
        "differs": None,
    }


def test_every_page_has_its_document_and_every_document_its_digest(built_town: Project) -> None:
    """A client can follow the site by its index alone."""
    listed = built_town.data("api/v1/index.json")
    assert len(listed["documents"]) > 30
    for item in listed["documents"]:
        path = built_town.output / item["document"].removeprefix(listed["site"])
        assert item["digest"] == f"sha256:{sha256(path.read_bytes()).hexdigest()}"
        assert path.with_suffix(".html").is_file()


def test_every_document_is_valid_by_its_published_schema(built_town: Project) -> None:
    """The schemas are closed, and say all that the documents have."""
    documents = [
        json.loads(path.read_text("utf-8")) for path in built_town.output.rglob("index.json")
    ]
    documents = [document for document in documents if "kind" in document]
    kinds = {document["kind"] for document in documents}
    assert kinds >= {
        "home",
        "section",
        "topic",
        "booking",
        "gone",
        "contact",
        "service",
        "norm",
        "notice",
        "page",
    }
    for kind in kinds:
        schema = built_town.data(f"api/v1/schemas/{kind}.json")
        Draft202012Validator.check_schema(schema)
        assert schema["additionalProperties"] is False
        validator = Draft202012Validator(schema)
        for document in documents:
            if document["kind"] == kind:
                assert document["$schema"] == schema["$id"]
                assert [error.message for error in validator.iter_errors(document)] == []


def test_a_production_build_accepts_the_town(town: Project) -> None:
    """With the public settings, and the public address in every document."""
    town.build("--production")
    assert town.document("/contactes/obres/")["url"] == "https://example.org/contactes/obres/"


@pytest.mark.parametrize("flag", ["--production", "--clean"])
def test_an_output_that_cannot_be_written_is_told_in_a_line(
    flag: str, town: Project, tmp_path: Path
) -> None:
    """A file where the folder should be."""
    (tmp_path / "file").write_text("x")
    done = town.saig("build", flag, "--output", str(tmp_path / "file" / "site"))
    assert done.returncode in (1, 2)
    assert len(done.stderr.splitlines()) < 30
    assert (tmp_path / "file").read_text() == "x"
