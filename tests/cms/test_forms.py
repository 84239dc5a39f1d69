"""The forms of the editor in the browser, as ``saig cms`` writes them."""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from jsonschema import Draft7Validator
from project import REPOSITORY, Project
from pydantic import BaseModel, TypeAdapter, ValidationError
from saig.cms.configuration import configuration
from saig.cms.fields import PATTERNS
from saig.cms.forge import SERVERS, Forge
from saig.notes.files import scan
from saig.notes.localized_text import LocalizedText, SearchWords
from saig.notes.models import FOLDERS, KINDS
from saig.notes.note_fields import TranslationFields
from saig.notes.read import read_note, read_site
from saig.refusal import Refused
from saig.words import for_editors

FORGE = {"forge": "gitea", "repository": "town/notes", "server": "https://git.example.org"}
Config = dict[str, Any]

TYPED = (
    *("HTTPS://www.x.org/", "https://x.org", "https://www.boe.es/eli/es/l/2015/10/01/39/con"),
    *("HTTPS://www.boe.es/eli/es/l/2015/10/01/39", "/x", "a@x.org", "A@x.ORG ", "x-1"),
    *("(+34) 971 22 59 00", "+34-971-225900", "0034971225900", "010", "8 549", "*12#"),
    *("9h", "les 9", "24:00", "9.30 h", "unknown", "1 de maig de 2020", "1/5/2020", "P3M", "PT2H"),
)


def config_of(content: Path, lang: str = "ca") -> Config:
    site = read_site(content).site
    assert site
    return configuration(site, Forge.of(FORGE), content, lang, "https://example.org")


@pytest.fixture(scope="module")
def palma() -> Config:
    return config_of(REPOSITORY / "content")


def fields_in(config: Config, kind: str) -> list[Config]:
    found: list[Config] = next(one for one in config["collections"] if one["name"] == kind)[
        "fields"
    ]
    return found


def every(fields: list[Config]) -> Iterator[Config]:
    for field in fields:
        yield field
        yield from every(field.get("fields", []))


def models_in(hint: object) -> Iterator[type[BaseModel]]:
    is_model = isinstance(hint, type) and issubclass(hint, BaseModel)
    if is_model and hint not in (LocalizedText, SearchWords):
        yield hint
    for part in get_args(hint):
        yield from models_in(part)


