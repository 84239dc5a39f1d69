"""What pages say by the packs of a site: names of types and gazettes, and what the law asks to say."""

from __future__ import annotations

from pathlib import Path

from project import REPOSITORY
from saig.documents.codes import codes
from saig.documents.site import legal_notices
from saig.notes.read import read_site
from saig.notes.site import Site
from saig.packs.load import law
from saig.words import Translator

CATALAN = Translator.of(REPOSITORY / "theme/translations", "ca")
SPANISH = Translator.of(REPOSITORY / "theme/translations", "es")
SITE = (REPOSITORY / "content" / "site.yaml").read_text("utf-8").replace("law: [es-ib]", "#")


def site(folder: Path, more: str) -> Site:
    content = folder / "content"
    content.mkdir()
    (content / "site.yaml").write_text(f"{SITE}{more}")
    found = read_site(content).site
    assert found
    return found


def test_a_type_is_called_as_its_own_jurisdiction_has_it() -> None:
    """``reg`` is the Union's: a Regulation of a town in Portugal is not."""
    found = law(("pt", "es-ib"))
    union, state, town = (
        found.type_of(*one) for one in (("reg", "eu"), ("l", "es"), ("reg", "pt"))
    )
    assert union and union.name["ca"] == "Reglament de la Unió Europea"
    assert state and found.type_of("l", "es-ib") is state
    assert town is None and found.type_of("lei", "es") is None
    assert found.type_of("l", "es-pv") is state


def test_a_gender_is_of_a_language() -> None:
    """*Interlocutòria* and *auto* are one type."""
    order = law(("es",)).type_of("atc", "es")
    assert order and (order.gender["ca"], order.gender["es"]) == ("f", "m")


def test_gazettes_have_names_in_the_pages_language() -> None:
    words = codes(CATALAN, law(("es-ib",)))["gazettes"]
    assert words["BOIB"] == {"name": "Butlletí Oficial de les Illes Balears", "short": "BOIB"}
    basque = law(("es-pv",)).gazettes["BOPV"]
    assert (basque.short["eu"], basque.short["es"]) == ("EHAA", "BOPV")


def test_a_decree_that_was_not_converted_is_told_as_its_country_tells_it() -> None:
    of_italy, of_spain = (codes(SPANISH, law((name,)))["events"] for name in ("it", "es"))
    assert of_italy["not-validated"].startswith("Sin efecto desde el comienzo")
    assert of_spain["not-validated"] == SPANISH.gettext("Without effect: it was not validated")


def test_which_law_citizens_are_told(tmp_path: Path) -> None:
    """That of the pack, or of the site itself; none where neither says one."""
    for number, (more, said) in enumerate(
        (
            ("law: [es-ib]\n", "Llei 39/2015"),
            ("law: [pt]\n", None),
            ("law: []\nchannel_choice: {ca: Podeu triar., es: Puede elegir.}\n", "Podeu triar."),
            ("law: [es]\nchannel_choice: {ca: Podeu triar., es: Puede elegir.}\n", "Podeu triar."),
        )
    ):
        (folder := tmp_path / str(number)).mkdir()
        found = site(folder, more)
        told = legal_notices(CATALAN, found)["online_choice"]
        assert (told is None) == (said is None) == (not found.has_channel_choice)
        assert said is None or said in (told or "")


def test_a_pack_has_words_of_its_own_for_legal_notices(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "xk.yaml").write_text(
        "name: {en: X}\ntexts: {legal_notices: {norm: {ca: Mirau la Gaseta.}}}\n"
    )
    notices = legal_notices(CATALAN, site(tmp_path, "law: [xk]\n"))
    assert notices["norm"] == "Mirau la Gaseta."
    assert notices["legal_value"] and "gaseta" not in notices["legal_value"].lower()
