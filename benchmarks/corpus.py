"""A town of any size, the same for the same seed: notes of all kinds in two languages that refer to
each other as real ones do.

Half of the notes are translations. Of a hundred originals one is a contact, four are services, five
norms, the rest notices, but for a few pages. ``town`` gives them as data, from which ``peers.py``
makes the same town for other programs; ``write`` makes Saig's.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from prose import LANGUAGES, PLACES, SUBJECTS, Pair, body, pick, sentence

DAY = datetime.date(2026, 6, 15)
"""The day on which the town is built: some notices hold, some are over, some are to come."""

TOPICS: dict[str, Pair] = {
    "obres": ("Obres", "Obras"),
    "llicencies": ("Llicències", "Licencias"),
    "activitats": ("Activitats", "Actividades"),
    "habitatge": ("Habitatge", "Vivienda"),
    "planejament": ("Planejament", "Planeamiento"),
    "patrimoni": ("Patrimoni", "Patrimonio"),
    "transit": ("Trànsit", "Tráfico"),
    "platges": ("Platges", "Playas"),
    "residus": ("Residus", "Residuos"),
    "aigua": ("Aigua", "Agua"),
    "energia": ("Energia", "Energía"),
    "ajudes": ("Ajudes", "Ayudas"),
    "taxes": ("Taxes", "Tasas"),
    "mercats": ("Mercats", "Mercados"),
    "parcs": ("Parcs", "Parques"),
    "renou": ("Renou", "Ruido"),
    "accessibilitat": ("Accessibilitat", "Accesibilidad"),
    "inspeccio": ("Inspecció", "Inspección"),
    "arxiu": ("Arxiu", "Archivo"),
    "atencio": ("Atenció ciutadana", "Atención ciudadana"),
}
SITE = """name: {{ca: "La Vila", es: "La Villa"}}
organisation: ajuntament
languages: [ca, es]
time_zone: Europe/Madrid
sections:
  contacts: {{name: {{ca: "Contactes", es: "Contactos"}}, slug: {{ca: contactes, es: contactos}}}}
  services: {{name: {{ca: "Serveis", es: "Servicios"}}, slug: {{ca: serveis, es: servicios}}}}
  norms: {{name: {{ca: "Normativa", es: "Normativa"}}, slug: {{ca: normativa, es: normativa}}}}
  notices: {{name: {{ca: "Avisos", es: "Avisos"}}, slug: {{ca: avisos, es: avisos}}}}
  topics: {{name: {{ca: "Temes", es: "Temas"}}, slug: {{ca: temes, es: temas}}}}
  booking: {{name: {{ca: "Cita", es: "Cita"}}, slug: {{ca: cita, es: cita}}}}
  search: {{name: {{ca: "Cerca", es: "Buscar"}}, slug: {{ca: cerca, es: buscar}}}}
topics:
{topics}
booking: {{ca: "https://cita.vila.test/", es: "https://cita.vila.test/?lang=es"}}
register: {{ca: "https://seu.vila.test/ca/", es: "https://seu.vila.test/es/"}}
default_jurisdictions: {{l: es-ib, dl: es-ib, d: es-ib}}
holidays:
  - {{day: 12-25, label: {{ca: "Nadal", es: "Navidad"}}}}
  - {{easter: -2, label: {{ca: "Divendres Sant", es: "Viernes Santo"}}}}
"""


@dataclass(frozen=True, slots=True)
class Note:
    """A note in one language. ``facts``: its other fields, as lines of YAML."""

    folder: str
    id: str
    lang: str
    title: str
    summary: str
    date: str
    topics: tuple[str, ...]
    department: str
    facts: str
    body: str
    below: str = ""
    """Folders between the kind's and the file: ``2020/``."""

    @property
    def path(self) -> str:
        """Where its file stands in ``content/``."""
        end = ".md" if self.lang == LANGUAGES[0] else f".{self.lang}.md"
        return f"{self.folder}/{self.below}{self.id}{end}"


