"""Signs within the lines of a text that were meant as markup; see ``literal_markup``.

Repetition is bounded everywhere: a hostile note may be one long line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from ..regexes import regex
from ..words import N_
from .literal_markup import BLANK, HEADING, LiteralFinding


@dataclass(frozen=True)
class Rule:
    """``sign``: a string that the text must have for the pattern to match, for a fast test."""

    sign: str
    pattern: re.Pattern[str]
    found: Callable[[re.Match[str]], LiteralFinding | None]


def sign_findings(text: str) -> Iterator[LiteralFinding]:
    """Signs in the lines of a text that were meant as markup, but are shown as typed."""
    present = {character for character in _SIGN_STARTS if character in text}
    for rule in RULES:
        if rule.sign[0] in present and rule.sign in text:
            for match in rule.pattern.finditer(text):
                if found := rule.found(match):
                    yield found


# -- links ----------------------------------------------------------------------------------------

_SPACES = N_("put an address with spaces between < and >, or write %%20 for each space")
_BRACKETS = N_(
    "a link is [text](address): a closing bracket, then the address between round brackets at once"
)
_TITLE = regex(r'^(.*?)(\s+"[^"]*")$')
_ADDRESS = regex(r"[/.#:@]")


def _link(match: re.Match[str]) -> LiteralFinding | None:
    text, target = match.string, match["target"].strip()
    if not target or not _ADDRESS.search(target):
        return None
    if target.startswith("{"):
        return LiteralFinding(match.start(), match.end(), _ELSEWHERE)
    start = text.rfind("[", max(0, match.start() - 300), match.start())
    if start < 0 or text.find("\n", start, match.start()) >= 0:
        start = match.start()
    elif text[start - 1 : start] == "!":
        start -= 1
    title = _TITLE.match(target)
    address, rest = (title[1], title[2]) if title else (target, "")
    new: str | None = None
    if " " in address and not re.search(r"[<>\0]", address):
        has_scheme = re.match(r"[a-z][a-z0-9+.-]*:", address)
        written = address.replace(" ", "%20") if has_scheme else f"<{address}>"
        new = f"{text[start : match.start()]}]({written}{rest})"
    return LiteralFinding(start, match.end(), _SPACES if new else _BRACKETS, new)


def _apart(match: re.Match[str]) -> LiteralFinding:
    return LiteralFinding(match.start(), match.end(), _BRACKETS, f"[{match[1]}]({match[2]})")


def _file_apart(match: re.Match[str]) -> LiteralFinding:
    new = f"{match[1]}[{match[2]}]({match[3]})"
    return LiteralFinding(match.start(), match.end(), _BRACKETS, new)


def _undefined(match: re.Match[str]) -> LiteralFinding | None:
    text, name = match[1], match[2] or match[1]
    if text.isdigit() or BLANK in name:
        return None
    return LiteralFinding(
        match.start(),
        match.end(),
        N_("add a line [%(name)s]: address, or write the address here: [text](address)"),
        code="undefined-reference",
        message=N_("nothing says where [%(name)s] leads, so readers see the brackets"),
        values={"name": name[:60]},
    )


def _footnote(match: re.Match[str]) -> LiteralFinding:
    return LiteralFinding(
        match.start(),
        match.end(),
        N_("add a line [^%(name)s]: with the text of the note, after an empty line"),
        code="undefined-reference",
        message=N_("there is no footnote [^%(name)s], so readers see the brackets"),
        values={"name": match[1][:60]},
    )


def _definition(match: re.Match[str]) -> LiteralFinding:
    address = match[2].strip()
    new = f"[{match[1]}]: <{address}>" if " " in address and "<" not in address else None
    return LiteralFinding(match.start(1) - 1, match.end(), _SPACES, new)


def _wiki(match: re.Match[str]) -> LiteralFinding:
    return LiteralFinding(match.start(), match.end(), N_("a link is [text](address)"))


_HOST = r"(?:[\w-]{1,63}\.){1,8}[^\W\d]{2,24}"
MAILBOX = rf"[\w+-][\w.+-]{{0,63}}@{_HOST}"
"""What looks like one in a text."""

_END = ".,;:!?'\"”’»)]}*_…"


_EXAMPLE = regex(r"(?:[@/.]|^)example\.(?:com|org|net)\b|//localhost\b")


def _bare(match: re.Match[str]) -> LiteralFinding | None:
    text, address = match.string, match[0].rstrip(_END)
    start, end = match.start(), match.start() + len(address)
    if "(" in address and text[end : end + 1] == ")":
        address, end = address + ")", end + 1
    if text[end : end + 1] == BLANK or _EXAMPLE.search(address):
        return None  # a form of addresses, which goes on in code, or an example of one
    if "@" in address and "://" not in address:
        box = address.removeprefix("mailto:")
        # Between < and > CommonMark takes no mailbox whose server has accents.
        new = link = f"<{box}>" if box.isascii() else f"[{box}](mailto:{box})"
    elif address.startswith("http:"):
        new, link = "", f"<https:{address[5:]}>"
    elif "://" in address:
        new = link = f"<{address}>"
    else:
        new = link = f"[{address}](https://{address})"
    if text[start - 1 : start] == "<" and text[end : end + 1] == ">":
        start, end = start - 1, end + 1
    return LiteralFinding(
        start,
        end,
        N_("write it as a link, if it is one: %(link)s"),
        new or None,
        "bare-address",
        N_("readers cannot follow this address: %(address)s"),
        {"address": address[:120], "link": link[:250]},
    )


# -- emphasis -------------------------------------------------------------------------------------

_EDGES = N_("write the signs close to the words, and a space outside of them")


def _emphasis(match: re.Match[str]) -> LiteralFinding | None:
    text, sign, inner = match.string, match["sign"], match["inner"]
    words = inner.strip(" \u00a0\t")
    joined = _is_word(text, match.start() - 1)
    if not words.strip(BLANK) or (inner[0].isspace() and joined):
        return None  # two marks of notes, as in “Preu** i cost**”
    before = " " * (joined and not words[0].isalnum())
    after = " " * _is_word(text, match.end())
    new = f"{before}{sign}{words}{sign}{after}"
    if not any(map(str.isalnum, words.replace(BLANK, "a"))):
        new = words + after
    is_between = inner[0].isspace() and inner[-1].isspace()  # two that were meant
    return LiteralFinding(match.start(), match.end(), _EDGES, None if is_between else new)


def _unclosed(match: re.Match[str]) -> LiteralFinding | None:
    if _has_marks(match.string):
        return None  # the text that belongs to “Preu**”
    return LiteralFinding(match.start(), match.end(), _END_TOO)


_END_TOO = N_("write ** behind the last of these words too, or a backslash before each *")


@lru_cache(maxsize=1)
def _has_marks(text: str) -> bool:
    return re.search(r"\w\*\*(?![\w*])", text) is not None


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isalnum()


def _tagged(tag: str) -> Callable[[re.Match[str]], LiteralFinding]:
    def found(match: re.Match[str]) -> LiteralFinding:
        return LiteralFinding(
            match.start(),
            match.end(),
            N_("write it with the HTML tag <%(tag)s>"),
            f"<{tag}>{match[1]}</{tag}>",
            values={"tag": tag},
        )

    return found


def _wiki_bold(match: re.Match[str]) -> LiteralFinding:
    return LiteralFinding(match.start(), match.end(), _EDGES, f"**{match[1].strip()}**")


def _wiki_heading(match: re.Match[str]) -> LiteralFinding:
    return LiteralFinding(match.start(), match.end(), HEADING, f"## {match[1].strip()}")


# -- other systems --------------------------------------------------------------------------------

_ELSEWHERE = N_("this belongs to another system, and does nothing here: remove it")


def _elsewhere(match: re.Match[str]) -> LiteralFinding:
    return LiteralFinding(match.start(), match.end(), _ELSEWHERE)


def _removed(match: re.Match[str]) -> LiteralFinding:
    return LiteralFinding(match.start(), match.end(), _ELSEWHERE, "")


_TASK = N_("lists have no boxes to tick here: remove the brackets")


def _task(match: re.Match[str]) -> LiteralFinding:
    return LiteralFinding(match.start(1), match.end(1), _TASK, "")


# -- formulas --------------------------------------------------------------------------------------

_FORMULA = N_("formulas are not drawn here: write their signs, as in m² or x ≤ 3, or add an image")
_OF_TEX = regex(r"\\[A-Za-z]{2}|[\^_](?:\{|\w)|^[A-Za-z]$")
_WORDS = regex(r"(?<![\\\w{])[^\W\d_]{3}")
_UNIT = regex(r"([a-zµ]{1,2})\^\{?([23])\}?")


def _formula(match: re.Match[str]) -> LiteralFinding | None:
    """A formula of TeX, but not what stands between two prices, as in “$5 (preu_base) i 6$”."""
    inner = match[2]
    if not _OF_TEX.search(inner) or ("\\" not in inner and _WORDS.search(inner)):
        return None
    unit = _UNIT.fullmatch(inner)
    new = f"{unit[1]}{'²' if unit[2] == '2' else '³'}" if unit else None
    return LiteralFinding(match.start(), match.end(), _FORMULA, new)


# -- entities, backslashes, tags ------------------------------------------------------------------

_SIGN = N_("write the sign itself: %(new)s")


def _entity_twice(match: re.Match[str]) -> LiteralFinding | None:
    entity = f"&{match[1]}"
    sign = unescape(entity)
    if sign == entity:
        return None
    new = entity if sign.isspace() or sign in "<>&" else sign
    return LiteralFinding(match.start(), match.end(), _SIGN, new, values={"new": new})


def _half_entity(match: re.Match[str]) -> LiteralFinding:
    new = f"{match[0]};"
    return LiteralFinding(match.start(), match.end(), _SIGN, new, values={"new": new})


def _apostrophe(match: re.Match[str]) -> LiteralFinding:
    return LiteralFinding(match.start(), match.end(), _SIGN, "'", values={"new": "'"})


def _half_code(match: re.Match[str]) -> LiteralFinding:
    return LiteralFinding(
        match.start(),
        match.end(),
        N_("code stands between two `: write the second, or remove this"),
    )


def _shown_tag(match: re.Match[str]) -> LiteralFinding:
    return LiteralFinding(
        match.start(),
        match.end(),
        N_("an HTML tag has no space after <, and ends with >; most have a sign in Markdown"),
    )


def _escape(match: re.Match[str]) -> LiteralFinding | None:
    written = match[0]
    if written[1] in "uU":
        new = written.encode().decode("unicode-escape", "replace")
        if not new.isprintable():
            return None
    else:
        new = written[1:]
    return LiteralFinding(match.start(), match.end(), _SIGN, new, values={"new": new})


def _last_backslash(match: re.Match[str]) -> LiteralFinding:
    return LiteralFinding(match.start(), match.start() + 1, N_("remove the backslash"), "")


def _rule(sign: str, pattern: str, found: Callable[[re.Match[str]], LiteralFinding | None]) -> Rule:
    return Rule(sign, regex(pattern, re.MULTILINE), found)


_TAGS = (
    "a|abbr|b|br|center|div|em|font|h[1-6]|hr|i|iframe|img|li|ol|p|small|span|strong|sub|sup|table|"
    "tbody|td|th|tr|u|ul"
)
_SHORTCODES = (
    "accordion|audio|button|caption|child_pages|contact-form-7|embed|gallery|map|playlist|toc|"
    "tabs?|video|youtube|columns?|row|sc_[a-z]{1,20}|su_[a-z]{1,20}|vc_[a-z]{1,20}|et_pb_[a-z]{1,20}"
)

_ENDINGS = "md|pdf|png|jpe?g|gif|svg|webp|docx?|odt|xlsx?|ods|csv|zip|html?"

RULES = (
    # Links.
    _rule("](", r"\]\((?P<target>[^()\n]{1,300}(?:\([^()\n]{0,80}\)[^()\n]{0,80}){0,2})\)", _link),
    _rule(
        "](",
        r"\]\((?P<target>(?:https?://|mailto:|\.{1,2}/)[^()\s]{1,300})(?:\n|$)",
        _link,
    ),
    _rule(
        "]",
        r"\[([^\[\]\n\0]{1,200})\][ \u00a0]{1,3}\(((?:https?://|www\.|mailto:|\.{1,2}/)[^\s()\0]{1,300})\)",
        _apart,
    ),
    _rule(
        "]",
        rf"(!?)\[([^\[\]\n\0]{{1,200}})\][ \u00a0]{{1,3}}\(([^\s()\0]{{1,200}}\.(?:{_ENDINGS})(?:#[^\s()\0]{{1,80}})?)\)",
        _file_apart,
    ),
    _rule(")[", r"\(([^()\n\0]{1,200})\)\[((?:https?://|www\.)[^\s\[\]\0]{1,300})\]", _apart),
    _rule("][", r"\[([^\[\]\n]{1,100})\]\[([^\[\]\n]{0,100})\]", _undefined),
    _rule("[^", r"\[\^([^\[\]\s]{1,60})\]", _footnote),
    _rule(
        "]: ",
        r"^\[([^\[\]\n^\0]{1,100})\]:[ ]+((?:https?:|www\.|\.{0,2}/)[^\n]{1,300})$",
        _definition,
    ),
    _rule("[[", r"\[\[[^\[\]\n]{1,200}\]\]", _wiki),
    _rule("://", r"(?<![\w/.@=])https?://[^\s<>\"«»“”\0|`\\]{3,300}", _bare),
    _rule("www.", rf"(?<![\w/.@-])www\.{_HOST}(?:/[^\s<>\"«»“”\0|`\\]{{0,200}})?", _bare),
    _rule("@", rf"(?<![\w/.@+:-])(?:mailto:)?{MAILBOX}(?![\w@])", _bare),
    # Emphasis.
    _rule(
        "**",
        r"(?<![\\*])(?P<sign>\*{2,3})(?![*])(?P<inner>[^*\n]{1,300})(?P=sign)(?!\*)",
        _emphasis,
    ),
    _rule(
        "**",
        r"(?<![\\*\w])\*\*(?=[^\W\d_])[^\s*]{1,60}+"
        r"(?!(?:[^*\n]|\*(?!\*)|\n(?![ \t\0]*\n)){0,2000}\*\*)",
        _unclosed,
    ),
    _rule("__", r"(?<![\\\w])(?P<sign>__)(?!_)(?P<inner>[^_\n\0]{1,300})(?<!_)__(?!\w)", _emphasis),
    _rule(
        "*",
        r"(?<![\\*\w])(?P<sign>\*)(?P<inner>[^\s*\0][^*\n\0]{0,300}[ \t\u00a0])\*(?![*\w])",
        _emphasis,
    ),
    _rule(
        "_",
        r"(?<![\\_\w])(?P<sign>_)(?P<inner>[^\s_\0][^_\n\0]{0,300}[ \t\u00a0])_(?![_\w])",
        _emphasis,
    ),
    _rule("~~", r"(?<![\\~])(?P<sign>~~)(?!~)(?P<inner>[^~\n\0]{1,300})~~(?!~)", _emphasis),
    _rule("==", r"^={2,6}[ ]([^=\n]{1,200})[ ]={2,6}[ ]*$", _wiki_heading),
    _rule(
        "==", r"(?<![=\w!<>])==([^\s=\0](?:[^=\n\0]{0,200}[^\s=\0])?)==(?![=\w])", _tagged("mark")
    ),
    _rule(
        "++", r"(?<![+\w])\+\+([^\s+\0](?:[^+\n\0]{0,200}[^\s+\0])?)\+\+(?![+\w])", _tagged("ins")
    ),
    _rule("^^", r"\^\^([^\s^\0](?:[^^\n\0]{0,200}[^\s^\0])?)\^\^", _tagged("sup")),
    _rule("^", r"(?<![\[^\\])\^([^\s^\[\]\0]{1,12})\^(?!\^)", _tagged("sup")),
    _rule("'''", r"'''([^'\n\0]{1,200})'''", _wiki_bold),
    # Other systems.
    _rule("{{", r"\{\{[^\n]{0,300}?\}\}|\{\{[<%#/][^\n]{0,200}", _elsewhere),
    _rule("{%", r"\{%[^\n]{0,300}?%\}", _elsewhere),
    _rule("{", r"[ ]?\{(?::[ ]?)?[.#][^{}\n]{1,200}\}", _removed),
    _rule("{", r"[ ]?\{:?[ ]*[a-z-]{1,30}=[^{}\n]{1,200}\}", _removed),
    _rule("{:", r"[ ]?\{::?[^{}\n]{1,200}\}", _removed),
    _rule("*[", r"^\*\[[^\[\]\n]{1,60}\]:[^\n]{1,200}", _elsewhere),
    _rule("[/", r"\[/[a-z][\w-]{0,30}\]", _elsewhere),
    _rule("[", rf"\[(?:{_SHORTCODES})(?:[ ][^\[\]\n]{{1,200}})?/?\]", _elsewhere),
    _rule("[", r"\[[a-z][\w-]{0,30}[ ][\w-]{1,30}=[^\[\]\n]{1,200}\]", _elsewhere),
    _rule("=", r"\[(?:url|img|color|size|quote|font)=[^\[\]\n]{1,200}\]", _elsewhere),
    _rule("[", r"^\[(?:b|i|u|url|img|TOC|toc|\[_TOC_\])\]", _elsewhere),
    _rule("[", r"^\0*(\[[ xX]\][ ])(?=\S)", _task),
    _rule(
        ":",
        r":(?<![\w:/]:)[a-z][a-z0-9]{1,20}(?:[_-][a-z0-9]{1,20}){0,4}:(?![\w:/])",
        _elsewhere,
    ),
    # Formulas.
    _rule("$", r"(?<![\w$])(\$)([^\s$](?:[^$\n]{0,200}[^\s$])?)\$(?![\w${])", _formula),
    _rule("$$", r"(?<![\w$])(\$\$)([^$]{1,500})\$\$(?![\w$])", _formula),
    # Entities, backslashes, tags.
    _rule("&amp;", r"&amp;((?:[a-zA-Z]{2,8}|#\d{1,6}|#x[\da-fA-F]{1,6});)", _entity_twice),
    _rule(
        "&",
        r"&(?:nbsp|lt|gt|quot|euro|middot|[lr][ad]quo|[aeiouAEIOU](?:acute|grave|uml)|[nN]tilde|[cC]cedil)(?![;\w])",
        _half_entity,
    ),
    _rule("<", rf"<[ ]*/?[ ]*(?:{_TAGS})(?:[ /][^<>\n]{{0,200}})?>", _shown_tag),
    _rule("&lt;", rf"&lt;/?(?:{_TAGS})(?:[ /][^<>&\n]{{0,200}})?&gt;", _shown_tag),
    _rule("<!--", r"<!--", _shown_tag),
    _rule("`", r"(?<=[^\W\d_])`(?=[^\W\d_])", _apostrophe),
    _rule("`", r"(?<![\w\0`\\])`[^\s`][^\s`]{0,40}", _half_code),
    _rule("\\", r"\\(?:u[\da-fA-F]{4}|[«»“”‘’·–—¿¡…])", _escape),
    _rule("\\", r"(?<!\\)\\[ ]*$", _last_backslash),
)

_SIGN_STARTS = sorted({rule.sign[0] for rule in RULES})
