"""Kinds of edit of what is not a note: the site, its theme, its settings, the day, and what lies in
the output folder. They are added to ``edits.EDITS``."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from edits import edit
from project import SVELTIA
from saig.cms.package import FOLDER, unpacked
from town import DAYS, Town, any_of

SITE = "content/site.yaml"
SETTINGS = "pelicanconf.py"


# -- site.yaml and the lists of addresses --------------------------------------------------------


def say(town: Town, name: str, value: str | None) -> None:
    """A field of ``site.yaml``, anew or not at all."""
    if SITE in town.files:
        kept = re.sub(rf"^{name}:.*\n(  .*\n)*", "", town.text(SITE), flags=re.M)
        town.put(SITE, kept if value is None else f"{kept}{name}: {value}\n")


@edit
def site_name(town: Town, chance: random.Random) -> None:
    say(town, "name", f"{{ca: Vila {chance.randrange(99)}, es: Villa}}")


@edit
def organisation(town: Town, chance: random.Random) -> None:
    ids = [*town.ids("contacts"), "ningu"]
    say(town, "organisation", chance.choice([*ids, "Ayuntamiento", "Obras", "Àmbit"]))


@edit
def responsible(town: Town, chance: random.Random) -> None:
    who = f"{{name: {{ca: Qui {chance.randrange(99)}}}, email: qui@vila.test}}"
    say(town, "responsible", chance.choice([who, None]))


@edit
def brand(town: Town, chance: random.Random) -> None:
    looks = [
        f'{{light: {{band: "#{chance.randrange(16**6):06x}"}}}}',
        '{dark: {link: "#8ed2e4"}, footer: {ca: "Peu", es: "Pie"}}',
        "{logo: files/cap.svg}",
        '{light: {link: "#eeeeee"}}',
        None,
    ]
    say(town, "brand", chance.choice(looks))


@edit
def address_words(town: Town, chance: random.Random) -> None:
    words = [f"{{calendar: agenda-{chance.randrange(3)}}}", "{by_year: {es: anos}}", None]
    say(town, "address_words", chance.choice(words))


@edit
def tasks(town: Town, chance: random.Random) -> None:
    notes = [
        f"{{{kind}: {one}}}"
        for folder, kind in (
            ("contacts", "contact"),
            ("services", "service"),
            ("notices", "notice"),
        )
        for one in town.ids(folder)
    ]
    others = [
        "{section: topics}",
        "{contact: Àmbit}",
        "{notice: Obras}",
        "{address: {ca: /avisos/}, text: {ca: Avisos, es: Avisos}}",
    ]
    say(town, "tasks", chance.choice([None, f"[{', '.join(chance.sample([*notes, *others], 3))}]"]))
    say(town, "feedback", chance.choice([None, "clar@vila.test"]))


@edit
def holidays(town: Town, chance: random.Random) -> None:
    one = "{date: 2020-12-25, label: {ca: Nadal, es: Navidad}}"
    more = f"{{date: {chance.choice(DAYS)}, label: {{ca: Festa, es: Fiesta}}}}"
    yearly = "{easter: 1, label: {ca: Dilluns de Pasqua, es: Lunes de Pascua}}"
    say(town, "holidays", f"[{', '.join(chance.sample([one, more, yearly], 2))}]")
    say(town, "holidays_known", chance.choice([None, "[2020]", "[2020, 2021]"]))


@edit
def topics(town: Town, chance: random.Random) -> None:
    known = [
        f"llicencies: {{ca: Llicències {chance.randrange(9)}, es: Licencias}}",
        "platja: {ca: Platja, es: Playa}",
        "aigua: {ca: Aigua, es: Agua}",
    ]
    say(town, "topics", f"{{{', '.join(chance.sample(known, 2))}}}")


@edit
def section(town: Town, chance: random.Random) -> None:
    """The name or the address of one."""
    new = f"nou{chance.randrange(99)}"
    pattern = chance.choice([r"(slug: \{ca: )[\w-]+", r'(name: \{ca: )"[^"]*"'])
    found = chance.choice(["contacts", "services", "norms", "notices", "topics", "booking"])
    town.sub(SITE, rf"(^  {found}: .*?){pattern}", rf"\g<1>\g<2>{new}")


@edit
def booking(town: Town, chance: random.Random) -> None:
    name = chance.choice(["booking", "register"])
    say(town, name, f'{{ca: "https://c{chance.randrange(99)}.vila.test/"}}')


@edit
def jurisdictions(town: Town, chance: random.Random) -> None:
    say(town, "default_jurisdictions", chance.choice(["{l: es, dl: es-ib}", "{}", "{dl: es}"]))


@edit
def law(town: Town, chance: random.Random) -> None:
    """Other packs, and one of the town's own."""
    say(town, "law", chance.choice([None, "[]", "[es-ib]", "[eu]", "[xk]", "[cap]"]))
    path = f"packs/{chance.choice(['xk', 'es-ib'])}.yaml"
    if town.files.pop(path, None) is None:
        kind = f"{{name: {{ca: Llei {chance.randrange(99)}}}, gender: {{ca: m}}}}"
        town.put(path, f"name: {{ca: Nosaltres}}\nincludes: [es]\ntypes: {{l: {kind}}}\n")


