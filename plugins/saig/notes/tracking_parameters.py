"""Parameters of addresses that tell another server where its reader came from. They are copied with
an address from a newsletter or a social network; the page is the same without them."""

from __future__ import annotations

import re
from bisect import bisect_right

from ..regexes import regex
from ..words import N_
from .problem import FieldProblem

_NAMES = (
    "utm_[a-z_]+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|"
    "li_fat_id|mc_cid|mc_eid|mkt_tok|_ga|_gl|_gac|_hsenc|_hsmi|hsctatracking|oly_anon_id|oly_enc_id|"
    "vero_id|wickedid|rb_clickid|ref_src|ref_url|xtor|pk_(?:campaign|kwd|source|medium)|"
    "mtm_[a-z_]+|piwik_(?:campaign|kwd)|epik|srsltid|cmpid|s_kwcid|gad_source|fb_(?:action_ids|source)"
)
_PARAMETER = regex(rf"(?:{_NAMES})(?:=[^&#]*)?", re.IGNORECASE)
_LOOK = regex(rf"[?&#;](?:{_NAMES})=", re.IGNORECASE)
_ADDRESS = regex(r"(?:https?://|www\.)[^\s<>\"'`|\]\\]{3,2000}", re.IGNORECASE)
_MOST = 50


def tracking_parameters(text: str) -> list[FieldProblem]:
    """Those of a whole file, in its fields and its text."""
    if "=" not in text or not _LOOK.search(text):
        return []
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    found = []
    for match in _ADDRESS.finditer(text):
        address = _without_bracket(match[0])
        cleaned = clean(address)
        if cleaned != address:
            line = bisect_right(starts, match.start()) - 1
            found.append(
                FieldProblem(
                    (line + 1, match.start() - starts[line] + 1),
                    "tracking-link",
                    N_("this address tells the other site where its reader comes from"),
                    N_("write it without that: %(clean)s"),
                    {"clean": cleaned[:300]},
                    (address, cleaned),
                )
            )
    return found[:_MOST]


def clean(address: str) -> str:
    """An address without the parameters that only track readers."""
    rest, hash_, fragment = address.partition("#")
    page, mark, query = rest.partition("?")
    if mark:
        sign = "&amp;" if "&amp;" in query else "&"
        kept = [part for part in query.split(sign) if not _PARAMETER.fullmatch(part)]
        rest = page + ("?" + sign.join(kept) if kept else "")
    if hash_:
        kept = [part for part in fragment.split("&") if not _PARAMETER.fullmatch(part)]
        fragment = "&".join(kept)
        rest += f"#{fragment}" if fragment else ""
    return rest


def _without_bracket(address: str) -> str:
    """Of a link's address, what stands before the bracket that closes it."""
    depth = 0
    for at, sign in enumerate(address):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            address = address[:at]
            break
    return address.rstrip(".,;:!?)}")