def lacking(model: type[BaseModel], fields: list[Config], at: str) -> Iterator[str]:
    """The fields of a model that a form has not, and those that it has and the model has not."""
    by_name = {field["name"]: field for field in fields}
    names = {field.alias or name for name, field in model.model_fields.items()}
    yield from (f"{at}.{name}" for name in names ^ (by_name.keys() - {"body", "translated"}))
    hints = get_type_hints(model)
    for name, field in model.model_fields.items():
        for below in models_in(hints[name]):
            key = field.alias or name
            yield from lacking(below, by_name[key]["fields"], f"{at}.{key}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_has_every_field_of_its_kind(palma: Config, kind: str) -> None:
    assert list(lacking(KINDS[kind], fields_in(palma, kind), kind)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_translations_have_words_and_no_facts(palma: Config, kind: str) -> None:
    translated = {field["name"] for field in fields_in(palma, kind) if field.get("i18n")}
    assert translated == {*TranslationFields.model_fields, "body"}
    for field in fields_in(palma, kind):
        below = [one.get("i18n", False) for one in every(field.get("fields", []))]
        assert set(below) <= {field.get("i18n", False)}, field["name"]


def test_nothing_is_written_into_a_note_that_nobody_chose(palma: Config) -> None:
    """Sveltia fills the default of each empty field into each note that is opened."""
    fields = [one for kind in KINDS for one in every(fields_in(palma, kind))]
    assert [one["name"] for one in fields if "default" in one] == []
    assert [one["name"] for one in fields if one.get("widget") == "boolean"] == []


def test_nothing_is_written_beside_the_notes(palma: Config) -> None:
    said = json.dumps(palma)
    places = [one["folder"] for one in palma["collections"]]
    places += [one["file"] for one in palma["singletons"]]
    places += [palma["media_folder"]]
    assert sorted(places) == sorted(f"content/{name}" for name in (*FOLDERS, "gone.yaml", "files"))
    assert len(places) == len(re.findall(r'"(?:folder|file|media_folder|path_folder)":', said))
    assert ".." not in "".join(places)


@pytest.mark.parametrize("lang", ["ca", "es"])
def test_labels_and_hints_are_in_the_editors_language(lang: str) -> None:
    config = config_of(REPOSITORY / "content", lang)
    fields = list(every(fields_in(config, "norm")))
    labels = {field["name"]: field["label"] for field in fields if "label" in field}
    assert labels["published_in"] == for_editors("Published in", lang) != "Published in"
    hints = {field["name"]: field["hint"] for field in fields if "hint" in field}
    said = for_editors("last day of force, only where no other norm ends it", lang)
    assert hints["date_no_longer_in_force"] == f"{said} (date_no_longer_in_force)"
    days = [one for one in every(fields_in(config, "contact")) if one["name"] == "days"]
    assert {"ca": "dilluns", "es": "lunes"}[lang] == days[0]["options"][0]["label"]


def test_notes_are_chosen_by_title_where_they_lie_in_one_folder(town: Project) -> None:
    def departments() -> Config:
        fields = fields_in(config_of(town.content), "notice")
        return next(one for one in fields if one["name"] == "departments")

    found = departments()
    assert (found["widget"], found["collection"], found["multiple"]) == (
        "relation",
        "contact",
        True,
    )
    (town.content / "contacts/barris").mkdir()
    assert departments()["widget"] == "list"


def values_at(data: Any, field: Config) -> Iterator[Any]:
    """What a note has in the field of a form: the items of lists, for a pattern is of these."""
    found = data.get(field["name"]) if isinstance(data, dict) else None
    for one in found if isinstance(found, list) else [found]:
        if one is not None:
            yield one


def refused(data: Any, fields: list[Config]) -> Iterator[str]:
    for field in fields:
        for value in values_at(data, field):
            text = str(getattr(value, "text", value))
            if field.get("pattern") and not re.search(field["pattern"][0], text):
                yield f"{field['name']}: {text}"
            if len(text) > field.get("maxlength", len(text)):
                yield f"{field['name']}: too long"
            options = [one["value"] for one in field.get("options", [])]
            if options and value not in options:
                yield f"{field['name']}: {text} is no choice"
            yield from refused(value, field.get("fields", []))


def test_a_form_takes_every_note_that_is_right(palma: Config) -> None:
    """Or its editor could not save what she has not even touched."""
    from saig.notes.front_matter import load, split

    content = REPOSITORY / "content"
    found = []
    for source in scan(content, ["ca", "es"]).sources:
        raw = (content.parent / source.path).read_bytes()
        assert read_note(source, raw, ["ca", "es"]).note
        front = split(raw.decode())
        assert isinstance(front, tuple)
        form = fields_in(palma, source.kind)
        found += [f"{source.path}: {one}" for one in refused(load(front[0]).value, form)]
    assert found == []


@pytest.mark.parametrize("typed", TYPED)
def test_a_pattern_takes_whatever_is_read(typed: str) -> None:
    """Whatever way it is typed; in each type of value that takes it."""
    for kind, pattern, _ in PATTERNS:
        with suppress(ValidationError):
            TypeAdapter(kind).validate_python(typed, context={"languages": ["ca", "es"]})
            assert re.search(pattern, typed.strip()), (kind, pattern)


def test_the_command_writes_the_same_each_time(town: Project) -> None:
    arguments = [part for name, said in FORGE.items() for part in (f"--{name}", said)]
    done = town.saig("cms", "--lang", "es", *arguments, PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stderr
    assert done.stdout == town.saig("cms", "--lang", "es", *arguments, PYTHONHASHSEED="2").stdout
    assert json.loads(done.stdout)["collections"][0]["label"] == "Contactos"


def test_the_command_asks_where_the_repository_is(town: Project) -> None:
    done = town.saig("cms", "--lang", "en")
    assert done.returncode == 1
    assert "--repository" in done.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"forge": "bitbucket"}, "forge must be one of github, gitlab, gitea"),
        ({"repository": "notes"}, "repository must be its owner and its name"),
        ({"repository": "a/b; script-src *"}, "repository must be its owner and its name"),
        ({"server": "http://git.example.org"}, "server must be an address"),
        ({"server": "https://git.example.org; script-src *"}, "server must be an address"),
        ({"server": ""}, "server must be an address"),
        ({"server": 3}, "server must be a text"),
        ({"branhc": "main"}, "it has no “branhc”"),
    ],
)
def test_a_wrong_forge_is_told(given: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        Forge.of(FORGE | given)


@pytest.mark.parametrize(
    ("forge", "origins"),
    [
        ("github", ["https://github.com", "https://api.github.com"]),
        ("gitlab", ["https://gitlab.com"]),
    ],
)
def test_nobody_is_asked_but_the_forge(forge: str, origins: list[str]) -> None:
    """Not Netlify either, where Sveltia would have people sign in."""
    found = Forge.of({"forge": forge, "repository": "town/notes"})
    assert found.origins == origins
    assert found.backend()["auth_methods"] == ["token"]
    signed = Forge.of({"forge": "gitlab", "repository": "town/notes", "app_id": "x"}).backend()
    assert (signed["base_url"], signed["auth_type"]) == ("https://gitlab.com", "pkce")


TEXT, MAP = (
    "street_address: Carrer Major, 1",
    'street_address: {ca: "Carrer Major", es: "Calle Mayor"}',
)
OTHER = "---\ntitle: Una altra\nsummary: Un resum.\naddress:\n  {}\n  locality: Vila\n---\n"


@pytest.mark.parametrize(
    ("shapes", "widget"),
    [([TEXT, TEXT], "string"), ([MAP, MAP], "object"), ([TEXT, MAP], "hidden")],
)
def test_a_name_has_the_form_that_the_sites_notes_have(
    town: Project, shapes: list[str], widget: str
) -> None:
    """One text for all languages, or one in each: the form of one would empty the other."""
    town.change("contacts/obres.md", TEXT, shapes[0])
    town.write("contacts/altra.md", OTHER.format(shapes[1]))
    fields = every(fields_in(config_of(town.content), "contact"))
    assert next(one for one in fields if one["name"] == "street_address")["widget"] == widget


@pytest.mark.parametrize("app_id", ["", "an-application"])
@pytest.mark.parametrize("forge", SERVERS)
def test_the_program_takes_the_configuration(archive: Path, forge: str, app_id: str) -> None:
    with tarfile.open(archive) as tar:
        file = tar.extractfile("package/schema/sveltia-cms.json")
        assert file
        schema = json.load(file)
    site = read_site(REPOSITORY / "tests/town").site
    assert site
    given = {**FORGE, "forge": forge, "app_id": app_id}
    config = configuration(site, Forge.of(given), REPOSITORY / "tests/town", "ca", "https://x.org")
    faults = Draft7Validator(schema).iter_errors(config)
    assert [(list(one.path), one.message[:300]) for one in faults] == []
