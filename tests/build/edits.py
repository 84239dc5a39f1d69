"""Kinds of edit: each changes a town a little, as chance has it, and may leave it wrong.

``EDITS`` has them by name. Each field of a note is a kind by itself: ``VALUES`` has what it may say.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import partial
from typing import get_args

from saig.notes.norm_fields import RelationType
from saig.notes.sentences import digests
from town import DAYS, Town, any_of, parts, with_field

Edit = Callable[[Town, random.Random], None]

EDITS: dict[str, Edit] = {}


def edit(function: Edit) -> Edit:
    EDITS[function.__name__] = function
    return function


# -- fields --------------------------------------------------------------------------------------

HOURS = "{days: monday-friday, opens: 9:00, closes: 14:00}"
SAME = "{ca: Un <n>, es: Un <n>}"
BOIB = "https://www.caib.es/boib/eli/es-ib/l/2017/12/29/12"

VALUES: dict[str, list[str]] = {
    # Of every note, in every language.
    "*/title": ["Títol <n>", '"Decret llei <n>/2020, de 13 de maig"', "Àmbit"],
    "*/short_title": ["Breu <n>", "Obres"],
    "*/summary": ["Resum <n>.", "Segons el Decret llei 8/2020.", '""'],
    "*/slug": ["adreca-<n>", "obres"],
    "*/changes": [
        "[{date: <day>, text: Canvi <n>}]",
        "[{date: <day>, text: U}, {date: <day>, text: Dos}]",
    ],
    # Of every note; a translation may not have them.
    "/date": ["<day>"],
    "/modified": ["<day>"],
    "/status": ["draft", "hidden", "published"],
    "/old_addresses": ["[/vell-<n>/]", "[/es/viejo-<n>/, /vell.php]", "[/obertura/]"],
    "/topics": ["[<topic>]", "[llicencies, platja]", "[cap]", "[Platja, Licencias]"],
    "/search_words": ["{ca: [paraula <n>], es: [palabra <n>]}", "{es: casa}"],
    "/departments": ["[<contact>]", "[<contact>, ajuntament]", "[Àmbit, obras]", "[OTAE]"],
    "/services": ["[<service>]", "[Llicència d'obres, Àmbit]"],
    "/norms": ["[<norm>]", "[<norm>, llei-12-2017]", "[Llei 12/2017, LUIB]"],
    "/valid_from": ["<day>"],
    "/valid_until": ["<day>"],
    "/supersedes": ["[<same>]", "[Àmbit]", "[obres]"],
    "contacts/parent": ["<contact>", "Obras", "Àmbit"],
    "contacts/address": [
        f"{{street_address: Nou <n>, locality: Vila, extra: {SAME}}}",
        "[{street_address: Vell <n>, locality: Vila, valid_until: 2020-12-10},"
        f" {{street_address: Nou <n>, locality: Vila, extra: {SAME}, valid_from: <day>}}]",
        "{street_address: Nou <n>, locality: Vila, valid_from: <day>, valid_until: <day>}",
    ],
    "contacts/accessibility": [SAME],
    "contacts/telephones": [
        "[{number: +34 971 22 <n>}]",
        f"[{{number: '010', label: {SAME}}}, {{number: +34 971 22 <n>, extensions: [1]}}]",
    ],
    "contacts/emails": ["[b<n>@vila.test]"],
    "contacts/website": ["https://w<n>.vila.test/"],
    "contacts/opening_hours": [
        f"[{HOURS}]",
        "[{days: [tuesday], opens: 10:00, closes: 12:00, valid_from: <day>, channel: phone}]",
        "[{days: unknown, opens: 9:00, closes: 12:00, channel: in-person, appointment: none}]",
        f"[{HOURS}, {{days: [monday], opens: 9:00, closes: 11:00, valid_from: 2020-12-01,"
        " valid_until: 2020-12-12, overrides: true}]",
    ],
    "contacts/closures": [
        f"[{{from: <day>, label: {SAME}}}]",
        "[{from: 2020-12-09, until: 2020-12-12}]",
    ],
    "contacts/dir3": ["L0<n>"],
    "contacts/identifiers": ["[{scheme: NIPC, value: '<n>'}]", "[{scheme: DIR3, value: L0<n>}]"],
    "contacts/verified_on": ["<day>", "2019-01-01"],
    "services/departments": ["[<contact>]", "[<contact>, obres]"],
    "services/channels": [
        "[{channel: phone}]",
        "[{id: via-<n>, channel: phone}, {channel: phone, label: {ca: Dos}}]",
        f"[{{channel: in-person, appointment: optional, label: {SAME}, if_no_slot: {SAME},"
        f" opening_hours: [{HOURS}], valid_from: <day>}}]",
        "[{channel: online, url: https://seu.vila.test/<n>, valid_until: <day>}]",
        "[{channel: phone, contact: Ayuntamiento}]",
        f"[{{channel: in-person, contact: <contact>, appointment: none, opening_hours: [{HOURS}]}},"
        " {channel: phone, contact: <contact>}]",
    ],
    "services/no_channel": [SAME],
    "services/online_only_norm": ["<norm>", "Decreto-ley 8/2020"],
    "services/bring": [SAME],
    "services/audience": [SAME],
    "services/audience_codes": ["[citizens]", "[companies, professionals]"],
    "services/life_events": ["[moving]", "[building, business]"],
    "services/gives": [SAME],
    "services/processing_time": ["P<n>D", "P3M"],
    "services/cost": ["{ca: <n> euros, es: <n> euros}"],
    "services/deadline": [SAME],
    "services/procedure_code": ["Obres.<n>"],
    "norms/eli": [
        "https://www.boe.es/eli/es-ib/l/<day-path>/12",
        "https://www.boe.es/eli/es-ib/dl/2020/05/13/8",
    ],
    "norms/type": ["l", "d", "o"],
    "norms/number": ['"<n>"', '"8"'],
    "norms/jurisdiction": ["es-ib", "es"],
    "norms/date_document": ["<day>"],
    "norms/passed_by": [SAME],
    "contacts/aliases": ["[OTAE]", "[Obres <n>]"],
    "norms/aliases": ["[LUIB]", "[Llei <n>]", "[Llei d'urbanisme]"],
    "norms/published_in": [
        "[{gazette: BOE, number: <n>, date: <day>}, {gazette: BOIB}]",
        f"[{{gazette: BOIB, date: <day>, url: '{BOIB}'}}]",
    ],
    "norms/first_date_entry_in_force": ["<day>"],
    "norms/date_no_longer_in_force": ["<day>"],
    "norms/end_reason": ["expired", "not-validated"],
    "norms/relations": [
        "[{type: <relation>, norm: <norm>}]",
        "[{type: <relation>, norm: Decret llei 8/2020}, {type: <relation>, norm: LUIB}]",
        "[{type: <relation>, norm: <norm>, from: <day>}]",
        "[{type: <relation>, norm: <norm>, provisions: [article 3], until: <day>}]",
        "[{type: repeals, norm: <norm>}, {type: suspends, norm: <norm>, until: <day>}]",
        f"[{{type: <relation>, norm: '{BOIB}', from: unknown}}]",
        f"[{{type: develops, norm: 'https://www.boe.es/eli/es-ib/l/2017/12/29/12', text: {SAME}}}]",
    ],
    "norms/done_by_others": [
        f"[{{type: annuls, by: {SAME}, date: <day>, from: <day>, provisions: [article 3]}}]",
        f"[{{type: suspends, by: {SAME}, from: <day>, until: <day>}}]",
        f"[{{type: lifts, by: {SAME}, from: <day>, text: {SAME}}}]",
        f"[{{type: repeals, by: {SAME}, date: <day>, from: unknown}}]",
        f"[{{type: annuls, by: {SAME}, published_in: [{{gazette: BOE, date: <day>}}]}}]",
    ],
    "norms/checked": ["{on: <day>, source: el butlletí <n>, as_of: <day>}"],
    "norms/gazette_differs": ["[{about: state, reason: La llei <n> ho diu}]"],
    "notices/urgency": ["routine", "important", "urgent"],
}
"""A field of notes of any folder (``/``), also of translations (``*/``), or of one folder."""

RELATIONS = get_args(RelationType)


def filled(value: str, town: Town, path: str, chance: random.Random) -> str:
    """A value with something of the town in each of its gaps."""

    def gap(found: re.Match[str]) -> str:
        name = found[1]
        if name == "n":
            return str(chance.randrange(1000, 10_000))
        if name.startswith("day"):
            day = chance.choice(DAYS)
            return day.replace("-", "/") if name == "day-path" else day
        if name == "topic":
            return chance.choice(["llicencies", "platja"])
        if name == "relation":
            return chance.choice(RELATIONS)
        folder = path.split("/")[1] if name == "same" else f"{name}s"
        return chance.choice(town.ids(folder) or ["cap"])

    return re.sub("<([a-z-]+)>", gap, value)


def field(town: Town, chance: random.Random, *, where: str) -> None:
    """Another value, or none, in some note that may have the field."""
    folder, _, name = where.partition("/")
    everywhere = folder == "*"
    notes = town.notes("" if everywhere or not folder else f"{folder}/", translations=everywhere)
    for path in any_of(notes, chance):
        value = chance.choice([*VALUES[where], *VALUES[where], None])
        if value is not None:
            value = filled(value, town, path, chance)
        town.put(path, with_field(town.text(path), name, value))


for _where in VALUES:
    EDITS[f"field-{_where.replace('/', '-').strip('*-')}"] = partial(field, where=_where)


# -- texts ---------------------------------------------------------------------------------------


def relative(path: str, target: str) -> str:
    return "../" * (path.count("/") - 1) + target.removeprefix("content/")


def append(town: Town, path: str, text: str) -> None:
    town.put(path, f"{town.text(path).rstrip()}\n\n{text}\n")


@edit
def text(town: Town, chance: random.Random) -> None:
    for path in any_of(town.notes(), chance):
        head, body = parts(town.text(path))
        town.put(path, f"---\n{head}---\nParaules {chance.randrange(1000)}.\n\n{body}")


@edit
def link(town: Town, chance: random.Random) -> None:
    for path in any_of(town.notes(), chance):
        target = chance.choice(town.notes())
        where = chance.choice([relative(path, target), "{filename}" + target[len("content") :]])
        append(town, path, f"[Un altre]({where})")


@edit
def link_to_nowhere(town: Town, chance: random.Random) -> None:
    for path in any_of(town.notes(), chance):
        where = chance.choice(["no-hi-es.md", "#enlloc", "/avisos/enlloc/", "../files/cap.pdf"])
        append(town, path, f"[Enlloc]({where})")


@edit
def link_to_address(town: Town, chance: random.Random) -> None:
    for path in any_of(town.notes(), chance):
        where = chance.choice(["/avisos/", "/temes/platja/", "/es/normativa/", "/obertura/"])
        append(town, path, f"[Una adreça]({where})")


@edit
def link_to_heading(town: Town, chance: random.Random) -> None:
    for path in any_of(town.notes(), chance):
        target = chance.choice(town.notes("norms") + town.notes("notices") + [path])
        fragment = chance.choice(["que-deia", "article-3-principis", "com", "quan", "nou"])
        append(town, path, f"[Un títol]({relative(path, target)}#{fragment})")


@edit
def unlink(town: Town, chance: random.Random) -> None:
    notes = [path for path in town.notes() if "](" in town.text(path)]
    for path in any_of(notes, chance):
        town.sub(path, r"\[([^]]*)\]\([^)]*\)", r"\1", count=chance.choice([0, 1]))


@edit
def citation(town: Town, chance: random.Random) -> None:
    words = [
        "Segons el Decret llei 8/2020.",
        "L'article 3 de la Llei 12/2017, i el 4.",
        "La LUIB.",
        "El Decreto-ley 14/2020, de 9 de diciembre.",
        "La Llei 99/2019 i l'Ordenança d'obres.",
    ]
    for path in any_of(town.notes(), chance):
        append(town, path, chance.choice(words))


@edit
def heading(town: Town, chance: random.Random) -> None:
    for path in any_of(town.notes(), chance):
        append(town, path, f"## {chance.choice(['Nou', 'Com', 'Què deia'])}\n\nText.")


@edit
def rename_heading(town: Town, chance: random.Random) -> None:
    notes = [path for path in town.notes() if "\n## " in town.text(path)]
    for path in any_of(notes, chance):
        town.sub(path, "^## .*", f"## {chance.choice(['Nou', 'Com', 'Quan', 'Què deia'])}")


@edit
def remove_heading(town: Town, chance: random.Random) -> None:
    notes = [path for path in town.notes() if "\n## " in town.text(path)]
    for path in any_of(notes, chance):
        town.sub(path, "^## (.*)", r"\1")


# -- notes ---------------------------------------------------------------------------------------

NEW = {
    "contacts": "parent: <contact>\n",
    "services": "departments: [<contact>]\nno_channel: {ca: No, es: No}\n",
    "norms": "date: <day>\neli: https://www.boe.es/eli/es-ib/dl/2020/11/30/<n>\n"
    "first_date_entry_in_force: <day>\nrelations: [{type: <relation>, norm: <norm>}]\n",
    "notices": "date: <day>\nurgency: urgent\nvalid_until: <day>\ndepartments: [<contact>]\n",
    "pages": "topics: [<topic>]\n",
}


@edit
def add(town: Town, chance: random.Random) -> None:
    folder = chance.choice(list(NEW))
    path = f"content/{folder}/nou-{chance.randrange(1000)}.md"
    head = filled(f"title: Nou <n>\nsummary: S.\n{NEW[folder]}", town, path, chance)
    town.put(path, f"---\n{head}---\nEl Decret llei 8/2020 i [Obres](../contacts/obres.md).\n")


@edit
def many_notices(town: Town, chance: random.Random) -> None:
    """As many of one year, department and topic as a page of a list has, or a few more or less; in
    place of those that there were."""
    for path in town.below("content/notices/molts-"):
        del town.files[path]
    year, most = chance.choice(["2019", "2020"]), chance.choice([0, 9, 11, 49, 51, 52])
    for n in range(most):
        day = f"{year}-{1 + n % 12:02}-{1 + n % 28:02}"
        head = f"title: Un de molts {n}\nsummary: S.\ndate: {day}\ndepartments: [obres]\n"
        town.put(f"content/notices/molts-{n}.md", f"---\n{head}topics: [platja]\n---\nLa LUIB.\n")


@edit
def another_year(town: Town, chance: random.Random) -> None:
    """Of some of these."""
    for path in any_of(town.below("content/notices/molts-"), chance):
        town.sub(path, r"^date: \d+", f"date: {chance.choice([2018, 2019, 2020])}")


@edit
def ledger_of_lists(town: Town, chance: random.Random) -> None:
    """Pages of lists were published that may be there or not."""
    known = ["/avisos/2019/", "/avisos/2019/2/", "/avisos/1999/", "/contactes/obres/2/"]
    said = "{title: T, kind: section, id: notices, lang: ca}"
    lines = (f"{address}: {said}\n" for address in chance.sample(known, 2))
    path = "content/addresses.yaml"
    town.files[path] = town.files.get(path, b"") + "".join(lines).encode()


@edit
def successor(town: Town, chance: random.Random) -> None:
    """Whose place another takes, on some day or at once."""
    folder = chance.choice(["contacts", "services", "notices"])
    path = f"content/{folder}/pren-el-lloc-{chance.randrange(1000)}.md"
    starts = chance.choice(["valid_from: <day>\n", ""])
    head = f"title: Pren el lloc\nsummary: S.\n{NEW[folder]}{starts}supersedes: [<same>]\n"
    town.put(path, f"---\n{filled(head, town, path, chance)}---\nText.\n")


@edit
def remove(town: Town, chance: random.Random) -> None:
    for path in any_of(town.notes(), chance):
        del town.files[path]


@edit
def rename(town: Town, chance: random.Random) -> None:
    """One with its translations."""
    for path in any_of(town.notes(translations=False), chance):
        new = f"altre-{chance.randrange(1000)}"
        start = path.removesuffix(".md")
        for each in [p for p in town.notes() if p.startswith(f"{start}.")]:
            town.files[f"{start.rpartition('/')[0]}/{new}{each[len(start) :]}"] = town.files.pop(
                each
            )


@edit
def move_to_another_kind(town: Town, chance: random.Random) -> None:
    for path in any_of(town.notes("notices") + town.notes("pages"), chance):
        folder = chance.choice(["contacts", "services", "norms", "notices", "pages"])
        town.files[f"content/{folder}/{path.rpartition('/')[2]}"] = town.files.pop(path)


@edit
def swap(town: Town, chance: random.Random) -> None:
    """Two notes of a kind, each with the other's name."""
    notes = town.notes("notices", translations=False)
    if len(notes) > 1:
        one, other = chance.sample(notes, 2)
        town.files[one], town.files[other] = town.files[other], town.files[one]


