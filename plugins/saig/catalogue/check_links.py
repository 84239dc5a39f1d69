"""Links of a note's text that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from ..notes.address import INDEX, decoded
from ..notes.body import Body, Link
from ..notes.file_names import is_junk
from ..notes.files import FILES
from ..notes.link_targets import LinkTarget
from ..notes.placeholders import is_placeholder
from ..notes.problem import Problem
from ..notes.read import InvalidNote, Note
from ..notes.slug import slugify
from ..notes.urls import NoAddress, web_address, within
from ..notes.validation import nearest, nearest_path
from ..words import N_
from .catalogue import Catalogue
from .entry import Entry, Key
from .links import fragment_in
from .places import leads, places_at

GUESSES = 20
"""Broken links of one note for which the nearest name is looked up, which takes long on a large site."""


_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


class _Guess:
    """The nearest known word, for the first few that are asked for."""

    def __init__(self) -> None:
        self.left = GUESSES

    def __call__(self, word: str, known: Iterable[str]) -> str:
        self.left -= 1
        return nearest(word, sorted(known)) if self.left >= 0 else ""

    def file(self, path: str, known: Iterable[str]) -> str:
        self.left -= 1
        return nearest_path(path, sorted(known)) if self.left >= 0 else ""


def check_links(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    for lang in entry.languages:
        yield from links_of(catalogue, entry.note(lang))


def links_of(catalogue: Catalogue, note: Note | InvalidNote) -> Iterator[Problem]:
    """The links of one file that lead nowhere."""
    guess = _Guess()
    for link in note.body.links:
        own = within(catalogue.url, link.address) if link.leads == "out" else None
        if own is not None:
            yield from _absolute(catalogue, note, link, own, guess)
        elif link.leads == "out":
            if link.is_image:
                yield _at(
                    note,
                    link,
                    "external-image",
                    N_("images come from this site alone, so that no other learns who reads it"),
                    N_("put the image in content/files/ and write its path"),
                )
        elif link.leads == "here":
            anchors = note.body.anchors
            if link.address[1:] not in anchors:
                yield _no_heading(note, link, link.address[1:], anchors, guess)
        elif link.address.startswith("/"):
            yield from _absolute(catalogue, note, link, link.address, guess)
        else:
            yield from _relative(catalogue, note, link, guess)


def _relative(
    catalogue: Catalogue, note: Note | InvalidNote, link: Link, guess: _Guess
) -> Iterator[Problem]:
    known = catalogue.known
    found = note.link_targets.get(link.address)
    if found is None or (found.key is None and not found.path.startswith("files/")):
        yield _neither_note_nor_file(catalogue, note, link, guess)
    elif found.key is None:
        yield from _file(catalogue, note, link, found.path, None, guess)
    elif link.is_image:
        yield _broken(note, link, N_("an image is a file of content/files/"))
    elif not known.has_note(Key(*found.key), found.path):
        parts = found.path.count(".")  # a note for a note, a translation for a translation
        like = guess.file(found.path, (p for p in known.notes() if p.count(".") == parts))
        if like:
            yield _meant(note, link, "broken-link", N_("%(address)s leads nowhere"), like)
        else:
            folder = _from_here(note, found.path.partition("/")[0])
            hint = N_("correct the path, or remove the link; notes of that kind are in %(folder)s/")
            yield _broken(note, link, hint, folder=folder)
    elif known.is_draft(Key(*found.key)):
        yield _at(
            note,
            link,
            "link-to-draft",
            N_("%(path)s is a draft, so readers see these words without a link"),
            N_("publish the other note, or remove the link"),
            path=found.path,
        )
    elif found.fragment and (target := catalogue.get(*found.key)):
        yield from _fragment(note, link, target, found, guess)


def _neither_note_nor_file(
    catalogue: Catalogue, note: Note | InvalidNote, link: Link, guess: _Guess
) -> Problem:
    """A link whose beginning or end was left out, or one that nobody can make sense of."""
    message = N_("%(address)s leads nowhere")
    path = link.address.partition("#")[0]
    if outside := _begun(path):
        return _meant(note, link, "broken-link", message, outside, start="")
    known = catalogue.known
    originals = (one for one in known.notes() if one.count(".") == 1)
    if like := guess.file(decoded(path), [*known.files(), *originals]):
        return _meant(note, link, "broken-link", message, _typed(like))
    hint = N_("link to a note (…/name.md), to a file of content/files/, or to a web address")
    return _broken(note, link, hint)


def _begun(address: str) -> str:
    """The web address or mailbox that lacks no more than its beginning, with it; or ''."""
    if _MAILBOX.fullmatch(address):
        return f"mailto:{address}"
    try:
        return web_address(address) if address[:4].lower() == "www." else ""
    except NoAddress as error:
        return error.better


def _fragment(
    note: Note | InvalidNote, link: Link, target: Entry, found: LinkTarget, guess: _Guess
) -> Iterator[Problem]:
    """A heading that there is not; or that there is, but not in the page that readers get."""
    shown, lang = target.note(note.source.lang), note.source.lang
    if fragment_in(target, found.lang, lang, found.fragment):
        return
    others = [target.note(found.lang or ""), target.original, *target.translations.values()]
    named = next((one for one in others if found.fragment in one.body.anchors), None)
    if named is None:
        yield _no_heading(note, link, found.fragment, shown.body.anchors, guess)
        return
    like = _counterpart(named.body, shown.body, found.fragment)
    yield _at(
        note,
        link,
        "untranslated-heading",
        N_(
            "#%(fragment)s is a heading of %(named)s; readers of this page get %(shown)s, "
            "and are led to its beginning"
        ),
        N_(
            "write #%(guess)s if that is the heading you mean, or end both headings with {#%(fragment)s}"
        )
        if like
        else N_("write the address of a heading of %(shown)s, or end both with {#%(fragment)s}"),
        fragment=found.fragment[:60],
        named=posixpath.basename(named.source.path),
        shown=posixpath.basename(shown.source.path),
        guess=like,
    )


def _counterpart(named: Body, shown: Body, fragment: str) -> str:
    """The heading that may be meant: the one in the same place, where both texts have the same
    levels of headings; or the one whose words are most alike. Good for a question alone."""
    ids = [heading.id for heading in named.headings]
    levels = [[heading.level for heading in body.headings] for body in (named, shown)]
    if levels[0] == levels[1] and fragment in ids:
        return shown.headings[ids.index(fragment)].id
    return nearest(fragment, [heading.id for heading in shown.headings])


def _file(
    catalogue: Catalogue,
    note: Note | InvalidNote,
    link: Link,
    path: str,
    start: str | None,
    guess: _Guess,
) -> Iterator[Problem]:
    """A link to a file of the editors. ``start``: how its path begins in the link; None where it is
    from the note's folder."""
    known = catalogue.known
    if is_junk(path):
        message = N_("content/%(path)s is hidden, or left behind by a program, and not published")
        hint = N_("link to the document itself, or give it another name")
    elif not known.has_file(path) and not known.has_file(f"{path}/{INDEX}"):
        message = N_("there is no file content/%(path)s")
        hint = N_("add the file, or correct the path")
        # A link that names a file as the disk does, with % in its name, is decoded all the same.
        as_named = (one for one in known.files() if "%" in one and decoded(one) == path)
        if like := min(as_named, default="") or guess.file(path, known.files()):
            yield _meant(note, link, "missing-file", message, _typed(like), start, path=path[:120])
            return
    else:
        return
    yield _at(note, link, "missing-file", message, hint, path=path[:120])


