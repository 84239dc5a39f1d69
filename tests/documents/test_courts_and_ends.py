"""What courts do to norms, prolongations, and ends on days that nobody knows: as readers get them."""

from __future__ import annotations

import pytest
from lxml import html
from parts import part
from project import Project, new_project

NORMS = {
    "llei-1": """title: Llei 1/2018
eli: https://www.boe.es/eli/es-ib/l/2018/01/31/1
published_in:
  - {gazette: BOE, date: 2018-03-03}
  - {gazette: BOIB, date: 2018-02-01, url: "https://www.caib.es/boib/eli/es-ib/l/2018/01/31/1"}
first_date_entry_in_force: 2018-02-01
""",
    "sentencia-28": """title: Sentència 28/2020, de 25 de març
jurisdiction: es
type: stc
number: "28"
date_document: 2020-03-25
published_in: [{gazette: BOE, number: "112", date: 2020-05-02, id: BOE-A-2020-1}]
first_date_entry_in_force: 2020-05-02
relations:
  - type: annuls
    norm: https://www.caib.es/boib/eli/es-ib/l/2018/01/31/1
    provisions: ["art. 5"]
  - {type: lifts, norm: llei-1, provisions: ["art. 6"]}
""",
    "llei-2": """title: Llei 2/2018
eli: https://www.boe.es/eli/es-ib/l/2018/02/28/2
first_date_entry_in_force: 2018-03-01
done_by_others:
  - type: suspends
    by: {ca: Providència del Tribunal Constitucional, es: Providencia del Tribunal Constitucional}
    date: 2020-11-30
    published_in: [{gazette: BOE, date: 2020-12-03, url: "https://www.boe.es/providencia"}]
    from: 2020-12-01
    text: {ca: Recurs 1/2020., es: Recurso 1/2020.}
  - type: lifts
    by: {ca: Interlocutòria del Tribunal Constitucional}
    date: 2020-12-20
    from: 2020-12-21
""",
    "llei-3": """title: Llei 3/2018
eli: https://www.boe.es/eli/es-ib/l/2018/03/31/3
first_date_entry_in_force: 2018-04-01
done_by_others:
  - type: annuls
    by: {ca: Sentència 5/2020, es: Sentencia 5/2020}
    date: 2020-06-01
    published_in: [{gazette: BOE, date: 2020-06-20}]
  - type: annuls
    by: {ca: Sentència 4/2020, es: Sentencia 4/2020}
    date: 2020-05-31
    published_in: [{gazette: BOE, date: 2020-06-20}]
    provisions: [art. 1]
""",
    "llei-4": """title: Llei 4/2018
eli: https://www.boe.es/eli/es-ib/l/2018/04/30/4
first_date_entry_in_force: 2018-05-01
done_by_others:
  - type: repeals
    by: {ca: Llei 9/2019, es: Ley 9/2019}
    date: 2019-07-01
    from: unknown
""",
    "llei-5": """title: Llei 5/2018
eli: https://www.boe.es/eli/es-ib/l/2018/05/31/5
first_date_entry_in_force: 2018-06-01
date_no_longer_in_force: 2020-06-30
end_reason: expired
relations: [{type: suspends, norm: llei-1, provisions: ["art. 6"]}]
""",
    "decret-7": """title: Decret llei 7/2020
eli: https://www.boe.es/eli/es-ib/dl/2020/09/05/7
published_in: [{gazette: BOIB, date: 2020-09-06}]
end_reason: not-validated
""",
    "llei-8": """title: Llei 8/2018
eli: https://www.boe.es/eli/es-ib/l/2018/08/01/8
first_date_entry_in_force: 2018-08-02
done_by_others:
  - {type: amends, by: {ca: Tercera}, date: 2020-03-01, from: 2020-03-02, provisions: [art. 1]}
  - {type: repeals-part, by: {ca: Segona}, date: 2019-12-01, provisions: [art. 1]}
  - {type: amends, by: {ca: Primera}, date: 2019-03-01, from: 2019-03-02, provisions: [art. 1]}
""",
    "llei-6": """title: Llei 6/2020
eli: https://www.boe.es/eli/es-ib/l/2020/06/15/6
first_date_entry_in_force: 2020-06-16
relations: [{type: prorogues, norm: llei-5, until: 2021-06-30}]
""",
    "decret-20": """title: Decret llei 20/2019
eli: https://www.boe.es/eli/es-ib/dl/2019/01/01/20
first_date_entry_in_force: 2019-01-02
date_no_longer_in_force: 2019-06-30
end_reason: expired
""",
    "llei-21": """title: Llei 21/2019
eli: https://www.boe.es/eli/es-ib/l/2019/06/30/21
first_date_entry_in_force: 2019-07-01
relations: [{type: continues, norm: decret-20}]
""",
    "ordre-22": """title: Ordre 22/2020
eli: https://www.boe.es/eli/es-ib/o/2020/02/01/22
first_date_entry_in_force: 2020-02-02
relations:
  - {type: continues, norm: llei-21}
  - {type: repeals, norm: llei-21}
""",
    "decret-23": """title: Decret 23/2020
eli: https://www.boe.es/eli/es-ib/d/2020/11/01/23
first_date_entry_in_force: 2020-11-02
relations: [{type: amends, norm: ordre-22, provisions: ["DA 2", "art. 3", "art. 4"]}]
""",
    "llei-24": """title: Llei 24/2020
eli: https://www.boe.es/eli/es-ib/l/2020/12/31/24
first_date_entry_in_force: 2021-01-01
relations: [{type: continues, norm: ordre-22}]
""",
}
"""All as seen on 10 December 2020."""


