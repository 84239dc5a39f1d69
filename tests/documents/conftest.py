"""A village with what the small town lacks, built once as on 10 December 2020, a Thursday."""

from __future__ import annotations

import pytest
from project import Project, new_project

NOTES = {
    "contacts/aigua": """title: Àrea d'Aigües
short_title: Aigües
parent: ajuntament
closures: [{from: 2020-12-20}, {from: 2020-12-01, until: 2020-12-09}, {from: 2020-12-08, until: 2020-12-10}]
""",
    "contacts/zona": """title: Zona blava
short_title: zona blava
closures: [{from: 2020-12-15}]
""",
    "contacts/emergencies": """title: Èpoques
short_title: Èpoques
closures: [{from: 2020-12-15}]
""",
    "contacts/planta": "title: Planta baixa\nshort_title: Planta baixa\nparent: obres\n",
    "contacts/atencio": "title: Atenció\nshort_title: Atenció\nparent: obres\n",
    "services/lectura": """title: Lectura del comptador
departments: [aigua, zona]
channels:
  - channel: in-person
    opening_hours: [{days: [monday], opens: 9:00, closes: 10:00}]
""",
    "services/distintiu": """title: Distintiu de resident
departments: [zona, aigua]
channels: [{channel: online, url: "https://seu.vila.test/zona"}]
""",
    "services/alta-vella": """title: Alta vella
departments: [aigua]
valid_until: 2020-11-30
no_channel: {ca: Ja no, es: Ya no}
""",
    "notices/a-rutina": "title: A\ndate: 2020-12-10\ndepartments: [aigua]\n",
    "notices/b-important": "title: B\ndate: 2020-12-08\nurgency: important\ndepartments: [aigua]\n",
    "notices/c-urgent": "title: C\ndate: 2020-12-02\nurgency: urgent\nvalid_until: 2021-01-10\n",
    "notices/d-rutina": "title: D\ndate: 2020-12-09\ndepartments: [aigua]\n",
    "notices/e-rutina": "title: E\ndate: 2020-12-07\ndepartments: [aigua]\n",
    "notices/ahir": """title: Ahir
date: 2020-12-01
valid_until: 2020-12-09
changes: [{date: 2020-12-02, text: Primer}, {date: 2020-12-10, text: Avui}, {date: 2020-12-11, text: Demà}]
""",
    "notices/lletres": """title: Lletres
date: 2020-11-01
---
Segons la Llei orgànica 5/2018 i la Llei 9/2019.
""",
    "notices/del-dia": "title: Del dia\ndate: 2020-06-02\nnorms: [organica]\n",
    "notices/de-despres": "title: De després\ndate: 2020-06-03\nnorms: [organica]\n"
    "---\nVegeu la Llei orgànica 5/2018.\n",
    "notices/acabat": """title: Acabat
date: 2020-01-01
valid_until: 2020-05-01
norms: [organica, llei-9]
""",
    "notices/antic": "title: Antic\ndate: 2018-01-01\nnorms: [organica]\n",
    "notices/hereu": "title: Hereu\ndate: 2020-12-08\nsupersedes: [antic]\n",
    "notices/hereu-tard": "title: Hereu tard\ndate: 2020-12-09\nsupersedes: [antic]\n",
    "norms/organica": """title: Llei orgànica 5/2018
date: 2018-02-01
eli: https://www.boe.es/eli/es/lo/2018/01/31/5
published_in:
  - {gazette: BOIB, date: 2018-02-03, url: "https://www.caib.es/text"}
  - {gazette: BOE, date: 2018-02-01, url: "https://www.boe.es/text"}
first_date_entry_in_force: 2018-02-01
""",
    "norms/llei-9": """title: Llei 9/2019
date: 2019-03-02
eli: https://www.boe.es/eli/es-ib/l/2019/03/01/9/
first_date_entry_in_force: 2019-03-02
""",
    "norms/llei-10": """title: Llei 10/2019
date: 2019-03-02
eli: https://www.boe.es/eli/es-ib/l/2019/03/01/10
first_date_entry_in_force: 2019-03-02
relations:
  - {type: removes, norm: llei-9, provisions: ["article 10"]}
  - {type: amends, norm: llei-9, provisions: ["article 2, apartat 3", "lletres a) i b)"]}
""",
    "norms/llei-11": """title: Llei 11/2020
date: 2020-06-02
eli: https://www.boe.es/eli/es-ib/l/2020/06/01/11
first_date_entry_in_force: 2020-06-02
relations:
  - {type: amends, norm: llei-9, provisions: ["art. 2.3"]}
  - {type: repeals, norm: organica}
  - {type: suspends, norm: llei-10, from: 2020-07-01, until: 2020-09-30}
---
Com diu la Llei 9/2019.
""",
    "norms/decret-caigut": """title: Decret llei 3/2020
date: 2020-02-02
eli: https://www.boe.es/eli/es-ib/dl/2020/02/01/3
first_date_entry_in_force: 2020-02-02
date_no_longer_in_force: 2020-03-01
end_reason: not-validated
""",
    "norms/llei-7": """title: Llei 7/2019
date: 2019-01-02
published_in: [{gazette: BOE, date: 2019-01-01}, {gazette: BOIB, date: 2019-01-02}]
eli: https://www.boe.es/eli/es-ib/l/2019/01/01/7
first_date_entry_in_force: 2019-01-02
""",
    "norms/llei-1": """title: Llei 1/2020
date: 2020-01-02
eli: https://www.boe.es/eli/es-ib/l/2020/01/01/1
first_date_entry_in_force: 2020-01-02
relations: [{type: repeals, norm: llei-7, from: 2020-06-01}]
""",
    "norms/llei-2": """title: Llei 2/2020
date: 2020-02-02
eli: https://www.boe.es/eli/es-ib/l/2020/02/01/2
first_date_entry_in_force: 2020-02-02
relations: [{type: repeals, norm: llei-1, from: 2020-05-01}]
""",
}

GONE = """
- {address: /avisos/avui/, title: {ca: Avui, es: Hoy}, date: 2020-12-10, reason: {ca: R, es: R}}
- {address: /avisos/dema/, title: {ca: Demà, es: Mañana}, date: 2020-12-11, reason: {ca: R, es: R}}
"""


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = new_project(tmp_path_factory.mktemp("documents") / "project")
    for name, said in NOTES.items():
        head, _, text = said.partition("---\n")
        slug = name.rpartition("/")[2]
        project.write(
            f"{name}.md", f"---\nsummary: S.\nslug: {slug}\n{head}---\n{text or 'Text.'}\n"
        )
    project.change("site.yaml", "stale_after_months", "holidays_known: [2020]\nstale_after_months")
    project.write(
        "norms/llei-9.es.md", "---\ntitle: Ley 9/2019\nsummary: S.\nslug: ley-9\n---\nT.\n"
    )
    with (project.content / "gone.yaml").open("a") as gone:
        gone.write(GONE)
    project.build()
    return project
