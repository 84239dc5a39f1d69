"""A town of any size, the same for the same seed: notes of all kinds in two languages that refer to
each other as real ones do.

Half of the notes are originals, half their translations. Of a hundred originals one is a
department, four are services, five norms, and the rest notices.
"""

from __future__ import annotations

import random
from pathlib import Path

SITE = """name: {ca: "La Vila", es: "La Villa"}
organisation: ajuntament
languages: [ca, es]
time_zone: Europe/Madrid
sections:
  contacts: {name: {ca: "Contactes", es: "Contactos"}, slug: {ca: contactes, es: contactos}}
  services: {name: {ca: "Serveis", es: "Servicios"}, slug: {ca: serveis, es: servicios}}
  norms: {name: {ca: "Normativa", es: "Normativa"}, slug: {ca: normativa, es: normativa}}
  notices: {name: {ca: "Avisos", es: "Avisos"}, slug: {ca: avisos, es: avisos}}
  topics: {name: {ca: "Temes", es: "Temas"}, slug: {ca: temes, es: temas}}
  booking: {name: {ca: "Cita", es: "Cita"}, slug: {ca: cita, es: cita}}
  search: {name: {ca: "Cerca", es: "Buscar"}, slug: {ca: cerca, es: buscar}}
topics: {TOPICS}
booking: {ca: "https://cita.vila.test/", es: "https://cita.vila.test/?lang=es"}
register: {ca: "https://seu.vila.test/ca/", es: "https://seu.vila.test/es/"}
default_jurisdictions: {l: es-ib, dl: es-ib}
"""

TOPICS = [f"tema-{number}" for number in range(20)]
WORDS = [
    "obra",
    "llicència",
    "termini",
    "façana",
    "edifici",
    "sol·licitud",
    "taxa",
    "registre",
    "document",
    "plànol",
    "carrer",
    "plaça",
    "termini",
    "vial",
    "ordenança",
    "inspecció",
    "informe",
    "projecte",
    "tècnic",
    "veïnat",
    "barri",
    "local",
    "activitat",
    "canvi",
    "ús",
    "habitatge",
    "rehabilitació",
    "subvenció",
    "ajuda",
    "convocatòria",
    "requisit",
    "justificant",
    "signatura",
    "notificació",
]


def write(root: Path, notes: int, seed: int = 1) -> None:
    """``root/content`` with about so many notes (files), half of them translations."""
    chance = random.Random(seed)
    content = root / "content"
    originals = notes // 2
    contacts = max(2, originals // 100)
    services, norms = originals * 4 // 100, originals * 5 // 100
    names = {
        "contacts": ["ajuntament", *(f"dept-{n}" for n in range(contacts - 1))],
        "services": [f"servei-{n}" for n in range(services)],
        "norms": [f"llei-{n}" for n in range(norms)],
        "notices": [f"avis-{n}" for n in range(originals - contacts - services - norms)],
    }
    for folder in names:
        (content / folder).mkdir(parents=True, exist_ok=True)
    topics = ", ".join(f'{name}: {{ca: "{name}", es: "{name}"}}' for name in TOPICS)
    (content / "site.yaml").write_text(SITE.replace("TOPICS", topics), "utf-8")
    for folder, identifiers in names.items():
        for number, name in enumerate(identifiers):
            facts = FACTS[folder](number, names, chance)
            body = _body(names, chance)
            _note(content / folder / f"{name}.md", f"{name} en català", facts, body)
            _note(content / folder / f"{name}.es.md", f"{name} en español", "", body)


def change(root: Path) -> None:
    """One sentence more at the end of one notice."""
    path = root / "content" / "notices" / "avis-7.md"
    path.write_text(path.read_text("utf-8") + "\nUna frase més.\n", "utf-8")


def _note(path: Path, title: str, facts: str, body: str) -> None:
    head = f'---\ntitle: "{title}"\nsummary: "Resum de {title}."\n{facts}---\n'
    path.write_text(f"{head}\n{body}", "utf-8")


def _body(names: dict[str, list[str]], chance: random.Random) -> str:
    """About 300 words under two headings, a list, now and then a table; a link and a citation."""
    parts = []
    for heading in ("Què canvia", "Què heu de fer"):
        parts += [f"## {heading}", _prose(chance), _prose(chance)]
    parts.append("\n".join(f"- {_prose(chance, 8)}" for _ in range(4)))
    if chance.random() < 0.2:
        parts.append("| Tràmit | Termini |\n| --- | --- |\n| Obra | 3 mesos |\n| Canvi | 1 mes |")
    if names["norms"]:
        number = chance.randrange(len(names["norms"]))
        parts.append(f"Vegeu [la llei](../norms/llei-{number}.md) i la Llei {number + 1}/2019.")
    return "\n\n".join(parts) + "\n"


def _prose(chance: random.Random, words: int = 60) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."


def _date(chance: random.Random, first: int = 2019, last: int = 2026) -> str:
    return f"{chance.randint(first, last)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _contact(number: int, names: dict[str, list[str]], chance: random.Random) -> str:
    parent = "" if number == 0 else "parent: ajuntament\n"
    return (
        f"{parent}emails: [dept{number}@vila.test]\n"
        f'telephones: [{{number: "+34971000{number % 1000:03}"}}]\n'
        "opening_hours:\n"
        '  - {days: [Monday, Friday], opens: "09:00", closes: "14:00", channel: in-person}\n'
    )


def _service(number: int, names: dict[str, list[str]], chance: random.Random) -> str:
    return (
        f"departments: [{chance.choice(names['contacts'])}]\n"
        f"topics: [{chance.choice(TOPICS)}]\n"
        "channels:\n"
        "  - {channel: in-person, appointment: required, "
        f'url: "https://cita.vila.test/{number}"}}\n'
        "  - {channel: online, appointment: none, "
        f'url: "https://seu.vila.test/{number}"}}\n'
    )


def _norm(number: int, names: dict[str, list[str]], chance: random.Random) -> str:
    """The laws of one year, each repealing now and then one that came before."""
    day = f"2019-{1 + number % 12:02}-{1 + number % 28:02}"
    facts = (
        f"date: {day}\njurisdiction: es-ib\ntype: l\nnumber: {number + 1}\n"
        f"date_document: 2019-01-01\nfirst_date_entry_in_force: {day}\n"
        f"topics: [{chance.choice(TOPICS)}]\n"
    )
    if number % 10 == 9:
        facts += f"relations: [{{type: repeals, norm: llei-{number - 5}, from: 2021-01-01}}]\n"
    return facts


def _notice(number: int, names: dict[str, list[str]], chance: random.Random) -> str:
    facts = f"date: {_date(chance)}\ndepartments: [{chance.choice(names['contacts'])}]\n"
    facts += f"topics: [{chance.choice(TOPICS)}]\n"
    if names["services"] and chance.random() < 0.3:
        facts += f"services: [{chance.choice(names['services'])}]\n"
    if chance.random() < 0.1:
        facts += "valid_until: 2026-12-31\n"
    return facts


FACTS = {"contacts": _contact, "services": _service, "norms": _norm, "notices": _notice}
