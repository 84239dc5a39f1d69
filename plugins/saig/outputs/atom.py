"""A feed as Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from urllib.parse import quote
from zoneinfo import ZoneInfo

from .feeds import Head, Item, instant

_NEVER = "2020-01-01T00:00:00+00:00"
"""The update time of an empty feed: constant, so that its bytes are too."""


def atom_feed(head: Head, entries: Sequence[Item], zone: ZoneInfo) -> bytes:
    last = max((item.updated for item in entries), default=None)
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n',
        f'<feed{_lang(head.lang)} xmlns="http://www.w3.org/2005/Atom">',
        _element("title", head.name),
        _link(head.url, "alternate"),
        _link(f"{head.url}feed.atom", "self"),
        _element("id", head.feed_id),
        _element("updated", instant(last, zone) if last else _NEVER),
        f"<author>{_element('name', head.site_name)}</author>",
        _element("subtitle", head.summary) if head.summary else "",
        _link(head.changes, "related", ' type="application/json"') if head.changes else "",
        *(_entry(item, head.lang, zone) for item in entries),
        "</feed>",
    ]
    return "".join(parts).encode()


def _entry(item: Item, lang: str, zone: ZoneInfo) -> str:
    """Title and summary are plain text: the default without a ``type`` (§3.1.1)."""
    parts = [
        f"<entry{_lang(item.lang) if item.lang != lang else ''}>",
        _element("title", item.title),
        _link(item.url, "alternate"),
        _element("published", instant(item.published, zone)) if item.published else "",
        _element("updated", instant(item.updated, zone)),
        _element("id", item.id),
        _element(
            "summary", item.text, _lang(item.text_lang) if item.text_lang != item.lang else ""
        ),
        "</entry>",
    ]
    return "".join(parts)


_escaped = partial(escape, quote=False)


def _element(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{_escaped(text)}</{name}>" if text else f"<{name}{attributes}/>"


def _link(url: str, rel: str, more: str = "") -> str:
    """``url``: an IRI, which may have non-ASCII letters; it is written as a URI."""
    return f'<link href="{_escaped(quote(url, safe=_IN_URIS))}" rel="{rel}"{more}/>'


_IN_URIS = "/#%[]=:;$&()+,!?*@'~"
"""Characters that are not escaped in a URI, beside letters and digits (RFC 3986, §2.2 and 2.3; RFC
3987, §3.1)."""


def _lang(lang: str) -> str:
    return f' xml:lang="{lang}"'