@edit
def stale_after(town: Town, chance: random.Random) -> None:
    say(town, "stale_after_months", chance.choice(["1", "6", "12", "0"]))


@edit
def identifiers(town: Town, chance: random.Random) -> None:
    name = chance.choice(["country", "territory", "licence"])
    say(town, name, chance.choice(["ES", "PT", f"http://tot.test/id/{chance.randrange(9)}"]))


@edit
def time_zone(town: Town, chance: random.Random) -> None:
    say(town, "time_zone", chance.choice(["Europe/Madrid", "Atlantic/Canary", "Mart"]))


@edit
def languages(town: Town, chance: random.Random) -> None:
    """One more, one less, or another order."""
    wanted = chance.choice(["[ca, es, en]", "[ca]", "[ca, es]", "[es, ca]"])
    if wanted == "[ca]" or b"es: contactos" not in town.files.get(SITE, b""):
        only_catalan(town)
        return
    say(town, "languages", wanted)
    town.sub(SITE, r", en: [\w-]+\}\}$", "}}", count=0)
    if "en" in wanted:
        town.sub(SITE, r"^  (\w+): (.*slug: .*)\}\}$", r"  \1: \2, en: en-\1}}", count=0)


def only_catalan(town: Town) -> None:
    """Without the texts in other languages, which a site of one may not have."""
    for path in town.below("content/"):
        if path.endswith((".yaml", ".md")):
            town.sub(path, r', (es|en): ("[^"]*"|[^,}\]]*)', "", count=0)
            town.sub(path, r", /es/[\w-]+/", "", count=0)
    for path in [path for path in town.notes() if path.endswith(".es.md")]:
        del town.files[path]
    say(town, "languages", "[ca]")


@edit
def no_site(town: Town, chance: random.Random) -> None:
    """Without it, or with one that cannot be read."""
    if chance.random() < 0.5:
        town.files.pop(SITE, None)
    else:
        town.put(SITE, "name: [\n")


@edit
def gone(town: Town, chance: random.Random) -> None:
    path = "content/gone.yaml"
    if chance.random() < 0.3:
        town.files.pop(path, None)
        return
    vell = chance.randrange(99)
    address = chance.choice(
        [f"/avisos/vell-{vell}/", f"/vell.asp?id={vell}", "/es/aviso/", "/avisos/"]
    )
    see = chance.choice(["", ", see: /contactes/", ", see: /enlloc/"])
    entry = f"- {{address: {address}, title: {{ca: V, es: V{vell}}}, date: {chance.choice(DAYS)}, "
    there = town.files.get(path, b"").splitlines(keepends=True)
    if there and chance.random() < 0.3:
        chance.shuffle(there)
        there.pop()
    there.insert(chance.randint(0, len(there)), f"{entry}reason: {{ca: R}}{see}}}\n".encode())
    town.files[path] = b"".join(there)