@edit
def translate(town: Town, chance: random.Random) -> None:
    notes = [p for p in town.notes(translations=False) if f"{p[:-3]}.es.md" not in town.files]
    for path in any_of(notes, chance):
        words = (
            f"---\ntitle: En español {chance.randrange(99)}\nsummary: S.\n---\n## Nuevo\n\nTexto.\n"
        )
        town.put(f"{path[:-3]}.es.md", words)


@edit
def say_translated(town: Town, chance: random.Random) -> None:
    """A translation is of its original as that is now; later edits of that make it older."""
    for path in any_of([p for p in town.notes() if p.endswith(".es.md")], chance):
        original = path.replace(".es.md", ".md")
        if original in town.files:
            head, body = parts(town.text(original))
            title, summary = (
                re.search(rf"^{name}: (.*)$", head, re.M) for name in ("title", "summary")
            )
            said = digests(title[1] if title else "", summary[1] if summary else "", body)
            town.put(path, with_field(town.text(path), "translated", said))


@edit
def untranslate(town: Town, chance: random.Random) -> None:
    for path in any_of([p for p in town.notes() if p.endswith(".es.md")], chance):
        del town.files[path]


# -- files ---------------------------------------------------------------------------------------


@edit
def add_file(town: Town, chance: random.Random) -> None:
    name = f"nou-{chance.randrange(100)}.txt"
    town.put(f"content/files/{name}", "Nou")
    for path in any_of(town.notes(), chance):
        append(town, path, f"[Un fitxer]({relative(path, f'files/{name}')})")