def _absolute(
    catalogue: Catalogue, note: Note | InvalidNote, link: Link, address: str, guess: _Guess
) -> Iterator[Problem]:
    """``address``: that of the link, from the site's root."""
    found = leads(catalogue, address)
    path, _, fragment = address.partition("#")
    path = path.partition("?")[0]
    if found == "to no place":
        places = places_at(catalogue, path) or frozenset()
        yield _no_heading(note, link, unquote(fragment), places, guess)
    elif found == "there" or is_placeholder(link.address):
        return
    elif path.startswith(f"/{FILES}/") and not path.endswith("/"):
        start = "/" if link.address.startswith("/") else f"{catalogue.url}/"
        yield from _file(catalogue, note, link, decoded(path).lstrip("/"), start, guess)
    else:
        hint = N_(
            "link to the note's file instead, as in ../norms/name.md: such a link follows the note"
        )
        yield _broken(note, link, hint)


def _no_heading(
    note: Note | InvalidNote, link: Link, fragment: str, anchors: frozenset[str], guess: _Guess
) -> Problem:
    like = guess(slugify(fragment), anchors)
    fix = (f"#{fragment}", f"#{like}") if like else None
    return _broken(
        note,
        link,
        N_("no heading there has the address #%(fragment)s; did you mean #%(guess)s?")
        if like
        else N_("no heading there has the address #%(fragment)s"),
        fix=fix,
        fragment=fragment[:60],
        guess=like,
    )


def _typed(path: str) -> str:
    """The path of a file as a link has it."""
    return path.replace("%", "%25").replace(" ", "%20").replace("#", "%23")


def _from_here(note: Note | InvalidNote, path: str) -> str:
    """A path of ``content/`` as the note's file writes it."""
    return posixpath.relpath(path, posixpath.dirname(note.source.path.partition("/")[2]) or ".")


def _meant(
    note: Note | InvalidNote,
    link: Link,
    code: str,
    message: str,
    like: str,
    start: str | None = None,
    **values: object,
) -> Problem:
    """A link whose file is not there, and one that may be meant. ``start``: see ``_file``."""
    path, hash_, fragment = link.address.partition("#")
    right = _from_here(note, like) if start is None else start + like
    fix = (path, right)
    values = {"address": link.address[:120], "guess": f"{right}{hash_}{fragment}", **values}
    return _at(note, link, code, message, N_("did you mean %(guess)s?"), fix=fix, **values)


def _broken(
    note: Note | InvalidNote,
    link: Link,
    hint: str,
    fix: tuple[str, str] | None = None,
    **values: object,
) -> Problem:
    return _at(
        note,
        link,
        "broken-link",
        N_("%(address)s leads nowhere"),
        hint,
        fix=fix,
        address=link.address[:120] or "()",  # as Markdown has a link without one
        **values,
    )


def _at(
    note: Note | InvalidNote,
    link: Link,
    code: str,
    message: str,
    hint: str,
    fix: tuple[str, str] | None = None,
    **values: object,
) -> Problem:
    return Problem(note.source.path, *link.place, code, message, hint, values, fix)
