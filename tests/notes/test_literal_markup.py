"""What readers would see as it was typed: each kind is told at its place, with the line mended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from saig.excerpt import mend
from saig.notes.files import Source
from saig.notes.problem import Problem
from saig.notes.read import read_note

SOURCE = Source("content/notices/n.md", "notice", "n", "ca", is_original=True)
HEAD = "---\ntitle: T\nsummary: S.\ndate: 2026-11-10\n"
MARK = "▶"


def problems(text: str) -> list[Problem]:
    return read_note(SOURCE, text.encode(), ["ca"]).problems


def in_text(body: str) -> list[Problem]:
    return problems(f"{HEAD}---\n{body}\n")


def mended(text: str, found: list[Problem]) -> str:
    """The text with every remedy taken, as who pastes the lines gets it."""
    for problem in reversed(found):
        if problem.fix:
            lines = text.split("\n")
            last = problem.line + problem.fix[0].count("\n")
            old = "\n".join(lines[problem.line - 1 : last])
            new = mend(old, [problem])
            assert new is not None, problem
            text = "\n".join([*lines[: problem.line - 1], *new.split("\n"), *lines[last:]])
    return text


TYPED = [
    # Links.
    ("Baixau ▶[x](../files/a b.pdf).", "Baixau [x](<../files/a b.pdf>)."),
    ('▶![x](../files/a b.png "Títol")', '![x](<../files/a b.png> "Títol")'),
    ("▶[x](mailto:a@b.cat?subject=Cita prèvia)", "[x](mailto:a@b.cat?subject=Cita%20prèvia)"),
    ("▶[x](https://a.cat/un document.pdf)", "[x](https://a.cat/un%20document.pdf)"),
    ("▶[guia]: ../files/a b.pdf", "[guia]: <../files/a b.pdf>"),
    ("Vegeu ▶[x] (https://vila.cat).", "Vegeu [x](https://vila.cat)."),
    ("Vegeu ▶(x)[https://vila.cat].", "Vegeu [x](https://vila.cat)."),
    ("Vegeu ▶[[Una pàgina]].", None),
    ("Vegeu ▶![x] (../files/a.png).", "Vegeu ![x](../files/a.png)."),
    ("Vegeu ▶[x] (a.pdf).", "Vegeu [x](a.pdf)."),
    ("▶[x](https://a.cat/b\nc)", None),
    # Emphasis.
    ("Això és ▶**molt **important.", "Això és **molt** important."),
    ("Això és ▶** molt** important.", "Això és **molt** important."),
    ("Això és ▶*molt * important.", "Això és *molt* important."),
    ("Això és ▶__molt __ important.", "Això és __molt__ important."),
    ("Això és ▶~~molt ~~ important.", "Això és ~~molt~~ important."),
    ("▶**Nota:**el text.", "**Nota:** el text."),
    ("- un ▶**punt **[x](https://a.cat)", "- un **punt**[x](https://a.cat)"),
    ("▶**amb [x](https://a.cat) **", "**amb [x](https://a.cat)**"),
    ("Una paraula ▶==marcada==.", "Una paraula <mark>marcada</mark>."),
    ("Una paraula ▶++nova++.", "Una paraula <ins>nova</ins>."),
    ("Deu m▶^2^.", "Deu m<sup>2</sup>."),
    ("▶'''Negreta'''", "**Negreta**"),
    ("El ▶**formulari d'alta.\n\nUn **altre**.", None),
    ("- l▶`avís", "- l'avís"),
    ("El ▶`codi.", None),
    ("▶```\nCodi.\n\nText.", None),
    ("> ▶~~~~\n> Codi.\n> ~~~", None),
    # Headings.
    ("▶##Sense espai", "## Sense espai"),
    ("▶####### Massa endins", None),
    ("▶#Títol\n\nText.", "## Títol\n\nText."),
    ("▶== Títol ==", "## Títol"),
    # Lists.
    ("Cal:\n\n▶• un\n• dos", "Cal:\n\n- un\n- dos"),
    ("▶·   un\n\n·   dos", "- un\n\n- dos"),
    ("▶●\tun", "- un"),
    ("▶\uf0b7 un", "- un"),
    ("Cal:\n▶– un\n– dos", "Cal:\n- un\n- dos"),
    ("▶-\u00a0un", "- un"),
    ("▶-un\n-dos", "- un\n- dos"),
    ("▶*un\n*dos", "- un\n- dos"),
    ("Cal:\n▶\u2010 un\n\u2010 dos", "Cal:\n- un\n- dos"),
    ("▶a) un\nb) dos\nc) tres", "- a) un\n- b) dos\n- c) tres"),
    ("▶1.- un\n2.- dos", "1. un\n2. dos"),
    ("▶(1) un\n(2) dos", "1. un\n2. dos"),
    ("▶(a) un\n(b) dos", "- (a) un\n- (b) dos"),
    ("▶+---+---+\n| a | b |\n+---+---+", None),
    ("Cal:\n▶2) un\n3) dos", "Cal:\n\n2. un\n3. dos"),
    ("> ▶• un\n> • dos", "> - un\n> - dos"),
    ("- ▶• un", "- un"),
    ("- ▶[ ] un", "- un"),
    # Tables.
    ("▶| a | b |\n| c | d |", "| a | b |\n|---|---|\n| c | d |"),
    ("| a | b | c |\n▶|---|---|\n| 1 | 2 | 3 |", "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |"),
    ("▶|---|---|\n| a | b |", None),
    ("▶Nom | Preu\nAlta | 10 €", "Nom | Preu\n|---|---|\nAlta | 10 €"),
    ("a | b\n▶---|---|---\n1 | 2", "a | b\n|---|---|\n1 | 2"),
    ("▶Nom\tPreu\nAlta\t10 €", "| Nom | Preu |\n|---|---|\n| Alta | 10 € |"),
    # Other systems.
    ("![x](../files/a.png)▶{width=300px}", "![x](../files/a.png)"),
    ('[x](https://a.cat)▶{:target="_blank"}', "[x](https://a.cat)"),
    ("## Títol▶ {.centrat}", "## Títol"),
    ("▶{: .nota}", ""),
    ('▶{{< figure src="x.png" >}}', None),
    ("▶{{ site.title }}", None),
    ("▶{% include x %}", None),
    ('▶[button url="x"]', None),
    ("▶[gallery]", None),
    ("▶[url=https://x.cat]", None),
    ("▶:warning: Alerta", None),
    ("▶::: warning\nAtenció.\n:::", "> [!WARNING]\n> Atenció."),
    ("Abans.\n\n▶:::tip\nUn consell.\n:::", "Abans.\n\n> [!TIP]\n> Un consell."),
    ("▶::: columns\nText.\n:::", None),
    ('▶!!! note "Títol"\n    Text.', "> [!NOTE]\n> **Títol**\n>\n> Text."),
    ("▶.. note::", None),
    # Formulas.
    ("Fins a 50 ▶$m^2$ de sostre.", "Fins a 50 m² de sostre."),
    ("Si ▶$x \\le 3$, cal llicència.", None),
    ("Amb ▶$n$ habitatges.", None),
    ("La suma ▶$\\sum_{i=1}^n q_i \\text{ per unitat}$.", None),
    ("▶$$\nQ = \\frac{a}{b}\n$$", None),
    # Callouts.
    ("> ▶[!NOTA]\n> Text.", "> [!NOTE]\n> Text."),
    ("> ▶[!WARNING] Text.", "> [!WARNING]\n> Text."),
    ("▶[!TIP]", "> [!TIP]"),
    ("> ▶[!QUALSEVOL]\n> Text.", None),
    # Entities, backslashes, tags.
    ("Un▶&amp;nbsp;espai", "Un&nbsp;espai"),
    ("Un▶&nbsp espai", "Un&nbsp; espai"),
    ("Una▶&lt;br&gt;altra", None),
    ("Una▶< br>altra", None),
    ("Una ▶<!-- nota", None),
    ("Diu ▶\\«hola».", "Diu «hola»."),
    ("Diu hola.▶\\", "Diu hola."),
]

OTHERS = [
    ("bare-address", "A ▶https://vila.cat/x.", "A <https://vila.cat/x>."),
    ("bare-address", "A ▶www.vila.cat, sí.", "A [www.vila.cat](https://www.vila.cat), sí."),
    ("bare-address", "A ▶obres@vila.cat.", "A <obres@vila.cat>."),
    ("bare-address", "A ▶mailto:obres@vila.cat.", "A <obres@vila.cat>."),
    ("bare-address", "A ▶<a@peñíscola.cat>.", "A [a@peñíscola.cat](mailto:a@peñíscola.cat)."),
    ("bare-address", "A (▶http://vila.cat).", None),
    ("undefined-reference", "La ▶[guia][la-guia].", None),
    ("undefined-reference", "La ▶[guia][].", None),
    ("undefined-reference", "Nota▶[^1].", None),
    ("duplicate-definition", "A[^1].\n\n[^1]: U.\n\n▶[^1]: Dos.", None),
    ("unused-definition", "A.\n\n▶[^1]: U.", None),
    ("unused-definition", "A.\n\n▶[guia]: https://vila.cat", None),
    ("duplicate-definition", "[a]\n\n[a]: https://b.cat\n▶[A]: https://c.cat", None),
    ("table-cells", "| a | b |\n|---|---|\n▶| 1 | 2 | 3 |", None),
    ("table-cells", "| a | b |\n|---|---|\n▶Una línia.", None),
    ("unmatched-tag", "No ▶<b>obre.\n\nSí <b>obre</b>.", None),
    ("unmatched-tag", "▶<details><summary>Com</summary>\n\nAixí.", None),
    ("unmatched-tag", "No obre▶</b>.", None),
    ("text-as-heading", "L'oficina tanca.\n▶---", "L'oficina tanca.\n\n---"),
    ("tracking-link", "[x](▶https://a.cat/?utm_source=b&id=1)", "[x](https://a.cat/?id=1)"),
    ("tracking-link", "[x](▶https://a.cat/p?fbclid=Iw#peu)", "[x](https://a.cat/p#peu)"),
    ("odd-character", "La pal▶∙liació.", "La pal·liació."),
    ("odd-character", "La pal▶•liació.", "La pal·liació."),
    ("odd-character", "▶L'al.legació.", "L'al·legació."),
    ("odd-character", "Una ▶sol.licitud.", "Una sol·licitud."),
    ("odd-character", "Una pa▶\u00adraula.", "Una paraula."),
    ("odd-character", "Una pa▶\u200braula.", "Una paraula."),
    ("odd-character", "Una pa▶\ufeffraula.", "Una paraula."),
    ("odd-character", "Un caf▶e\u0301.", "Un café."),
    ("odd-character", "▶l´Ajuntament", "l'Ajuntament"),
    ("odd-character", "informaci▶o´", "informació"),
    ("odd-character", "Tamb▶Ã©", "També"),
    ("odd-character", "Una línia▶\u2028i una altra.", "Una línia i una altra."),
    ("odd-character", "Una línia.▶ \u2029\nUna altra.", "Una línia.\nUna altra."),
    ("odd-character", "Esperau▶\x85", "Esperau…"),
    ("odd-character", "Dos▶\u00a0 espais", "Dos espais"),
    ("odd-character", "▶\uff21\uff22", "AB"),
    ("odd-character", "o▶\ufb01cina", "oficina"),
    ("odd-character", "P▶\u0430lma".replace("P▶", "▶P"), "Palma"),
    ("odd-character", "Perdut: ▶\ufffd", None),
    ("odd-character", "Del revés: ▶\u202eabc\u202c", "Del revés: abc"),
]


@pytest.mark.parametrize(
    ("code", "body", "right"), [("markup-as-text", *case) for case in TYPED] + OTHERS
)
def test_it_is_told_once_and_mended(code: str, body: str, right: str | None) -> None:
    """One warning, at the sign; and who writes what is offered has nothing more to mend."""
    before = body.partition(MARK)[0]
    body = body.replace(MARK, "")
    found = in_text(body)
    place = (6 + before.count("\n"), len(before) - (before.rfind("\n") + 1) + 1)
    assert [(p.code, p.severity, p.line, p.column) for p in found] == [(code, "warning", *place)]
    text = mended(f"{HEAD}---\n{body}\n", found)
    if right is None:
        assert found[0].fix is None
    else:
        assert text == f"{HEAD}---\n{right}\n"
        left = [problem.code for problem in problems(text)]
        assert left in ([], ["unused-definition"])


FIELDS = [
    ("cut-text", "title: Nova sala ▶#3 oberta", 'title: "Nova sala #3 oberta"'),
    ("cut-text", "title: Truqui al 971 ▶# opció 2", 'title: "Truqui al 971 # opció 2"'),
    ("markup-as-text", "title: ▶“Avís”", 'title: "Avís"'),
    ("markup-as-text", "title: ▶Un **avís**", "title: Un avís"),
    ("markup-as-text", "title: ▶Un *avís* de 2 * 3 * 4", "title: Un avís de 2 * 3 * 4"),
    ("markup-as-text", "title: ▶Un `codi`", "title: Un codi"),
    ("markup-as-text", "title: ▶Un ~~avís~~", "title: Un avís"),
    ("markup-as-text", 'title: ▶"![Foto](x.png)"', 'title: "Foto"'),
    ("markup-as-text", "title: ▶Obres &amp; serveis", "title: Obres & serveis"),
    ("markup-as-text", "title: ▶Un [enllaç](x.md)", "title: Un enllaç"),
    ("odd-character", "title: Pal▶∙liar", "title: Pal·liar"),
    ("odd-character", 'title: "Una▶\u2028altra"', 'title: "Una altra"'),
]


@pytest.mark.parametrize(("code", "line", "right"), FIELDS)
def test_fields_are_looked_at_too(code: str, line: str, right: str) -> None:
    """Readers see them as they are."""
    column = line.index(MARK) + 1
    text = HEAD.replace("title: T", line.replace(MARK, "")) + "---\n"
    found = problems(text)
    assert [(p.code, p.line, p.column) for p in found] == [(code, 2, column)]
    assert mended(text, found) == HEAD.replace("title: T", right) + "---\n"


def test_what_follows_a_line_separator_is_told_at_its_place() -> None:
    """To YAML it is the end of a line, and to no editor."""
    found = problems(f'{HEAD}short_title: "a\u2028b"\nurgencia: urgent\n---\n')
    places = [(p.code, p.line, p.column) for p in found]
    assert places == [("odd-character", 5, 16), ("unknown-field", 6, 1)]


GOOD = r"""
## Un títol {#un-titol}