@edit
def change_file(town: Town, chance: random.Random) -> None:
    for path in any_of(town.below("content/files/"), chance):
        town.files[path] += b"%d" % chance.randrange(1000)


@edit
def remove_file(town: Town, chance: random.Random) -> None:
    for path in any_of(town.below("content/files/"), chance):
        del town.files[path]


@edit
def page_in_place_of_file(town: Town, chance: random.Random) -> None:
    """A file is no more, and a page at its address leads to a note; or it is there again."""
    path = "content/files/planol.png"
    for note in any_of(town.notes(translations=False), chance):
        if path in town.files:
            del town.files[path]
            town.put(note, with_field(town.text(note), "old_addresses", "[/files/planol.png]"))
        else:
            town.put(path, "Un altre")


# -- names ---------------------------------------------------------------------------------------

NAMES = ["Àmbit", "Nom de tots", "Arxiu", "Obras", "LUIB"]


@edit
def name_instead_of_id(town: Town, chance: random.Random) -> None:
    """In some note one that several may have, none, or one alone."""
    for path in any_of(town.notes("notices", translations=False), chance):
        field = chance.choice(["departments", "norms", "services", "supersedes"])
        said = f"['{chance.choice(NAMES)}']"
        town.put(path, with_field(town.text(path), field, said))


