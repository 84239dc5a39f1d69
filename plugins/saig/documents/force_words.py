"""A norm's state in a few words, in the grammatical gender of its name."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ..catalogue.provisions import ProvisionNames
from ..catalogue.validity import State
from ..packs.law import NormType, said_exactly
from ..words import Translator

MASCULINE = ("article", "annex")
"""Kinds of provision whose names are masculine; the others are a ``disposició``."""


def is_feminine(kind: NormType | None, lang: str) -> bool:
    """Whether names of norms of this type are feminine in a language."""
    return kind is not None and said_exactly(kind.gender, lang) == "f"


def is_feminine_provision(names: ProvisionNames, provisions: Sequence[str]) -> bool:
    """Whether provisions are feminine: a ``disposició``, not an ``article`` or ``annex``."""
    return any(keys and keys[0][0] not in MASCULINE for keys in names.of(provisions))


def norm_words(words: Translator, state: State, kind: NormType | None) -> str:
    """A norm's state in a few words, never empty. A judgment is not in force: it has effects."""
    if kind and kind.is_judgment:
        judged = {
            "in-force": words.gettext("has effects"),
            "not-yet-in-force": words.gettext("has no effects yet"),
        }
        if said := judged.get(state.word):
            return said
    if state.word == "unknown":
        return words.gettext("force not known")
    return force_words(words, state, feminine=is_feminine(kind, words.lang))


def force_mark(words: Translator, state: State, *, feminine: bool) -> str:
    """HTML to follow a name; empty if the norm is in force, or that is not known."""
    if state.word in ("in-force", "partly-in-force", "unknown"):
        return ""
    said = force_words(words, state, feminine=feminine)
    return f' <span class="norm-state">({escape(said)})</span>'


def force_words(words: Translator, state: State, *, feminine: bool) -> str:
    """The state in a word or two, with the reason: ``derogat``, ``derogada``. Empty if unknown."""
    if state.word == "partly-in-force":
        return {
            "annulled": words.gettext("in force, with annulled provisions"),
            "annulled-and-repealed": words.gettext(
                "in force, with annulled and repealed provisions"
            ),
            "expired": words.gettext("in force, with provisions whose time is over"),
            "suspended": words.gettext("in force, with suspended provisions"),
        }.get(state.reason or "", words.gettext("in force, with repealed provisions"))
    if feminine:
        of_reason = {
            "repealed": words.pgettext("feminine", "repealed"),
            "removed": words.pgettext("feminine", "removed"),
            "annulled": words.pgettext("feminine", "annulled"),
            "expired": words.pgettext("feminine", "expired"),
            "not-validated": words.pgettext("feminine", "not validated"),
        }
        of_state = {
            "not-yet-in-force": words.pgettext("feminine", "not yet in force"),
            "in-force": words.pgettext("feminine", "in force"),
            "suspended": words.pgettext("feminine", "suspended"),
            "no-longer-in-force": words.pgettext("feminine", "no longer in force"),
        }
    else:
        of_reason = {
            "repealed": words.pgettext("masculine", "repealed"),
            "removed": words.pgettext("masculine", "removed"),
            "annulled": words.pgettext("masculine", "annulled"),
            "expired": words.pgettext("masculine", "expired"),
            "not-validated": words.pgettext("masculine", "not validated"),
        }
        of_state = {
            "not-yet-in-force": words.pgettext("masculine", "not yet in force"),
            "in-force": words.pgettext("masculine", "in force"),
            "suspended": words.pgettext("masculine", "suspended"),
            "no-longer-in-force": words.pgettext("masculine", "no longer in force"),
        }
    return of_reason.get(state.reason or "") or of_state.get(state.word, "")


def done_words(words: Translator, relation: str, provisions: Sequence[str]) -> str:
    """What is done to a norm, as an event; empty if nothing changes. Provisions that are named are
    repealed entirely, not in part."""
    if relation == "develops":
        return ""
    return happened_words(words)[
        "repeals" if relation == "repeals-part" and provisions else relation
    ]


def happened_words(words: Translator) -> dict[str, str]:
    """Relation -> what it does to a norm, as an event."""
    _ = words.gettext
    return {
        "amends": _("Amendment"),
        "adds": _("Addition"),
        "removes": _("Removal"),
        "repeals": _("Repeal"),
        "repeals-part": _("Repeal in part"),
        "annuls": _("Annulment"),
        "suspends": _("Suspension"),
        "lifts": _("Lifting of the suspension"),
        "prorogues": _("Prolongation"),
        "develops": _("Development"),
        "validates": _("Validation"),
        "corrects": _("Correction"),
        "continues": _("Continuation"),
        "challenges": _("Challenge"),
        "bill": _("Passage as a bill"),
    }