@pytest.fixture(scope="module")
def courts(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = new_project(tmp_path_factory.mktemp("courts") / "project")
    for name, facts in NORMS.items():
        project.write(
            f"norms/{name}.md",
            f"---\nsummary: S.\nslug: {name}\ndate: 2020-06-01\n{facts}---\nText.\n",
        )
        project.write(f"norms/{name}.es.md", f"---\ntitle: {name}\nsummary: S.\n---\nTexto.\n")
    project.build()
    return project


def answer(courts: Project, address: str) -> str:
    """What a page says first of whether the norm is in force."""
    page = html.fromstring(courts.page(address))
    return " ".join(
        " ".join(line.text_content().split())
        for line in page.xpath("//*[@class='answer']/p[position() < 3]")
    )


def test_a_judgment_annuls_provisions_of_a_norm(courts: Project) -> None:
    """It may name the norm by the BOIB's address, and has no force, but effects."""
    found = part(courts, "/normativa/llei-1/")
    assert (found["state"], found["state_reason"]) == ("partly-in-force", "annulled")
    assert found["state_said"] == "vigent, amb preceptes anul·lats"
    assert found["official_text"] == "https://www.caib.es/boib/eli/es-ib/l/2018/01/31/1"
    done = {item["provision"]: item["done"] for item in found["provisions"]}
    assert [one["type"] for one in done["art. 5"]] == ["annuls"]
    assert done["art. 5"][0]["from"] == "2020-05-02"
    judgment = part(courts, "/normativa/sentencia-28/")
    assert (judgment["type"], judgment["state_said"]) == ("stc", "té efectes")
    said = answer(courts, "/normativa/sentencia-28/")
    assert said == "Té efectes des del 2 de maig de 2020."
    assert [event["event"] for event in judgment["timeline"]] == ["enacted", "published"]
    calendar = (courts.output / "calendari.ics").read_text("utf-8").replace("\n ", "")
    assert ":Sentència 28/2020\\, de 25 de març: té efectes" in calendar
    page = html.fromstring(courts.page("/normativa/sentencia-28/"))
    [since] = page.xpath("//dt[.='Inici dels efectes']/following-sibling::dd")
    assert since.text_content() == "2 de maig de 2020"
    [act] = page.xpath("//ul[@class='deeds']/li")
    assert " ".join(act.text_content().split()).startswith(
        "Llei 1/2018: anul·la art. 5; aixeca la suspensió (art. 6)."
    )
    assert "Sentència del Tribunal Constitucional" in page.text_content()


def test_a_lifted_suspension_is_over(courts: Project) -> None:
    events = [(e["date"], e["event"]) for e in part(courts, "/normativa/llei-1/")["timeline"]]
    assert ("2020-05-02", "suspension-lifted") in events
    found = part(courts, "/normativa/llei-2/")
    assert (found["state"], found["state_since"]) == ("suspended", "2020-12-01")
    assert found["state_until"] == "2020-12-20"
    assert [stretch["state"] for stretch in found["life"]][-2:] == ["suspended", "in-force"]


def test_who_suspended_or_annulled_a_norm_is_named_with_its_gazette(courts: Project) -> None:
    """And not who did so to a part of it on the same day."""
    act = part(courts, "/normativa/llei-2/")["state_act"]
    assert act["title"] == "Providència del Tribunal Constitucional"
    assert act["url"] == "https://www.boe.es/providencia"
    assert [place["date"] for place in act["published_in"]] == ["2020-12-03"]
    assert "Suspensió: Providència del Tribunal Constitucional." in answer(
        courts, "/normativa/llei-2/"
    )
    assert "Recurs 1/2020." in courts.page("/normativa/llei-2/")
    found = part(courts, "/normativa/llei-3/")
    assert (found["state"], found["state_since"]) == ("no-longer-in-force", "2020-06-20")
    assert answer(courts, "/es/normativa/llei-3/").endswith("Anulación: Sentencia 5/2020.")


def test_an_end_on_a_day_not_known_is_never_given_one(courts: Project) -> None:
    found = part(courts, "/normativa/llei-4/")
    assert (found["state"], found["state_reason"]) == ("no-longer-in-force", "repealed")
    assert found["state_since"] is None
    assert [(s["from"], s["until"], s["state"]) for s in found["life"]] == [
        (None, "2018-04-30", "not-yet-in-force"),
        ("2018-05-01", None, "in-force"),
        (None, None, "no-longer-in-force"),
    ]
    [relation] = found["relations"]
    assert (relation["from"], relation["from_unknown"]) == (None, True)
    assert [event["event"] for event in found["timeline"]] == ["enacted", "in-force"]
    said = answer(courts, "/normativa/llei-4/")
    assert said == "No és vigent; no ens consta des de quin dia. Derogació: Llei 9/2019."
    life = html.fromstring(courts.page("/normativa/llei-4/")).xpath("//*[@class='life__said']")
    assert [line.text_content() for line in life][:2] == [
        "Des d'un dia que no ens consta: derogada",
        "Des de l'1 de maig de 2018 i fins a un dia que no ens consta: vigent",
    ]
    said = answer(courts, "/es/normativa/llei-4/")
    assert said == ("No está vigente; no nos consta desde qué día. Derogación: Ley 9/2019.")
    for name in ("calendari.ics", "es/calendari.ics"):
        calendar = (courts.output / name).read_text("utf-8").replace("\n ", "")
        entries = [line for line in calendar.splitlines() if line.startswith("SUMMARY")]
        assert entries
        assert not [line for line in entries if "erogada" in line and "4" in line]


def test_a_prolonged_norm_is_in_force_after_its_own_end(courts: Project) -> None:
    found = part(courts, "/normativa/llei-5/")
    assert (found["state"], found["state_until"]) == ("in-force", "2021-06-30")
    assert ("2020-06-16", "prorogued") in [(e["date"], e["event"]) for e in found["timeline"]]
    assert "Llei 6/2020: prorroga la norma, fins al dia 30 de juny de 2021." in " ".join(
        html.fromstring(courts.page("/normativa/llei-5/")).text_content().split()
    )


def test_a_decree_law_that_was_not_validated_is_over_and_no_day_is_said(courts: Project) -> None:
    said = answer(courts, "/normativa/decret-7/")
    assert said == "No és vigent; no ens consta des de quin dia. No es va convalidar."


def test_what_was_done_to_a_provision_stands_in_the_order_of_time(courts: Project) -> None:
    """What has no day of its own by the day of its act."""
    page = html.fromstring(courts.page("/normativa/llei-8/"))
    [cell] = page.xpath("//tbody/tr/td")
    said = " ".join(cell.text_content().split())
    assert [said.index(word) for word in ("Primera", "Segona", "Tercera")] == sorted(
        said.index(word) for word in ("Primera", "Segona", "Tercera")
    )


def test_what_holds_in_the_stead_of_a_norm_may_be_what_continues_its_heir(courts: Project) -> None:
    """Not an heir that is over, nor one that is not yet in force."""
    for norm in ("decret-20", "llei-21"):
        held = part(courts, f"/normativa/{norm}/")["holds_now"]
        assert [(one["id"], one["named"]) for one in held] == [("ordre-22", "l'Ordre 22/2020")]
        assert answer(courts, f"/normativa/{norm}/").endswith("Consultau l'Ordre 22/2020 (vigent).")
    assert part(courts, "/normativa/ordre-22/")["holds_now"] == []
    assert courts.document("/normativa/decret-20/")["holds"]["until"] == "2020-12-31"


def test_a_life_has_what_happened_within_its_stretches(courts: Project) -> None:
    found = part(courts, "/normativa/ordre-22/")["chronology"]
    assert [(one["from"], one["until"], one["is_now"]) for one in found] == [
        ("2020-02-02", None, True),
        (None, "2020-02-01", False),
    ]
    assert [
        (
            item["date"],
            item["events"],
            item["norm"] and item["norm"]["id"],
            [(deed["type"], deed["provisions_said"]) for deed in item["done"]],
        )
        for stretch in found
        for item in stretch["happened"]
    ] == [
        ("2021-01-01", [], "llei-24", [("continues", None)]),
        ("2020-11-02", [], "decret-23", [("amends", "DA 2, art. 3, 4")]),
        ("2020-02-02", ["in-force"], None, []),
        ("2020-02-01", ["enacted"], None, []),
    ]
    ended = part(courts, "/normativa/llei-2/")["chronology"]
    assert [one["is_now"] for one in ended] == [False, True, False, False]
    acts_on = part(courts, "/normativa/ordre-22/")["acts_on"]
    assert [(one["norm"]["id"], [deed["type"] for deed in one["done"]]) for one in acts_on] == [
        ("llei-21", ["continues", "repeals"])
    ]


def test_what_has_no_day_at_all_stands_apart(courts: Project) -> None:
    """And of an act whose first day is not known its year alone."""
    [segona] = [
        item
        for stretch in part(courts, "/normativa/llei-8/")["chronology"]
        for item in stretch["happened"]
        if item["is_day_of_act"]
    ]
    assert (segona["date"], segona["act"]["title"]) == ("2019-12-01", "Segona")
    page = html.fromstring(courts.page("/normativa/llei-8/"))
    told = [" ".join(li.text_content().split()) for li in page.xpath("//*[@class='life']/li/ul/li")]
    assert told[:3] == [
        "2 de març 2020. Tercera: canvia art. 1.",
        "2019. Segona: deroga art. 1.",
        "2 de març 2019. Primera: canvia art. 1.",
    ]