@edit
def take_a_name(town: Town, chance: random.Random) -> None:
    """A note is called as another is named somewhere."""
    for path in any_of(town.notes(), chance):
        name = chance.choice(["title", "short_title"])
        town.put(path, with_field(town.text(path), name, chance.choice(NAMES)))


# -- errors --------------------------------------------------------------------------------------


@edit
def error(town: Town, chance: random.Random) -> None:
    """In the front matter of one note."""
    wrong = ["colour: red\n", "topics: [cap]\n", "title: [\n", "date: 2020-02-30\n", "title: Dos\n"]
    for path in any_of(town.notes(), chance):
        town.sub(path, r"\A---\n", f"---\n{chance.choice(wrong)}")


@edit
def mend(town: Town, chance: random.Random) -> None:
    """Errors that ``error`` made, all of them."""
    wrong = r"^(colour: red|topics: \[cap\]|title: \[|date: 2020-02-30|title: Dos)\n"
    for path in town.notes():
        town.sub(path, wrong, "", count=0)


@edit
def not_a_note(town: Town, chance: random.Random) -> None:
    path = chance.choice(["notices/2020/buit.md", "altres/nota.md", "notices/nota.fr.md"])
    town.put(f"content/{path}", chance.choice(["", "---\n---\n", "Sense res.\n"]))