Un paràgraf amb **negreta**, *cursiva*, `**codi **`, <https://vila.cat/> i [un enllaç](https://a.cat/x_(y)).
Llei 12/2017, art. 5.2.a), 3 * 4 * 5, 2**3**4, 5 < 6 > 4, x_1 i y_2, C:\ruta\fitxer, 10:30:00, a/b, #etiqueta.

«Cita» – amb un guió – i — una ratlla —, l·l, 5 %, 1.ª, 2n, §5, 39° 34′, R&D, AT&T, [sic], [1], [...], (vegeu a sota).

– Una ratlla al principi d'un paràgraf, i prou.

a) Una lletra sola.

1.- Un punt sol.

- un [x](https://a.cat), com ara obres@example.com o https://example.org/x
- a) dos
- 3) tres

1) u
2) dos

| a | b \| c |
|---|:-:|
| 1 | `x|y` |

Inici | Contacte | Mapa
i prou.

Un | dos
tres | quatre | cinc.

<details>
<summary>Com</summary>
<p>Un <b>dos <i>tres</i></b>.

</details>

> Una citació • amb un punt.

Termini
: Tres mesos.

Una nota[^1] i [una guia][g], [g].

    codi • sagnat {{ x }} [[y]] pal∙

```
• [x](a b) ##x {: .y} www.vila.cat
```

