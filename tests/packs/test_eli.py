"""ELI addresses of any gazette: what packs read in them, and which name one norm."""

from __future__ import annotations

import pytest
from saig.notes.files import Source
from saig.notes.norm_fields import identity
from saig.notes.read import read_note
from saig.packs.eli import ELI
from saig.packs.load import law

ES = law(("es-ib",))

ADDRESSES = [
    "http://data.europa.eu/eli/reg/2016/679/oj",
    "http://data.europa.eu/eli/dir/2006/123/oj/spa/pdf",
    "https://www.legifrance.gouv.fr/eli/loi/2016/10/7/ECFI1524250L/jo/texte",
    "https://www.gazzettaufficiale.it/eli/id/2020/03/17/20G00034/sg",
    "https://www.irishstatutebook.ie/eli/2020/act/1/enacted/en/html",
    "https://data.dre.pt/eli/dec-lei/10-A/2020/03/13/p/dre",
    "http://data.legilux.public.lu/eli/etat/leg/loi/2019/08/01/a546/jo",
    "https://www.recht.bund.de/eli/bund/bgbl-1/2023/1",
    "https://www.retsinformation.dk/eli/lta/2018/502",
    "https://www.boe.es/eli/es-ib/dl/2020/05/13/8",
    "https://www.boe.es/eli/es/l/2015/10/01/39/con",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_any_eli_is_accepted(address: str) -> None:
    """Whoever publishes it, by http too: it is a name."""
    source = Source("content/norms/x.md", "norm", "x", "ca", True)
    text = f"---\ntitle: X\nsummary: Una.\ndate: 2020-01-01\neli: {address}\n"
    text += f"relations: [{{type: develops, norm: {address}}}]\n---\nText.\n"
    reading = read_note(source, text.encode(), ["ca"])
    assert reading.problems == []
    assert reading.note and reading.note.fields.eli == address  # type: ignore[union-attr]
    assert ELI.fullmatch(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.boe.es/buscar/act.php?id=BOE-A-2020-8011",
        "ftp://data.europa.eu/eli/reg/2016/679",
        "https://www.boe.es/eli/",
        "eli/es/l/2015/10/01/39",
    ],
)
def test_what_is_no_eli(address: str) -> None:
    assert not ELI.fullmatch(address)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://www.boe.es/eli/es-ib/dl/2020/05/13/8", "es-ib dl 8 2020 2020-05-13"),
        ("https://www.boe.es/eli/es-ib/dl/2020/05/13/8/con/20201210", "es-ib dl 8 2020 2020-05-13"),
        ("http://www.caib.es/boib/eli/es-ib/l/2017/12/29/12/dof/cat", "es-ib l 12 2017 2017-12-29"),
        ("https://www.boe.es/eli/es/o/2019/02/07/(1)", "es o 1 2019 2019-02-07"),
        ("http://data.europa.eu/eli/reg/2016/679/oj", "eu reg 679 2016 None"),
        ("http://data.europa.eu/eli/reg_impl/2019/1780/oj", "eu reg 1780 2019 None"),
        ("https://eur-lex.europa.eu/eli/dir/2006/123/oj/spa", "eu dir 123 2006 None"),
        ("https://www.boe.es/eli/8", "None None None None None"),
    ],
)
def test_what_an_address_says(address: str, said: str) -> None:
    parts = ES.eli_parts(address)
    names = ("jurisdiction", "type", "number", "year", "date_document")
    assert " ".join(str(parts.get(name)) for name in names) == said