@dataclass(frozen=True, slots=True)
class Norm:
    type: str
    number: int
    day: datetime.date
    """Of the act."""

    @property
    def id(self) -> str:
        return f"{NORM_TYPES[self.type][0].lower().replace(' ', '-')}-{self.number}-{self.day.year}"

    @property
    def name(self) -> Pair:
        ca, es = (f"{word} {self.number}/{self.day.year}" for word in NORM_TYPES[self.type])
        return ca, es

    @property
    def of(self) -> str:
        """What stands before its name in both languages: article 3 *de la* Llei."""
        return "de la" if self.type == "l" else "del"


NORM_TYPES: dict[str, Pair] = {
    "l": ("Llei", "Ley"),
    "dl": ("Decret llei", "Decreto-ley"),
    "d": ("Decret", "Decreto"),
}
RELATIONS = {
    "amends": 40,
    "adds": 7,
    "removes": 3,
    "develops": 15,
    "repeals-part": 10,
    "repeals": 15,
    "suspends": 4,
    "corrects": 5,
    "continues": 4,
    "validates": 2,
    "challenges": 2,
}
"""What norms do to earlier ones, and how often."""

FIRST_NORM, LAST_NORM = datetime.date(2005, 1, 10), datetime.date(2026, 5, 1)
FIRST_NOTICE, LAST_NOTICE = datetime.date(2015, 1, 2), datetime.date(2026, 6, 14)


