"""Links in a note's text that lead nowhere."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
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
from ..notes.urls import NoAddress, mailbox, web_address, within
from ..notes.validation import nearest, nearest_path
from ..words import N_
from .catalogue import Catalogue
from .entry import Entry, Key
from .fragments import fragments_at, link_status
from .links import fragment_in
from .pages import answers

GUESSES = 20
"""For at most so many broken links in a file similar names are searched, as this may be slow."""


def check_links(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    for lang in entry.languages:
        yield from links_of(catalogue, entry.note(lang))


def links_of(catalogue: Catalogue, note: Note | InvalidNote) -> Iterator[Problem]:
    """The broken links of one file."""
    links = _Links(catalogue, note)
    for link in note.body.links:
        yield from links.problems(link)


@dataclass
class _Links:
    """The links of one file. ``left``: for how many more of them similar names may be searched."""

    catalogue: Catalogue
    note: Note | InvalidNote
    left: int = GUESSES

    def problems(self, link: Link) -> Iterator[Problem]:
        own = within(self.catalogue.url, link.address) if link.leads == "out" else None
        if own is not None:
            yield from self._absolute(link, own)
        elif link.leads == "out":
            if link.is_image:
                yield self._at(
                    link,
                    "external-image",
                    N_("images come from this site alone, so that no other learns who reads it"),
                    N_("put the image in content/files/ and write its path"),
                )
        elif link.leads == "here":
            anchors = self.note.body.anchors
            if link.address[1:] not in anchors:
                yield self._no_heading(link, link.address[1:], anchors)
        elif link.address.startswith("/"):
            yield from self._absolute(link, link.address)
        else:
            yield from self._relative(link)

    def _relative(self, link: Link) -> Iterator[Problem]:
        known = self.catalogue.known
        found = self.note.link_targets.get(link.address)
        if found is None or not (found.key or found.is_of_files):
            yield self._neither_note_nor_file(link)
        elif found.key is None:
            yield from self._file(link, found.path)
        elif link.is_image:
            yield self._broken(link, N_("an image is a file of content/files/"))
        elif not known.has_note(Key(*found.key), found.path):
            parts = found.path.count(".")  # a note for a note, a translation for a translation
            like = self._nearest_path(
                found.path, (p for p in known.notes() if p.count(".") == parts)
            )
            if like:
                yield self._meant(link, "broken-link", N_("%(address)s leads nowhere"), like)
            else:
                folder = self._from_here(found.path.partition("/")[0])
                hint = N_(
                    "correct the path, or remove the link; notes of that kind are in %(folder)s/"
                )
                yield self._broken(link, hint, folder=folder)
        elif known.is_draft(Key(*found.key)):
            yield self._at(
                link,
                "link-to-draft",
                N_("%(path)s is a draft, so readers see these words without a link"),
                N_("publish the other note, or remove the link"),
                path=found.path,
            )
        elif found.fragment and (target := self.catalogue.get(*found.key)):
            yield from self._fragment(link, target, found)

    def _neither_note_nor_file(self, link: Link) -> Problem:
        """A link to neither: one that lacks its beginning or is similar to a known path, or any other."""
        message = N_("%(address)s leads nowhere")
        path = link.address.partition("#")[0]
        if outside := _begun(path):
            return self._meant(link, "broken-link", message, outside, start="")
        known = self.catalogue.known
        originals = (one for one in known.notes() if one.count(".") == 1)
        if like := self._nearest_path(decoded(path), [*known.files(), *originals]):
            return self._meant(link, "broken-link", message, _typed(like))
        hint = N_("link to a note (…/name.md), to a file of content/files/, or to a web address")
        return self._broken(link, hint)

    def _fragment(self, link: Link, target: Entry, found: LinkTarget) -> Iterator[Problem]:
        """A heading that does not exist, or does not exist on the page that readers get."""
        lang = self.note.source.lang
        if fragment_in(target, found.lang, lang, found.fragment):
            return
        shown = target.note(lang)
        others = [target.note(found.lang or ""), target.original, *target.translations.values()]
        named = next((one for one in others if found.fragment in one.body.anchors), None)
        if named is None:
            yield self._no_heading(link, found.fragment, shown.body.anchors)
            return
        like = _counterpart(named.body, shown.body, found.fragment)
        yield self._at(
            link,
            "untranslated-heading",
            N_(
                "#%(fragment)s is a heading of %(named)s; readers of this page get %(shown)s, "
                "and are led to its beginning"
            ),
            N_(
                "write #%(guess)s if that is the heading you mean, or end both headings with "
                "{#%(fragment)s}"
            )
            if like
            else N_(
                "write the address of a heading of %(shown)s, or end both with {#%(fragment)s}"
            ),
            fragment=found.fragment[:60],
            named=posixpath.basename(named.source.path),
            shown=posixpath.basename(shown.source.path),
            guess=like,
        )

    def _file(self, link: Link, path: str, start: str | None = None) -> Iterator[Problem]:
        """A link to a file that editors published. ``start``: how its path begins in the link; None
        if the path is relative to the note's folder."""
        known = self.catalogue.known
        if is_junk(path):
            message = N_(
                "content/%(path)s is hidden, or left behind by a program, and not published"
            )
            hint = N_("link to the document itself, or give it another name")
        elif not known.has_file(path) and not known.has_file(f"{path}/{INDEX}"):
            message = N_("there is no file content/%(path)s")
            hint = N_("add the file, or correct the path")
            # A link that names a file as on the disk, with a literal %, is decoded all the same.
            as_named = (one for one in known.files() if "%" in one and decoded(one) == path)
            if like := min(as_named, default="") or self._nearest_path(path, known.files()):
                like = _typed(like)
                yield self._meant(link, "missing-file", message, like, start, path=path[:120])
                return
        else:
            return
        yield self._at(link, "missing-file", message, hint, path=path[:120])

    def _absolute(self, link: Link, address: str) -> Iterator[Problem]:
        """``address``: that of the link, from the site's root."""
        found = link_status(self.catalogue, address)
        path, _, fragment = address.partition("#")
        path = path.partition("?")[0]
        if found == "to no fragment":
            anchors = fragments_at(self.catalogue, path) or frozenset()
            yield self._no_heading(link, unquote(fragment), anchors)
        elif found == "there" or is_placeholder(link.address):
            return
        elif path.startswith(f"/{FILES}/") and not path.endswith("/"):
            start = "/" if link.address.startswith("/") else f"{self.catalogue.url}/"
            yield from self._file(link, decoded(path).lstrip("/"), start)
        elif like := self._answered(path):
            start = "" if link.address.startswith("/") else self.catalogue.url
            yield self._meant(link, "broken-link", N_("%(address)s leads nowhere"), like, start)
        else:
            hint = N_(
                "link to the note's file instead, as in ../norms/name.md: such a link follows the "
                "note"
            )
            yield self._broken(link, hint)

    def _answered(self, path: str) -> str:
        """The same address in lower case, or without a slash at its end, if something answers
        there; else ''."""
        likely = (path.lower(), path.lower().rstrip("/"))
        return next((one for one in likely if one != path and answers(self.catalogue, one)), "")

    def _no_heading(self, link: Link, fragment: str, anchors: Set[str]) -> Problem:
        self.left -= 1
        like = nearest(slugify(fragment), sorted(anchors)) if self.left >= 0 else ""
        return self._broken(
            link,
            N_("no heading there has the address #%(fragment)s; did you mean #%(guess)s?")
            if like
            else N_("no heading there has the address #%(fragment)s"),
            fix=(f"#{fragment}", f"#{like}") if like else None,
            fragment=fragment[:60],
            guess=like,
        )

    def _nearest_path(self, path: str, known: Iterable[str]) -> str:
        self.left -= 1
        return nearest_path(path, sorted(known)) if self.left >= 0 else ""

    def _from_here(self, path: str) -> str:
        """A path below ``content/``, relative to the note's file."""
        own = self.note.source.path.partition("/")[2]
        return posixpath.relpath(path, posixpath.dirname(own) or ".")

    def _meant(
        self,
        link: Link,
        code: str,
        message: str,
        like: str,
        start: str | None = None,
        **values: object,
    ) -> Problem:
        """A link whose file does not exist, with a similar one. ``start``: see ``_file``."""
        path, hash_, fragment = link.address.partition("#")
        right = self._from_here(like) if start is None else start + like
        values = {"address": link.address[:120], "guess": f"{right}{hash_}{fragment}", **values}
        hint = N_("did you mean %(guess)s?")
        return self._at(link, code, message, hint, (path, right), **values)

    def _broken(
        self, link: Link, hint: str, fix: tuple[str, str] | None = None, **values: object
    ) -> Problem:
        address = link.address[:120] or "()"  # as Markdown has a link without one
        message = N_("%(address)s leads nowhere")
        return self._at(link, "broken-link", message, hint, fix, address=address, **values)

    def _at(
        self,
        link: Link,
        code: str,
        message: str,
        hint: str,
        fix: tuple[str, str] | None = None,
        **values: object,
    ) -> Problem:
        return Problem(self.note.source.path, *link.place, code, message, hint, values, fix)


def _begun(address: str) -> str:
    """The web address or mailbox completed, if only its beginning is missing; else ''."""
    if mailbox(address):
        return f"mailto:{address}"
    try:
        return web_address(address) if address[:4].lower() == "www." else ""
    except NoAddress as error:
        return error.better


def _typed(path: str) -> str:
    """The path of a file, encoded as in a link."""
    return path.replace("%", "%25").replace(" ", "%20").replace("#", "%23")


def _counterpart(named: Body, shown: Body, fragment: str) -> str:
    """The heading that was probably meant: the one at the same position, if both texts have the
    same levels of headings; else the one with the most similar words. Only used as a suggestion."""
    ids = [heading.id for heading in named.headings]
    levels = [[heading.level for heading in body.headings] for body in (named, shown)]
    if levels[0] == levels[1] and fragment in ids:
        return shown.headings[ids.index(fragment)].id
    return nearest(fragment, [heading.id for heading in shown.headings])