\*\*no\*\* \[x\](a b) \#x \| a \| b

Signatura: ____________ Data: __________

Entre $5 and $6, 5$ i 6$, de $5-$6, US$5_000 o US$6, $5 (preu_base) i el resta $, $ i $, $$ o $$.
El fitxer $HOME/a_b i $HOME/c_d, ${nom}_${any}, $a_$b, `$m^2$`, \$n\$ i £5^1.

H~2~O i 50 ~ 60, C++ i C++, a == b == c, ^ i ^.

Preu** i cost*, 3 `` ` `` i ~~~.

**Preu sense IVA.

*Cost total.

~~~
tancat
~~~

Emoji 👩‍💻 👨‍👩‍👧, àrab ‏مرحبا‏, rus Привет, japonès テスト・テスト, kΩ i µm.

Mireu local.lloc.cat/sol.licitud i sol.licitud@a.b, el 5.lloc, Sr.Llull i la (b) també.

#PalmaSolidària és l'etiqueta, i #Palma també.

[^1]: Peu.

[g]: https://vila.cat/guia

[//]: # (Una nota per a qui edita.)
"""


def test_good_text_is_left_alone() -> None:
    """Signs that mean themselves, and everything that did become markup."""
    found = in_text(GOOD.replace(" pal∙", "").replace("`x|y`", "`x` y"))
    assert [(p.line, p.code, dict(p.values)) for p in found] == []


def test_good_fields_are_left_alone() -> None:
    """Comments on lines of their own, and behind what is no text for readers."""
    fields = """---
# Una nota
title: 'C# i F#: "cometes"'
# summary: res
summary: >-
  Una # dins un text plegat, 5 < 6, R&D i l'«Avís» de «Palma».
date: 2026-11-10 # el dia
topics:
  - obres # les obres
changes:
  # fet
  - {date: 2026-11-10, text: "Nou #3"} # comentari
---
"""
    assert problems(fields) == []


def test_pasted_text_is_not_told_a_thousand_times() -> None:
    """Who gets a hundred has enough to do."""
    assert len(in_text("a **b **\n\n" * 1000)) <= 100


@given(
    st.lists(
        st.sampled_from(
            [
                *"[](){}|*_~=^#!<>:&\\\n\n -•–1.a)\t\u00a0´·é@",
                *("](", "**", "http://", "www.a.b", "[^1]", ":::", "---", "[!NOTE]", "&amp;"),
            ]
        ),
        max_size=60,
    ).map("".join)
)
def test_any_signs_are_survived(body: str) -> None:
    """Whatever is typed: places are in the file, and remedies can be applied."""
    text = f"{HEAD}---\n{body}\n"
    lines = text.split("\n")
    for problem in problems(text):
        assert problem.line <= len(lines)
        if problem.fix:
            last = problem.line + problem.fix[0].count("\n")
            assert problem.fix[0] in "\n".join(lines[problem.line - 1 : last])