@edit
def addresses(town: Town, chance: random.Random) -> None:
    """The ledger of all addresses that there ever were: an entry, or none at all."""
    path = "content/addresses.yaml"
    if chance.random() < 0.3:
        town.files.pop(path, None)
        return
    address = chance.choice(
        ["/avisos/", "/contactes/obres/", f"/avisos/vell-{chance.randrange(99)}/"]
    )
    said = chance.choice(["Un títol", "{title: T, kind: notice, id: aigua, lang: ca}"])
    town.files[path] = town.files.get(path, b"") + f"{address}: {said}\n".encode()


# -- theme ---------------------------------------------------------------------------------------


@edit
def template(town: Town, chance: random.Random) -> None:
    for path in any_of(town.below("theme/templates/", ".html"), chance):
        n = chance.randrange(1000)
        town.put(path, town.text(path) + chance.choice([f"{{# {n} #}}\n", f"<!-- {n} -->\n"]))


@edit
def frame(town: Town, chance: random.Random) -> None:
    """What is around every page."""
    town.sub("theme/templates/base.html", "</body>", f"<!-- {chance.randrange(1000)} --></body>")


@edit
def style(town: Town, chance: random.Random) -> None:
    for path in any_of(town.below("theme/styles/", ".css"), chance):
        town.put(path, f"{town.text(path)}\nb{{margin:{chance.randrange(1000)}px}}\n")


@edit
def static_file(town: Town, chance: random.Random) -> None:
    name = f"theme/static/nou-{chance.randrange(3)}.txt"
    if town.files.pop(name, None) is None:
        town.put(name, str(chance.randrange(1000)))


@edit
def words(town: Town, chance: random.Random) -> None:
    """A text of the interface: another, or none."""
    lang = chance.choice(["ca", "es"])
    path = f"theme/translations/{lang}/LC_MESSAGES/messages.po"
    if path in town.files:
        lines = town.text(path).splitlines()
        texts = [n for n, line in enumerate(lines) if re.match(r'msgstr "[^"\\%{]+"$', line)]
        for _ in range(chance.choice([1, 20])):
            lines[chance.choice(texts)] = chance.choice(
                [f'msgstr "{chance.random()}"', 'msgstr ""']
            )
        town.put(path, "\n".join(lines) + "\n")


@edit
def no_words(town: Town, chance: random.Random) -> None:
    town.files.pop("theme/translations/es/LC_MESSAGES/messages.po", None)


# -- settings and the day ------------------------------------------------------------------------


def set_to(town: Town, name: str, value: object) -> None:
    for file in (SETTINGS, "publishconf.py"):
        kept = re.sub(rf"^{name} = .*\n", "", town.text(file), flags=re.M)
        town.put(file, f"{kept}{name} = {value!r}\n")


@edit
def site_address(town: Town, chance: random.Random) -> None:
    places = ["https://vila.test", "https://vila.test/avisos", "https://altra.test:8443"]
    set_to(town, "SITEURL", chance.choice(places))


@edit
def relative_urls(town: Town, chance: random.Random) -> None:
    set_to(town, "RELATIVE_URLS", chance.choice([True, False]))


@edit
def setting(town: Town, chance: random.Random) -> None:
    name, value = chance.choice(
        [
            ("DRAFTS", True),
            ("DRAFTS", False),
            ("PREVIEW", "Una prova"),
            ("PREVIEW", None),
            ("ALLOW_PLACEHOLDERS", True),
            ("SITENAME", "Un altre"),
        ]
    )
    set_to(town, name, value)


OWN_CODE = """
import os, sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import own.filters

JINJA_FILTERS = {"own": own.filters.own}
"""


@edit
def own_function(town: Town, chance: random.Random) -> None:
    """A filter in a folder of the town's, and what it calls in another file there."""
    if not town.below("own/"):
        town.put(SETTINGS, town.text(SETTINGS) + OWN_CODE)
        town.sub("theme/templates/base.html", "</body>", "{{ document.lang | own }}</body>")
    town.put(
        "own/filters.py", "from own.helper import said\n\ndef own(text):\n    return said(text)\n"
    )
    town.put("own/helper.py", f"def said(text):\n    return text * {chance.randrange(1, 1000)}\n")


