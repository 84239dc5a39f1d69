"""``saig citations``: the forms in which norms are cited, and what only looks like one."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import warm
from project import REPOSITORY, SECONDS

IB, ES, EU = "es-ib", "es", "eu"

# Text; then for each citation: type, number, date, provisions.
CITED: list[tuple[str, list[tuple[str, str | None, str | None, list[str]]]]] = [
    ("Decret llei 8/2020, de 13 de maig, de mesures urgents", [("dl", "8", "2020-05-13", [])]),
    ("Decreto-ley 8/2020, de 13 de mayo", [("dl", "8", "2020-05-13", [])]),
    ("el Reial decret llei 8/2020, de 17 de març", [("rdl", "8", "2020-03-17", [])]),
    ("Llei 39/2015, d’1 d’octubre", [("l", "39", "2015-10-01", [])]),
    ("art. 5.2 de la Llei 12/2017", [("l", "12", None, ["art. 5.2"])]),
    ("RD Legislatiu 7/2015, de 30 d'octubre", [("rdlg", "7", "2015-10-30", [])]),
    ("Decret llei 8/2020 i 9/2020", [("dl", "8", None, []), ("dl", "9", None, [])]),
    (
        "les lleis 39/2015 i 40/2015, d'1 d'octubre",
        [("l", "39", "2015-10-01", []), ("l", "40", "2015-10-01", [])],
    ),
    (
        "la Llei 12/2017, de 29 de desembre, i la Llei 5/2018, de 19 de juny",
        [("l", "12", "2017-12-29", []), ("l", "5", "2018-06-19", [])],
    ),
    (
        "Decret\u00a0llei\u00a08/2020,\u00a0de\u00a013\u00a0de\u00a0maig",
        [("dl", "8", "2020-05-13", [])],
    ),
    ("Decret\nllei 8/2020", [("dl", "8", None, [])]),
    ("DECRET LLEI 8/2020", [("dl", "8", None, [])]),
    ("Decret-\u00adllei 8/2020", [("dl", "8", None, [])]),
    ("Decret Llei 8/2020, 13 de maig", [("dl", "8", "2020-05-13", [])]),
    ("Ley de 10/2019, de 22 de febrero", [("l", "10", "2019-02-22", [])]),
    ("Ley 8/1987, de día 1 de abril", [("l", "8", "1987-04-01", [])]),
    ("Ley 6/ 1997", [("l", "6", None, [])]),
    ("Law 10/90 (23 October)", [("l", "10", "1990-10-23", [])]),
    ("Decree-law 8/2020 of 13 May", [("dl", "8", "2020-05-13", [])]),
    (
        "Llei 2/2020, de 15 d'octubre (BOIB núm. 180, de 20/10/2020)",
        [("l", "2", "2020-10-15", [])],
    ),
    ("Reglament (UE) 2016/679", [("reg", "679", None, [])]),
    ("Directiva 2006/123/CE", [("dir", "123", None, [])]),
    ("LO 3/2018, de 5 de desembre", [("lo", "3", "2018-12-05", [])]),
    ("Orden TED/1234/2023, de 3 de noviembre", [("o", "TED/1234", "2023-11-03", [])]),
    (
        "disposició addicional novena de la Llei 12/2017",
        [("l", "12", None, ["disposició addicional novena"])],
    ),
    ("articles 35 a 48 de la Llei 7/2013", [("l", "7", None, ["articles 35 a 48"])]),
    (
        "[Decret llei 8/2020](https://www.boe.es/eli/es-ib/dl/2020/05/13/8)",
        [("dl", "8", None, [])],
    ),
    ("expedient 8/2020", []),
    ("acord 3/2021 de la Junta de Govern", []),
    ("curs 2020/2021; 24/7; 3/4 parts; 13/05/2020", []),
    ("projecte de llei 8/2020; proposició no de llei 5/2017; avantprojecte de llei 3/2024", []),
    ("Decret de Batlia 123/2019", []),
    ("Jutjat núm. 2, rotlle 12/2019; telèfon 971 22 59 00", []),
    ("`Llei 12/2017` i https://example.org/llei/12/2017", []),
    ("un rd 8/2020 i un dl 8/2020 en minúscules", []),
]


RESOLVED = [
    ("Decret llei 8/2020", "decret-llei-8-2020", "default"),
    ("Decret llei 8/2020, de 13 de maig", "decret-llei-8-2020", "date"),
    ("Decret llei 8/2020, de 24 de març", None, "contradiction"),
    ("Reial decret llei 8/2020", "reial-decret-llei-8-2020", "issuer"),
    ("Decret llei 8/2020, de mesures a Catalunya", None, "unknown"),
    ("RDL 7/2015, de 30 d'octubre", "reial-decret-legislatiu-7-2015", "issuer"),
    ("Llei 99/2020", None, "unknown"),
]
"""Text of one citation, the shipped norm that it is, and why."""


def cited_in(text: str) -> list[dict[str, Any]]:
    """What the command says of a text, which reads it from a pipe."""
    done = subprocess.run(
        [str(warm.programs() / "saig"), "citations"],
        input=text.encode(),
        cwd=REPOSITORY,
        env=warm.surroundings({}),
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.fixture(scope="module")
def found() -> dict[str, list[dict[str, Any]]]:
    """All the texts in one run, far enough from each other not to meet."""
    gap = "\n\n" + "—. " * 150 + "\n\n"
    texts = list(dict.fromkeys(case[0] for case in (*CITED, *RESOLVED)))
    whole, places = "", {}
    for text in texts:
        places[text] = len(whole)
        whole += text + gap
    result: dict[str, list[dict[str, Any]]] = {text: [] for text in texts}
    for citation in cited_in(whole):
        assert whole[citation["start"] : citation["end"]] == citation["text"]
        text = max((t for t in places if places[t] <= citation["start"]), key=places.__getitem__)
        result[text].append(citation)
    return result


@pytest.mark.parametrize(("text", "expected"), CITED, ids=[text[:40] for text, _ in CITED])
def test_citation_is_read(
    text: str, expected: list[tuple[str, str | None, str | None, list[str]]], found: Any
) -> None:
    """Type, number, date and provisions of each, and its place in the text as it was typed."""
    assert [(c["type"], c["number"], c["date"], c["provisions"]) for c in found[text]] == expected


@pytest.mark.parametrize(("text", "norm", "reason"), RESOLVED)
def test_citation_is_resolved_or_left(text: str, norm: str | None, reason: str, found: Any) -> None:
    """Issuer, then date, then the site's default unless the date contradicts; never a guess."""
    (citation,) = found[text]
    assert (citation["norm"], citation["reason"]) == (norm, reason)


def test_packs_are_named_outside_a_project(tmp_path: Path) -> None:
    """Elsewhere it must be told by whose forms a text cites; one that no pack has is told."""
    text = "la Llei 12/2017"
    lost = run(tmp_path, text)
    assert (lost.returncode, "--law" in lost.stderr) == (1, True)
    wrong = run(tmp_path, text, "--law", "es-xx")
    assert (wrong.returncode, "es-xx" in wrong.stderr, "es-ib" in wrong.stderr) == (1, True, True)
    (found,) = map(json.loads, run(tmp_path, text, "--law", "es-ib").stdout.splitlines())
    assert (found["type"], found["number"], found["year"]) == ("l", "12", 2017)


def run(folder: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    """The command in a folder, with a text at its standard input."""
    return subprocess.run(
        [str(warm.programs() / "saig"), "citations", *options],
        input=text,
        cwd=folder,
        env=warm.surroundings({}),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
