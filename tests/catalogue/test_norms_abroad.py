"""Norms of a Portuguese and of a German town, found by how these countries cite them."""

from __future__ import annotations

import pytest
from project import Project
from towns import speaking

TODAY = "2024-05-02"

PORTUGUESE = {
    "norms/lei-48-1998": """title: Lei n.º 48/98, de 11 de agosto
summary: Bases da política de ordenamento do território.
date: 2020-01-02
type: lei
number: "48"
jurisdiction: pt
date_document: 1998-08-11
first_date_entry_in_force: 1998-09-10
""",
    "norms/lei-31-2014": """title: Lei n.º 31/2014, de 30 de maio
summary: Bases da política pública de solos.
date: 2020-01-02
type: lei
number: "31"
jurisdiction: pt
date_document: 2014-05-30
first_date_entry_in_force: 2014-06-29
relations: [{type: repeals, norm: lei-48-1998}]
done_by_others:
  - {type: repeals-part, by: {pt: Lei n.º 1/2020}, from: 2020-02-01, provisions: [artigo 5.º]}
""",
    "notices/artigo": "O n.º 2 do artigo 5.º da Lei n.º 31/2014 e o artigo 6.º da Lei n.º 31/2014.",
    "notices/revogada": "Nos termos do artigo 5.º, n.º 2, da Lei n.º 48/98, de 11 de agosto, é assim.",
    "notices/vigente": "A Lei n.º 31/2014 e o Decreto-Lei n.º 555/99, de 16 de dezembro.",
    "notices/passada": "A Lei n.º 48/98, entretanto revogada, dizia outra coisa.",
    "notices/proposta": "A Proposta de Lei n.º 31/2014 foi discutida.",
}
GERMAN = {
    "norms/baugesetzbuch": """title: Baugesetzbuch (BauGB)
summary: Das Städtebaurecht des Bundes.
date: 2020-01-02
type: gesetz
jurisdiction: de
date_document: 1986-12-08
first_date_entry_in_force: 1987-07-01
relations: [{type: repeals, norm: stbaufg}]
""",
    "norms/stbaufg": """title: Städtebauförderungsgesetz
short_title: StBauFG
summary: Das frühere Recht der Sanierung.
date: 2020-01-02
type: gesetz
jurisdiction: de
date_document: 1971-07-27
first_date_entry_in_force: 1971-08-01
""",
    "notices/geltend": "Zulässig nach § 34 Abs. 1 Satz 1 BauGB und § 35 des Baugesetzbuches.",
    "notices/aufgehoben": "Die Gemeinde kann nach § 5 Abs. 1 StBauFG handeln.",
    "notices/lang": "Auch § 5 des Städtebauförderungsgesetzes gilt.",
    "notices/frueher": "Nach dem früheren § 5 StBauFG war das anders.",
}


def town(root: pytest.TempPathFactory, lang: str, law: str, notes: dict[str, str]) -> Project:
    project = speaking(root.mktemp(law) / "project", [lang])
    project.change("site.yaml", "time_zone:", f"law: [{law}]\ntime_zone:")
    for name, said in notes.items():
        fields = (
            said
            if name.startswith("norms/")
            else f"title: {name[8:]}\nsummary: S.\ndate: 2024-05-01\n"
        )
        text = "" if name.startswith("norms/") else f"{said}\n"
        project.write(f"{name}.md", f"---\n{fields}---\n\n{text or 'Text.'}\n")
    return project


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Project]:
    built = {
        "pt": town(tmp_path_factory, "pt", "pt", PORTUGUESE),
        "de": town(tmp_path_factory, "de", "de", GERMAN),
    }
    for project in built.values():
        project.build(today=TODAY)
    return built


def body(project: Project, name: str) -> str:
    return str(project.document(f"/notices-0/{name}/")["body_html"])


def warned(project: Project) -> set[str]:
    """The notices that cite what is no longer in force."""
    return {
        problem["path"].removeprefix("content/notices/").removesuffix(".md")
        for problem in project.check("--today", TODAY)
        if problem["code"] == "cites-norm-not-in-force"
    }


def test_portuguese_norms_are_linked_by_type_number_and_date(towns: dict[str, Project]) -> None:
    html = body(towns["pt"], "revogada")
    assert ">artigo 5.º, n.º 2, da Lei n.º 48/98, de 11 de agosto</a>" in html
    assert "/lei-n-o-48-98-de-11-de-agosto/" in html
    assert "norm-state" in html
    html = body(towns["pt"], "vigente")
    assert ">Lei n.º 31/2014</a> e o Decreto-Lei n.º 555/99, de 16 de dezembro." in html
    assert "<a" not in body(towns["pt"], "proposta")


def test_a_repealed_article_says_so(towns: dict[str, Project]) -> None:
    html = body(towns["pt"], "artigo")
    assert "n.º 2 do artigo 5.º da Lei n.º 31/2014</a> <span" in html
    assert html.count("norm-state") == 1


def test_german_statutes_are_linked_by_their_names(towns: dict[str, Project]) -> None:
    """By the short name that the title has in brackets, the long one, and inflected forms."""
    html = body(towns["de"], "geltend")
    assert ">§ 34 Abs. 1 Satz 1 BauGB</a> und <a" in html
    assert ">§ 35 des Baugesetzbuches</a>" in html
    assert html.count("/norms-0/baugesetzbuch-baugb/") == 2
    assert ">§ 5 Abs. 1 StBauFG</a>" in body(towns["de"], "aufgehoben")
    assert ">§ 5 des Städtebauförderungsgesetzes</a>" in body(towns["de"], "lang")


def test_norms_not_in_force_are_told_unless_the_text_knows(towns: dict[str, Project]) -> None:
    assert warned(towns["pt"]) == {"revogada"}
    assert warned(towns["de"]) == {"aufgehoben", "lang"}


def test_norms_know_who_cites_them(towns: dict[str, Project]) -> None:
    page = towns["de"].document("/norms-0/baugesetzbuch-baugb/")
    assert [one["id"] for one in page["norm"]["cited_in"]] == ["geltend"]
