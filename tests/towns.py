"""Towns of any languages, whose facts are said in the first of them alone."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from project import REPOSITORY, Project, new_project

SECTIONS = ("contacts", "services", "norms", "notices", "topics", "booking", "search")

NOTES = {
    "contacts/ajuntament": """title: "Title of the council"
summary: "Summary of the council."
emails: [info@vila.test]
""",
    "contacts/obres": """title: "Title of works"
summary: "Summary of works."
parent: ajuntament
address: {street_address: %(Major street), extra: %(Floor), locality: %(Town name), postal_code: "07001"}
accessibility: %(Ramp)
telephones: [{number: "+34971225900", extensions: ["8549"], label: %(Switchboard)}]
opening_hours:
  - {days: monday-friday, opens: "09:00", closes: "14:00", label: %(Counter), appointment: required}
  - {days: [tuesday], opens: "16:00", closes: "18:00", label: %(Evening), valid_from: 2021-01-01}
closures: [{from: 2020-12-24, until: 2020-12-26, label: %(Repairs)}]
topics: [obres]
""",
    "services/llicencia": """title: "Title of a licence"
summary: "Summary of a licence."
departments: [obres]
channels:
  - channel: in-person
    appointment: required
    url: https://cita.vila.test/llicencia
    label: %(Desk)
    if_no_slot: %(Wait)
    opening_hours: [{days: [monday], opens: "09:00", closes: "11:00"}]
bring: %(Papers)
audience: %(Everybody)
cost: %(Nothing)
deadline: %(Never)
norms: [decret-1]
""",
    "services/consulta": """title: "Title of a query"
summary: "Summary of a query."
departments: [obres]
no_channel: %(Closed for works)
""",
    "norms/decret-1": """title: "Title of decree one"
summary: "Summary of decree one."
date: 2020-01-02
eli: https://www.boe.es/eli/es-ib/dl/2020/01/01/1
first_date_entry_in_force: 2020-01-02
published_in: [{gazette: %(Gazette), number: 1, date: 2020-01-02}]
topics: [obres]
done_by_others: [{type: corrects, by: %(A correction), date: 2020-01-10}]
""",
    "norms/decret-2": """title: "Title of decree two"
summary: "Summary of decree two."
date: 2020-02-02
eli: https://www.boe.es/eli/es-ib/dl/2020/02/01/2
first_date_entry_in_force: 2020-02-02
relations: [{type: amends, norm: decret-1, provisions: [%(Article five)], text: %(A remark)}]
""",
    "notices/festa": """title: "Title of a feast"
summary: "Summary of a feast."
date: 2020-12-01
departments: [obres]
urgency: urgent
valid_until: 2020-12-31
changes: [{date: 2020-12-02, text: "A change of the feast."}]
""",
    "pages/sobre": """title: "Title of a page"
summary: "Summary of a page."
""",
}


def first(template: str, lang: str) -> str:
    """Each ``%(words)`` as a text by language that has this one alone, marked with it."""
    parts = template.split("%(")
    filled = [parts[0]]
    for part in parts[1:]:
        words, _, rest = part.partition(")")
        filled += [f'{{{lang}: "{words} [{lang}]"}}', rest]
    return "".join(filled)


def site(languages: Sequence[str]) -> str:
    slugs = [
        ", ".join(f"{lang}: {name}-{number}" for number, lang in enumerate(languages))
        for name in SECTIONS
    ]
    sections = "".join(
        f"  {name}: {{name: %(Section {name}), slug: {{{slug}}}}}\n"
        for name, slug in zip(SECTIONS, slugs, strict=True)
    )
    return first(
        "name: %(Name of the site)\norganisation: ajuntament\n"
        f"languages: [{', '.join(languages)}]\ntime_zone: Europe/Madrid\nsections:\n{sections}"
        "responsible: {name: %(Who answers), address: %(Where it is), email: web@vila.cat}\n"
        "topics: {obres: %(Topic of works)}\n"
        f"booking: {{{languages[0]}: https://cita.vila.test/}}\n"
        f"register: {{{languages[0]}: https://seu.vila.test/}}\n"
        "holidays: [{date: 2020-12-25, label: %(Holiday)}]\n",
        languages[0],
    )


def speaking(
    root: Path, languages: Sequence[str], translated: Sequence[str] = (), posix: bool = False
) -> Project:
    """A project of these languages. ``translated``: the notes that are in all of them, as words
    only. ``posix``: folders of interface texts are named as gettext does."""
    project = new_project(root, content=None)
    own, *others = languages
    project.write("site.yaml", site(languages))
    gone = "".join(
        f"- {{address: {below}/vell/, title: %(Old page), date: 2020-11-01, reason: %(No use)}}\n"
        for below in ("", *(f"/{lang}" for lang in others))
    )
    project.write("gone.yaml", first(gone, own))
    for name, fields in NOTES.items():
        words = first(fields, own)
        marked = [
            f'{line[:-1]} [{own}]"' if line.startswith(("title:", "summary:")) else line
            for line in words.splitlines()
        ]
        project.write(f"{name}.md", "---\n" + "\n".join(marked) + f"\n---\n\nText [{own}].\n")
        for lang in others if name in translated else ():
            head = f'title: "{name} [{lang}]"\nsummary: "Summary of {name} [{lang}]."\n'
            project.write(f"{name}.{lang}.md", f"---\n{head}---\n\nText [{lang}].\n")
    for lang in languages:
        folder = project.root / "theme/translations" / (lang.replace("-", "_") if posix else lang)
        if not folder.exists():
            shutil.copytree(REPOSITORY / "theme/translations/es", folder)
    return project