@edit
def editor_in_browser(town: Town, chance: random.Random) -> None:
    """Its setting, and its program, which not every computer has: without it a build is refused."""
    forge = {"forge": "gitea", "repository": "town/notes", "server": "https://git.vila.test"}
    settings = [forge, {**forge, "branch": "main"}, {"forge": "github", "repository": "a/b"}]
    program = _program() if chance.random() < 0.9 else {}
    for path in town.below(f"{FOLDER}/"):
        del town.files[path]
    town.files |= {f"{FOLDER}/{path}": held for path, held in program.items()}
    if program and chance.random() < 0.1:
        town.files[f"{FOLDER}/{chance.choice([*program])}"] += b"?"
    is_wanted = chance.random() < (0.8 if program else 0.2)
    set_to(town, "CMS", chance.choice([*settings, {"forge": "cap"}]) if is_wanted else None)


@cache
def _program() -> dict[str, bytes]:
    return unpacked(SVELTIA.read_bytes()) if SVELTIA.is_file() else {}


@edit
def environment(town: Town, chance: random.Random) -> None:
    """How templates are read."""
    new = chance.choice(['"trim_blocks": False', '"trim_blocks": True'])
    town.sub(SETTINGS, r'"trim_blocks": \w+', new)


@edit
def day(town: Town, chance: random.Random) -> None:
    """Forward or back."""
    town.day = chance.choice(DAYS)


@edit
def next_day(town: Town, chance: random.Random) -> None:
    town.day = DAYS[(DAYS.index(town.day) + 1) % len(DAYS)]


@edit
def public(town: Town, chance: random.Random) -> None:
    """As a publication builds it, into the same folder; or on a laptop again."""
    town.production = not town.production


# -- the output folder ---------------------------------------------------------------------------

Spoil = Callable[[Path, random.Random], None]

SPOILS: dict[str, Spoil] = {}
"""What may happen to the output folder between two builds."""


def spoil(function: Spoil) -> Spoil:
    SPOILS[function.__name__] = function
    return function


def _files(output: Path) -> list[Path]:
    return sorted(path for path in output.rglob("*") if path.is_file() and path.name != ".saig")


def _any_folder(output: Path, chance: random.Random) -> Path:
    return chance.choice(sorted({path.parent for path in _files(output)} - {output}))


@spoil
def alter_output(output: Path, chance: random.Random) -> None:
    for path in chance.sample(_files(output), 3):
        path.write_bytes(path.read_bytes()[:-1] + b"?")


@spoil
def delete_output(output: Path, chance: random.Random) -> None:
    for path in chance.sample(_files(output), 3):
        path.unlink()


@spoil
def delete_folder_of_output(output: Path, chance: random.Random) -> None:
    shutil.rmtree(_any_folder(output, chance))


@spoil
def add_to_output(output: Path, chance: random.Random) -> None:
    (_any_folder(output, chance) / f"sobra-{chance.randrange(9)}.html").write_text("sobra")
    (output / "buida" / "dins").mkdir(parents=True, exist_ok=True)


@spoil
def swap_in_output(output: Path, chance: random.Random) -> None:
    """Two files, each with the other's name, size and times kept."""
    one, other = chance.sample(_files(output), 2)
    one.rename(output / "swap")
    other.rename(one)
    (output / "swap").rename(other)


@spoil
def file_and_folder_in_output(output: Path, chance: random.Random) -> None:
    """A folder in the place of a file, and a file in that of a folder."""
    folder = _any_folder(output, chance)
    shutil.rmtree(folder)
    folder.write_text("a file")
    file = chance.choice(_files(output))
    file.unlink()
    file.mkdir()
    (file / "inside.html").write_text("inside")


@spoil
def link_in_output(output: Path, chance: random.Random) -> None:
    """A link in the place of a file, to the same; and where there were such already, to something else."""
    linked = output.with_name("linked")
    linked.mkdir(exist_ok=True)
    for there in linked.iterdir():
        there.write_text("something else")
    path = chance.choice(_files(output))
    there = path.replace(linked / f"{len(list(linked.iterdir()))}{path.suffix}")
    path.symlink_to(there)
