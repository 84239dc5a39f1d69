"""Lines by which sites invite their readers to share or print a page; they are no part of its
text."""

from __future__ import annotations

import re

from ..words import N_

LINKS_TO_SHARE = N_("links to share it")

_NETWORKS = (
    "facebook|twitter|x|linkedin|whats ?app|telegram|instagram|pinterest|bluesky|mastodon|threads|tiktok|youtube"
    "|flickr|rss|e-?mail|mail|correu(?: electrònic)?|correo(?: electrónico)?|tuenti|google ?\\+|meneame"
)
_SHARE = (
    "comparteix\\w*|compartir|comparte|compártel\\w*|comparta|comparteu|share|follow us|segueix-nos|síguenos|seguiu-nos"
    "|imprimir|imprimeix|imprimiu|print|tuiteja|tuitear|tweet|envia(?:r)?|copia(?:r)? (?:l'enllaç|enlace)|copy link"
)
_LINE = re.compile(
    rf"(?:(?:{_SHARE})(?: (?:a|en|per|por|al|las?|les?|els?|on|this|the|teves|tus|vostres|sus|xarxes|redes|socials?|sociales"
    rf"|aquesta?|esta|este|page|pàgina|página|notícia|noticia|with|amb|con|via|{_NETWORKS}))*[!.:]*|(?:{_NETWORKS}))",
    re.IGNORECASE,
)


def is_share_line(text: str) -> bool:
    """``Comparteix a les teves xarxes!``, ``Facebook``."""
    words = " ".join(text.split())
    if len(words) > 120:
        return False
    return bool(words) and all(
        _LINE.fullmatch(part.strip()) for part in re.split(r"[|·•/,]", words) if part.strip()
    )
