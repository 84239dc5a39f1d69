"""What norms do to each other, as their documents say it: by an acting norm or an act without
note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..catalogue.effects import Effect
from ..notes.day_types import UNKNOWN
from ..notes.local_name import every_name
from ..notes.norm_fields import OutsideAct, Publication, Relation
from ..packs.law import Law
from .common import DocumentBuilder, iso
from .provision_words import in_a_row, provision_words, provisions_lang


def official_first(
    law: Law, published: Sequence[Publication], jurisdiction: str | None = None
) -> list[Publication]:
    """The places of a text in gazettes: first the gazettes of the norm's jurisdiction, or of the
    site's if that is not known."""
    whose = jurisdiction or law.last
    return sorted(
        published,
        key=lambda place: (
            not any(law.is_official(name, whose) for name in every_name(place.gazette))
        ),
    )


def act_of(builder: DocumentBuilder, relation: Relation | OutsideAct) -> dict[str, Any] | None:
    """The act without note that has an effect; None if a norm with a note has it."""
    if isinstance(relation, Relation):
        return None
    places = relation.published_in
    return {
        **builder.said("title", relation.by),
        "date": iso(relation.date),
        "url": relation.url
        or next((place.url for place in official_first(builder.law, places) if place.url), None),
        "published_in": builder.plains(places),
    }


def acting(builder: DocumentBuilder, effect: Effect | None) -> dict[str, Any]:
    """Who acts: a norm with a note, or an act without one; neither without an effect."""
    if effect is None:
        return {"norm": None, "act": None}
    return {
        "norm": builder.ref(builder.catalogue.norm(effect.by)) if effect.by else None,
        "act": act_of(builder, effect.relation),
    }


def deed(builder: DocumentBuilder, relation: Relation | OutsideAct) -> dict[str, Any]:
    """What a relation does, without the acting norm, the other norm and the day."""
    provisions = provision_words(relation.provisions, builder.lang)
    return {
        "type": relation.type,
        "provisions": provisions,
        "provisions_lang": provisions_lang(relation.provisions, builder.lang),
        "provisions_said": in_a_row(provisions) or None,
        "from_unknown": relation.from_ == UNKNOWN,
        "until": iso(relation.until),
        **builder.said("text", relation.text),
    }


def deeds(builder: DocumentBuilder, effects: Iterable[Effect]) -> list[dict[str, Any]]:
    """What effects do to a norm, as ``deed``, but with the last day of the effect, which may be that
    of the acting norm."""
    return [
        {
            **deed(builder, effect.relation),
            "from_unknown": effect.is_without_a_day,
            "until": iso(effect.ends),
        }
        for effect in effects
    ]


def done_by(builder: DocumentBuilder, effect: Effect | None) -> dict[str, Any]:
    """Who acts, and what is done."""
    named = effect.relation.provisions if effect else []
    return {
        **acting(builder, effect),
        "provisions": provision_words(named, builder.lang),
        "provisions_lang": provisions_lang(named, builder.lang),
    }


def by_provision(builder: DocumentBuilder, passive: Sequence[Effect]) -> list[dict[str, Any]]:
    """What was done to each provision, by provision, then by time. Different names of a provision
    are merged."""
    done: dict[Any, list[Effect]] = {}
    names: dict[Any, str] = {}
    for effect in passive:
        for provision, keys in zip(effect.relation.provisions, effect.understood, strict=True):
            known = keys or provision
            names.setdefault(known, provision)
            effects = done.setdefault(known, [])
            if effect not in effects:
                effects.append(effect)
    found = {names[known]: effects for known, effects in done.items()}
    return [
        {
            "provision": provision_words([provision], builder.lang)[0],
            "provision_lang": provisions_lang([provision], builder.lang),
            "done": [_done(builder, effect) for effect in found[provision] if effect.by],
            "acts": [_done(builder, effect) for effect in found[provision] if not effect.by],
        }
        for provision in builder.catalogue.provision_names.in_order(found)
    ]


def _done(builder: DocumentBuilder, effect: Effect) -> dict[str, Any]:
    who = done_by(builder, effect)
    return {
        "type": effect.relation.type,
        **({"norm": who["norm"]} if effect.by else {"act": who["act"]}),
        "known_from": iso(effect.begins or effect.made),
        "from": iso(effect.begins),
        "from_unknown": effect.is_without_a_day,
        "until": iso(effect.ends),
    }
