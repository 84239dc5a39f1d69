"""A town with the notes of some norms, as the gazette has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from project import DAY, Project, new_project

ANSWERS = Path(__file__).with_name("answers")

NOTES = {
    "decret-llei-8-2020": """
title: "Decret llei 8/2020, de 13 de maig"
summary: Mesures urgents.
date: 2020-05-15
eli: https://www.boe.es/eli/es-ib/dl/2020/05/13/8
published_in:
  - {gazette: BOIB, number: "84", date: 2020-05-15}
  - {gazette: BOE, number: "195", date: 2020-07-17, id: BOE-A-2020-8011}
first_date_entry_in_force: 2020-05-15
done_by_others:
  - {type: amends, by: {ca: Decret llei 9/2020, es: Decreto-ley 9/2020}, provisions: ["art. 6"]}
  - {type: corrects, by: {ca: "BOIB núm. 97", es: "BOIB núm. 97"}, date: 2020-05-30}
  - {type: validates, by: {ca: Resolució, es: Resolución}, date: 2020-06-03}
  - {type: corrects, by: {ca: "BOIB núm. 103", es: "BOIB núm. 103"}, date: 2020-06-06}
  - {type: corrects, by: {ca: "BOIB núm. 107", es: "BOIB núm. 107"}, date: 2020-06-13}
""",
    "decret-llei-14-2020": """
title: "Decret llei 14/2020, de 9 de desembre"
summary: Mesures urgents.
date: 2020-12-10
eli: https://www.boe.es/eli/es-ib/dl/2020/12/09/14
published_in:
  - {gazette: BOIB, number: "206", date: 2020-12-10}
  - {gazette: BOE, number: "19", date: 2021-01-22, id: BOE-A-2021-906}
first_date_entry_in_force: 2020-12-11
relations:
  - {type: repeals, norm: decret-llei-8-2020}
done_by_others:
  - {type: validates, by: {ca: Resolució, es: Resolución}, date: 2020-12-23}
""",
    "llei-1-2020": """
title: "Llei 1/2020, de 3 de juny"
summary: Canvia un article.
date: 2020-06-11
eli: https://www.boe.es/eli/es-ib/l/2020/06/03/1
published_in:
  - {gazette: BOIB, number: "106", date: 2020-06-11}
  - {gazette: BOE, number: "195", date: 2020-07-17, id: BOE-A-2020-8008}
first_date_entry_in_force: 2020-06-12
""",
    "reial-decret-463-2020": """
title: "Reial decret 463/2020, de 14 de març"
summary: Estat d'alarma.
date: 2020-03-14
eli: https://www.boe.es/eli/es/rd/2020/03/14/463
published_in:
  - {gazette: BOE, number: "67", date: 2020-03-14, id: BOE-A-2020-3692}
first_date_entry_in_force: 2020-03-14
date_no_longer_in_force: 2020-06-20
end_reason: expired
gazette_differs: []
""",
}
TITLES = {
    "decret-llei-8-2020": "BOE-A-2020-8011",
    "decret-llei-14-2020": "BOE-A-2021-906",
    "llei-1-2020": "BOE-A-2020-8008",
}


def answer(identifier: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ANSWERS / f"{identifier}.json").read_text("utf-8"))
    return found


def town(root: Path) -> Project:
    """Three norms of which the gazette says the same as their notes."""
    project = new_project(root)
    for path in (project.content / "norms").glob("*.md"):
        path.unlink()
    for name, identifier in TITLES.items():
        project.write(f"norms/{name}.md", f"---{NOTES[name]}---\nText.\n")
        title = answer(identifier)["metadatos"]["titulo"].rstrip(".")
        spanish = json.dumps(title, ensure_ascii=False)
        project.write(f"norms/{name}.es.md", f"---\ntitle: {spanish}\nsummary: Ley.\n---\nTexto.\n")
    for folder in ("notices", "services", "pages"):
        for path in (project.content / folder).rglob("*.md"):
            path.unlink()
    return project


def told(project: Project, *arguments: str, lang: str = "en", **given: str) -> list[dict[str, Any]]:
    """What ``saig norms check`` tells; it never fails."""
    command = ("norms", "check", "--format", "json", "--today", DAY, "--lang", lang, *arguments)
    done = project.saig(*command, **given)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def offline(project: Project, folder: Path = ANSWERS, lang: str = "en") -> list[dict[str, Any]]:
    return told(project, "--offline", str(folder), lang=lang)