class Town:
    """How many there are of each kind, and what they are called; then one note after the other."""

    def __init__(self, notes: int, seed: int) -> None:
        self.chance = random.Random(seed)
        originals = max(8, notes * 25 // 49)  # one in 25 has no translation
        self.pages = min(12, max(1, originals // 50))
        contacts = max(2, originals // 100)
        self.contacts = ["ajuntament", *(f"departament-{n}" for n in range(1, contacts))]
        self.services = [f"servei-{n}" for n in range(1, max(1, originals // 25) + 1)]
        self.norms = self._norms(max(2, originals // 20))
        self.notices = originals - self.pages - contacts - len(self.services) - len(self.norms)
        self.ended: set[int] = set()
        """Norms that another one has repealed."""

    def _norms(self, count: int) -> list[Norm]:
        """In the order of their days; the acts of a type and year are numbered."""
        numbers: dict[tuple[str, int], int] = {}
        norms = []
        span = (LAST_NORM - FIRST_NORM).days
        for index in range(count):
            day = FIRST_NORM + datetime.timedelta(days=span * index // count)
            kind = self.chance.choice(list(NORM_TYPES))
            number = numbers[kind, day.year] = numbers.get((kind, day.year), 0) + 1
            norms.append(Norm(kind, number, day))
        return norms

    def notes(self) -> Iterator[Note]:
        for number, contact in enumerate(self.contacts):
            yield from self._contact(number, contact)
        for number, service in enumerate(self.services):
            yield from self._service(number, service)
        for number in range(len(self.norms)):
            yield from self._norm(number)
        for number in range(self.notices):
            yield from self._notice(number)
        for number in range(self.pages):
            yield from self._page(number)

    # -- kinds --------------------------------------------------------------------------------

    def _contact(self, number: int, name: str) -> Iterator[Note]:
        title = ("Ajuntament", "Ayuntamiento")
        if number:
            title = (f"Departament {number}", f"Departamento {number}")
        parent = f"parent: {self.contacts[(number - 1) // 8]}\n" if number else ""
        facts = (
            f"{parent}address:\n"
            f'  street_address: "Carrer Major, {number + 1}"\n'
            '  extra: {ca: "2a planta", es: "2.ª planta"}\n'
            '  postal_code: "07001"\n'
            "  locality: La Vila\n"
            f"  latitude: {39.5 + number % 100 / 1000:.3f}\n"
            f"  longitude: {2.6 + number % 90 / 1000:.3f}\n"
            "telephones:\n"
            f'  - {{number: "+34971{number % 1000000:06}", extensions: ["{number % 90 + 10}"], '
            'label: {ca: "Centraleta", es: "Centralita"}}\n'
            f"emails: [departament{number}@vila.test]\n"
            f'dir3: "L{number:08}"\n'
            "opening_hours:\n"
            "  - {days: monday-friday, opens: 9:00, closes: 14:00, channel: in-person, "
            "valid_until: 2026-06-30}\n"
            "  - {days: monday-friday, opens: 8:30, closes: 13:30, channel: in-person, "
            "valid_from: 2026-07-01, valid_until: 2026-08-31}\n"
            "  - {days: monday-friday, opens: 9:00, closes: 14:00, channel: in-person, "
            "valid_from: 2026-09-01}\n"
            "closures:\n"
            "  - {from: 2026-12-24, until: 2026-12-31, "
            'label: {ca: "Festes de Nadal", es: "Fiestas de Navidad"}}\n'
            f"verified_on: 2026-{1 + number % 6:02}-10\n"
        )
        yield from self._pair("contacts", name, title, "2020-01-15", facts, name)

    def _service(self, number: int, name: str) -> Iterator[Note]:
        department = self.chance.choice(self.contacts)
        seldom = self.chance.random() < 0.3
        title = (f"Demanar el tràmit {number + 1}", f"Pedir el trámite {number + 1}")
        facts = (
            f"departments: [{department}]\n"
            f"norms: [{', '.join(norm.id for norm in self._some_norms(2))}]\n"
            "channels:\n"
            "  - channel: in-person\n"
            "    appointment: required\n"
            f'    url: "https://cita.vila.test/{number}"\n'
            "    opening_hours: [{days: [wednesday], opens: 11:20, closes: 12:20}]\n"
            '    if_no_slot: {ca: "Trucau a la centraleta", es: "Llame a la centralita"}\n'
            "  - channel: video\n"
            "    appointment: required\n"
            f'    url: "https://cita.vila.test/{number}/video"\n'
            "    opening_hours: [{days: [tuesday, thursday], opens: 11:00, closes: 13:00}]\n"
            "  - channel: online\n"
            "    appointment: none\n"
            f'    url: "https://seu.vila.test/{number}"\n'
            + ("    valid_from: 2026-09-01\n" if seldom else "")
            + 'bring: {ca: "El plànol i el document", es: "El plano y el documento"}\n'
            'audience: {ca: "Qui fa obres", es: "Quien hace obras"}\n'
            f'cost: {{ca: "{number % 50} euros", es: "{number % 50} euros"}}\n'
            f'deadline: {{ca: "Abans de {number % 3 + 1} mesos", '
            f'es: "Antes de {number % 3 + 1} meses"}}\n'
            f'procedure_code: "Obres.{number:02}"\n'
        )
        yield from self._pair("services", name, title, "2021-03-01", facts, department)

    def _norm(self, number: int) -> Iterator[Note]:
        norm = self.norms[number]
        day = norm.day
        ca, es = norm.name
        title = (f"{ca}, de mesures urbanístiques", f"{es}, de medidas urbanísticas")
        facts = (
            f'short_title: "{ca}"\n'
            f"eli: https://www.boe.es/eli/es-ib/{norm.type}/{day:%Y/%m/%d}/{norm.number}\n"
            f'published_in: [{{gazette: BOIB, number: "{number % 180 + 1}", '
            f"date: {day + datetime.timedelta(days=3)}}}]\n"
            f"first_date_entry_in_force: {day + datetime.timedelta(days=4)}\n"
        )
        if self._expires(number):
            facts += f"date_no_longer_in_force: {day.year + 2}-12-31\nend_reason: expired\n"
        relations = "".join(self._relations(number))
        facts += f"relations:\n{relations}" if relations else ""
        facts += "checked: {on: 2026-05-31, source: BOIB}\n"
        yield from self._pair(
            "norms",
            norm.id,
            title,
            str(day + datetime.timedelta(days=3)),
            facts,
            self.chance.choice(self.contacts),
            words=f'short_title: "{es}"\n',
        )

    def _expires(self, number: int) -> bool:
        return number % 33 == 20 and number > len(self.norms) // 2

    def _may_be_repealed(self, number: int) -> bool:
        """Once, and not what all lean on."""
        known = len(self.norms) // 5
        return number > known and number not in self.ended and not self._expires(number)

    def _relations(self, number: int) -> Iterator[str]:
        """What a norm does to up to three earlier ones, most often to those that all know."""
        targets = {int(number * self.chance.random() ** 2) for _ in range(3)} if number else set()
        for target in sorted(targets)[: 1 + int(self.chance.random() * 3)]:
            (kind,) = self.chance.choices(list(RELATIONS), list(RELATIONS.values()))
            other = self.norms[target]
            if kind == "repeals" and not self._may_be_repealed(target):
                kind = "amends"
            elif kind == "repeals":
                self.ended.add(target)
            elif kind == "validates" and other.type != "dl":
                kind = "develops"
            line = f"  - {{type: {kind}, norm: {other.id}"
            if kind in ("amends", "adds", "removes", "repeals-part"):
                article = int(self.chance.random() * 60) + 1
                line += f', provisions: ["art. {article}", "art. {article + 2}.1"]'
            if kind == "suspends":
                line += f", until: {self.norms[number].day.year + 1}-12-31"
            yield line + "}\n"

    def _notice(self, number: int) -> Iterator[Note]:
        chance = self.chance
        name = f"avis-{number + 1}"
        day = self._notice_day(number)
        department = chance.choice(self.contacts)
        subject, place = pick(SUBJECTS, chance), pick(PLACES, chance)
        ca, es = (f"{subject[n]} {place[n]}, {number + 1}" for n in range(2))
        facts = f"departments: [{department}]\n"
        words = ""
        if chance.random() < 0.3:
            facts += f"services: [{chance.choice(self.services)}]\n"
        if chance.random() < 0.2:
            facts += f"norms: [{self._some_norms(1)[0].id}]\n"
        urgent = number % 500 == 3 or number in (self.notices - 1, self.notices - 40)
        if urgent or chance.random() < 0.3:
            end = day + datetime.timedelta(days=int(chance.random() * 60) + 20)
            facts += f"valid_from: {day}\nvalid_until: {end}\n"
        if urgent:
            facts += "urgency: urgent\n"
        elif chance.random() < 0.1:
            facts += "urgency: important\n"
        if number > 20 and chance.random() < 0.04:
            facts += f"supersedes: [avis-{number - int(chance.random() * 15)}]\n"
        if chance.random() < 0.03:
            facts += f"old_addresses: [/noticies/{number + 1}/]\n"
        if chance.random() < 0.08:
            later = day + datetime.timedelta(days=9)
            facts += f"modified: {later}\nchanges: [{{date: {later}, text: S'amplia el termini}}]\n"
            words = f"changes: [{{date: {later}, text: Se amplía el plazo}}]\n"
        yield from self._pair(
            "notices",
            name,
            (ca, es),
            str(day),
            facts,
            department,
            words=words,
            below=f"{day.year}/",
            translated=number % 25 != 11,
        )

    def _notice_day(self, number: int) -> datetime.date:
        span = (LAST_NOTICE - FIRST_NOTICE).days
        return FIRST_NOTICE + datetime.timedelta(days=span * (number + 1) // self.notices)

    def _page(self, number: int) -> Iterator[Note]:
        title = (f"Sobre el web, {number + 1}", f"Sobre la web, {number + 1}")
        yield from self._pair(
            "pages", f"pagina-{number + 1}", title, "2020-02-01", "", self.contacts[0]
        )

    # -- what they share ----------------------------------------------------------------------

    def _pair(
        self,
        folder: str,
        name: str,
        title: Pair,
        date: str,
        facts: str,
        department: str,
        *,
        words: str = "",
        below: str = "",
        translated: bool = True,
    ) -> Iterator[Note]:
        """A note and its translation. ``words``: fields that the translation has of its own."""
        topics = tuple(self.chance.sample(list(TOPICS), 1 + (self.chance.random() < 0.4)))
        text = body(self.chance, self._references(folder, name, "../" * (1 + bool(below))))
        summary = sentence(self.chance)
        facts = f"date: {date}\ntopics: [{', '.join(topics)}]\n{facts}"
        for n, lang in enumerate(LANGUAGES[: 1 + translated]):
            own = words if n else facts
            yield Note(
                folder,
                name,
                lang,
                title[n],
                summary[n],
                date,
                topics,
                department,
                own,
                text[n],
                below,
            )

    def _some_norms(self, count: int) -> list[Norm]:
        """A few norms are in everyone's mouth, most are hardly named."""
        chosen = {int(len(self.norms) * self.chance.random() ** 2) for _ in range(count)}
        return [self.norms[index] for index in sorted(chosen)]

    def _references(self, folder: str, name: str, up: str) -> list[Pair]:
        """A link to a norm and citations of others; to a service and a department now and then."""
        chance = self.chance
        linked, cited = self._some_norms(1)[0], self._some_norms(1)[0]
        article = int(chance.random() * 60) + 1
        found: list[Pair] = [
            (
                f"Vegeu [{linked.name[0]}]({up}norms/{linked.id}.md) "
                f"i l'article {article} {cited.of} {cited.name[0]}.",
                f"Vea [{linked.name[1]}]({up}norms/{linked.id}.md) "
                f"y el artículo {article} {cited.of} {cited.name[1]}.",
            )
        ]
        if chance.random() < 0.3:
            service = chance.choice(self.services)
            found.append(
                (
                    f"Es demana [amb aquest tràmit]({up}services/{service}.md).",
                    f"Se pide [con este trámite]({up}services/{service}.md).",
                )
            )
        if chance.random() < 0.3:
            contact = chance.choice(self.contacts)
            found.append(
                (
                    f"Us atén [aquest departament]({up}contacts/{contact}.md).",
                    f"Le atiende [este departamento]({up}contacts/{contact}.md).",
                )
            )
        return found


def town(notes: int, seed: int = 1) -> Iterator[Note]:
    """About so many notes, each language of a note counted."""
    return Town(notes, seed).notes()


def write(root: Path, notes: int, seed: int = 1) -> int:
    """Saig's notes in ``root/content``; how many they are."""
    content = root / "content"
    for folder in ("contacts", "services", "norms", "notices", "pages"):
        (content / folder).mkdir(parents=True, exist_ok=True)
    topics = "\n".join(f'  {name}: {{ca: "{ca}", es: "{es}"}}' for name, (ca, es) in TOPICS.items())
    (content / "site.yaml").write_text(SITE.format(topics=topics), "utf-8")
    (content / "gone.yaml").write_text("".join(_gone(max(1, notes // 400))), "utf-8")
    return write_notes(content, town(notes, seed), _text)


def write_notes(content: Path, notes: Iterator[Note], text: Callable[[Note], str]) -> int:
    """Each note as a file of ``content``, as ``text`` puts it; how many they are."""
    count = 0
    folders: set[Path] = set()
    for note in notes:
        path = content / note.path
        if path.parent not in folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            folders.add(path.parent)
        path.write_text(text(note), "utf-8")
        count += 1
    return count


def middle(content: Path) -> Path:
    """A notice of the town, neither the oldest nor the latest."""
    originals = sorted(
        path for path in content.glob("notices/*/avis-*.md") if path.suffixes == [".md"]
    )
    return originals[len(originals) // 2]


def change(content: Path, words: str = "Una frase més.") -> None:
    """A sentence more at the end of one notice."""
    with middle(content).open("a", encoding="utf-8") as file:
        file.write(f"\n{words}\n")


def _text(note: Note) -> str:
    head = f'title: "{note.title}"\nsummary: "{note.summary}"\n{note.facts}'
    return f"---\n{head}---\n{note.body}"


def _gone(count: int) -> Iterator[str]:
    for number in range(count):
        yield (
            f"- address: /avisos/vell-{number}/\n"
            f'  title: {{ca: "Avís vell {number}", es: "Aviso viejo {number}"}}\n'
            f"  date: {2016 + number % 10}-05-01\n"
            '  reason: {ca: "Ja no cal", es: "Ya no hace falta"}\n'
            "  see: /avisos/\n"
        )