@pytest.mark.parametrize(
    ("pack", "address", "said"),
    [
        (
            "pt",
            "https://data.dre.pt/eli/dec-lei/10-A/2020/03/13/p/dre",
            "pt dec-lei 10-A 2020 2020-03-13",
        ),
        (
            "pt",
            "http://data.dre.pt/eli/lei/26/2006/06/30/p/dre/pt/html",
            "pt lei 26 2006 2006-06-30",
        ),
        (
            "pt",
            "https://data.dre.pt/eli/declegreg/3/2024/02/08/m/dre/pt/pdf",
            "pt-30 declegreg 3 2024 2024-02-08",
        ),
        (
            "pt",
            "https://data.dre.pt/eli/dec-lei/47344/1966/p/cons/20260623/pt/html",
            "pt dec-lei 47344 1966 None",
        ),
        (
            "fr",
            "https://www.legifrance.gouv.fr/eli/loi/2016/10/7/2016-1321/jo/texte",
            "fr loi 1321 2016 2016-10-07",
        ),
        (
            "fr",
            "https://www.legifrance.gouv.fr/eli/loi/2015/12/28/PRMX1515110L/jo/texte",
            "fr loi None 2015 2015-12-28",
        ),
        (
            "fr",
            "https://www.legifrance.gouv.fr/eli/decret/2020/12/30/2020-1789/jo/article_3",
            "fr decret 1789 2020 2020-12-30",
        ),
        (
            "it",
            "https://www.gazzettaufficiale.it/eli/id/2020/03/17/20G00034/sg",
            "it None None None None",
        ),
        ("it", "https://www.normattiva.it/eli/id/1986/12/31/086U0917", "it None None None None"),
        ("de", "https://www.recht.bund.de/eli/bund/bgbl-1/2024/23", "de None None None None"),
        (
            "ie",
            "https://www.irishstatutebook.ie/eli/2017/act/39/enacted/en/html",
            "ie act 39 2017 None",
        ),
        ("ie", "https://www.irishstatutebook.ie/eli/2023/si/636/made/en", "ie si 636 2023 None"),
        (
            "ie",
            "https://www.irishstatutebook.ie/eli/2014/act/38/section/291/enacted/en/html",
            "ie act 38 2014 None",
        ),
    ],
)
def test_what_addresses_of_other_countries_say(pack: str, address: str, said: str) -> None:
    """As https://eur-lex.europa.eu/eli-register/ has the patterns of each country."""
    parts = law((pack,)).eli_parts(address)
    names = ("jurisdiction", "type", "number", "year", "date_document")
    assert " ".join(str(parts.get(name)) for name in names) == said


def test_what_is_stated_stands_beside_what_an_address_says() -> None:
    """The Union's does not say the day."""
    source = Source("content/norms/x.md", "norm", "x", "ca", True)
    text = "---\ntitle: X\nsummary: Una.\ndate: 2020-01-01\n%s---\nText.\n"
    eli = "eli: http://data.europa.eu/eli/reg/2016/679/oj\n"
    reading = read_note(source, (text % f"{eli}date_document: 2016-04-27\n").encode(), ["ca"], ES)
    assert reading.note
    assert list(identity(reading.note.fields).values())[:5] == [  # type: ignore[arg-type]
        *("reg", "679", 2016, "eu", "2016-04-27")
    ]
    reading = read_note(source, (text % f"{eli}number: 680\n").encode(), ["ca"], ES)
    assert [problem.code for problem in reading.problems] == ["bad-value"]


def test_one_norm_has_many_addresses() -> None:
    one = ES.eli_key("https://www.boe.es/eli/es/l/2015/10/01/39")
    assert ES.eli_key("http://www.boe.es/eli/es/l/2015/10/01/39/con/20201231") == one
    assert ES.eli_key("https://www.boe.es/eli/es/l/2015/10/01/40") != one
    assert ES.eli_key(one) == one


def test_where_the_text_with_all_changes_is() -> None:
    assert (
        ES.consolidated("https://www.boe.es/eli/es/l/2015/10/01/39/dof/spa")
        == "https://www.boe.es/eli/es/l/2015/10/01/39/con"
    )
    assert ES.consolidated("https://www.caib.es/boib/eli/es-ib/l/2017/12/29/12") is None
    assert ES.consolidated("http://data.europa.eu/eli/reg/2016/679/oj") is None
