"""The folder ``content/`` → which file is which note, in which language (docs/notes.md)."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ..languages import canonical
from ..themes import Theme
from ..words import N_
from . import file_names
from .address import LIMIT, composed
from .forbidden_files import link_problem, of_git, of_git_problem, plain_name
from .models import FOLDERS
from .problem import Problem, file_problem
from .slug import slugify
from .value_types import ID_PATTERN

MAX_BYTES = 500_000
"""The most bytes of one note: some 80,000 words. Longer documents belong in ``files/``."""

MAX_LIST_BYTES = 50_000_000
"""The most bytes of ``gone.yaml`` and of the ledger: some half a million addresses."""

FILES = "files"
SITE = "site.yaml"
GONE = "gone.yaml"
LEDGER = "addresses.yaml"
STYLESHEET = "css/site.css"
"""Of a theme, below ``theme/``: joined from what is in its folder ``styles``."""

_BESIDE_NOTES = {SITE, GONE, LEDGER}

_ID = re.compile(ID_PATTERN)
_USUAL = re.compile(rf"{ID_PATTERN}(?:\.[a-z]{{2,3}})?\.md")
"""The names of most notes. With such a name nothing can be wrong."""


class Source(NamedTuple):
    """A note's file: ``path`` from the project's folder, and what its name says. ``lang``: of an
    original the site's first language, though its name has none."""

    path: str
    kind: str
    id: str
    lang: str
    is_original: bool

    @property
    def note(self) -> str:
        """The name of the note that it is of: ``service/x``."""
        return f"{self.kind}/{self.id}"


@dataclass
class Content:
    """What is in the folder. ``files``: what notes may link to, by its path below ``content/`` in
    Unicode NFC, as it is published, and its path on the disk. ``left_out``: those of them that are
    not published: files of Git LFS, unreadable ones, and those with an invalid name. A link to
    one is not an error as well."""

    root: Path
    sources: list[Source] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def name(self) -> str:
        """Of the folder itself."""
        return self.root.name


def scan(root: Path, languages: Sequence[str]) -> Content:
    """Walk ``content/`` in a fixed order. ``languages``: the site's, the default one first."""
    content = Content(root)
    files, refused = [], []
    for path in _walk(str(root), "", content):
        if path.startswith(FILES + "/"):
            files.append(path)
        elif source := source_of(shown(path, content), languages):
            content.sources.append(source)
        elif path not in _BESIDE_NOTES:
            content.problems.append(_no_note(path, languages, content))
    for path, other, message in file_names.clashes(files):
        content.problems.append(_bad_name(path, message, content, other=shown(other, content)))
        files.remove(path)
        refused.append(path)
    for path in files:
        content.files[composed(path)] = path
        try:
            _look_into(path, content)
        except OSError as error:
            content.left_out.add(composed(path))
            content.problems.append(unreadable(shown(path, content), error))
    for path in refused:
        _leave_out(path, content)
    return content


LFS = b"version https://git-lfs.github.com/spec/"
LARGEST_POINTER = 1024
"""Bytes, as Git LFS says in its specification."""


def _look_into(path: str, content: Content) -> None:
    file = content.root / path
    size = file.stat().st_size
    if size == 0:
        message, hint = N_("this file is empty"), N_("save it again, or remove it")
        content.problems.append(file_problem(shown(path, content), "empty-file", message, hint))
    elif not os.access(file, os.R_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    elif size < LARGEST_POINTER and file.read_bytes().startswith(LFS):
        content.left_out.add(composed(path))
        message = N_("this is only a pointer: Git LFS has the file itself")
        hint = N_("run: git lfs pull")
        content.problems.append(file_problem(shown(path, content), "git-lfs", message, hint))


def _leave_out(path: str, content: Content) -> None:
    if composed(path) not in content.files:
        content.files[composed(path)] = path
        content.left_out.add(composed(path))


def _bad_name(path: str, message: str, content: Content, **values: object) -> Problem:
    better = file_names.better(path.rpartition("/")[2])
    hint = N_("rename it, for instance to %(better)s, and write that in links to it")
    return file_problem(shown(path, content), "file-name", message, hint, better=better, **values)


def _walk(folder: str, below: str, content: Content) -> Iterator[str]:
    """Every regular file of a folder, as its path below ``content/``, without hidden files,
    editors' copies, and links that leave it. As text, not ``Path``: there may be a hundred
    thousand."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        content.problems.append(unreadable(shown(below.rstrip("/"), content).rstrip("/"), error))
        return
    others = [entry for entry in entries if not entry.name.endswith(".md")]
    files = [entry.name for entry in others if not entry.is_dir(follow_symlinks=False)]
    gits = of_git(files, at_top=not below)
    for entry in entries:
        path = below + entry.name
        if _is_usual(entry, path):
            yield path
        elif plain_name(entry.name) in gits:
            content.problems.append(of_git_problem(shown(path, content)))
        elif file_names.is_junk(entry.name):
            continue
        elif len(os.fsencode(path)) > LIMIT:
            content.problems.append(_too_deep(shown(path, content)))
        elif wrong := (file_names.fault if path.startswith(f"{FILES}/") else file_names.unreadable)(
            entry.name
        ):
            content.problems.append(_bad_name(path, wrong, content))
            if path.startswith(f"{FILES}/") and entry.is_file(follow_symlinks=False):
                _leave_out(path, content)
        elif entry.is_symlink():
            content.problems.append(_link(Path(entry.path), shown(path, content), content.root))
        elif entry.is_dir(follow_symlinks=False):
            if not below and entry.name not in (*FOLDERS, FILES):
                content.problems.append(_unknown_folder(shown(path, content)))
            else:
                yield from _walk(entry.path, path + "/", content)
        elif entry.is_file():
            yield path
        else:
            content.problems.append(
                file_problem(
                    shown(path, content),
                    "unknown-file",
                    N_("this is not a file that can be read"),
                    N_("remove it, or copy the file itself to this place"),
                )
            )


def _is_usual(entry: os.DirEntry[str], path: str) -> bool:
    """Whether it is a file that needs no further look. This test halves the time of the walk."""
    return (
        _USUAL.fullmatch(entry.name) is not None
        and path.isascii()
        and len(path) <= LIMIT
        and not path.startswith(f"{FILES}/")
        and entry.is_file(follow_symlinks=False)
    )


def _too_deep(name: str) -> Problem:
    message = N_("this lies too deep in folders, or their names are too long")
    return file_problem(name, "file-name", message, N_("move it further up, to fewer folders"))


def _link(link: Path, name: str, root: Path) -> Problem:
    if _leads_inside(link, root):
        return link_problem(name)
    return file_problem(
        name,
        "outside-content",
        N_("this is a symbolic link to something outside content/"),
        N_("copy the file itself to this place"),
    )


def theme_files(theme: Theme) -> list[str]:
    """The files of a theme by their paths below ``theme/``, where they are published: those of its
    folder ``static``, and the stylesheet that is joined from its folder ``styles``."""
    found = {*theme.files("static")}
    return sorted(found | {STYLESHEET} if theme.has("styles") else found)


def unreadable(path: str, error: OSError) -> Problem:
    """Something that the system did not let us read."""
    return file_problem(
        path,
        "unreadable",
        N_("this cannot be read: %(reason)s"),
        N_("see whose it is, and that all may read it"),
        reason=error.strerror or error,
    )


def own_file(path: Path, root: Path) -> bool:
    """Whether there is a file, and it is inside ``content/``."""
    return os.path.isfile(path) and _leads_inside(path, root)


def bytes_of(path: Path, root: Path) -> bytes | Problem | None:
    """The contents of a file of settings in ``content/``; None if there is none, or it comes from
    outside ``content/``."""
    try:
        os.stat(path)  # where its folder may not be looked into, it is not missing
        return path.read_bytes() if own_file(path, root) else None
    except FileNotFoundError:
        return None
    except OSError as error:
        return unreadable(f"{root.name}/{path.name}", error)


def _leads_inside(path: Path, root: Path) -> bool:
    try:
        found, top = os.path.realpath(path, strict=True), os.path.realpath(root)
    except OSError:
        return False
    return found == top or found.startswith(f"{top}{os.sep}")


def source_of(path: str, languages: Sequence[str]) -> Source | None:
    """What a path from the project's folder says of a note's file; None if it is none's."""
    below, file = path.partition("/")[2], path.rpartition("/")[2]
    folder, stem, lang = below.partition("/")[0], *file.removesuffix(".md").partition(".")[::2]
    is_note = folder in FOLDERS and file.endswith(".md") and len(below.encode()) <= LIMIT
    if is_note and _ID.fullmatch(stem) and (not lang or lang in languages[1:]):
        return Source(path, FOLDERS[folder], stem, lang or languages[0], not lang)
    return None


def _no_note(path: str, languages: Sequence[str], content: Content) -> Problem:
    """Why a file of that name is no note."""
    name, file = shown(path, content), path.rpartition("/")[2]
    if not file.endswith(".md"):
        return file_problem(
            name,
            "unknown-file",
            N_("this is neither a note nor a file of files/, so it is not published"),
            N_("notes end in .md; images and documents belong in content/files/"),
        )
    if path == file:
        return _unknown_folder(name)
    stem, _, lang = file.removesuffix(".md").partition(".")
    code = canonical(lang)
    if not _ID.fullmatch(stem) or languages[0] in (lang, code) or not code:
        better = _better(file, languages)
        hint = N_("use small letters without accents, digits and hyphens")
        if _ID.fullmatch(stem) and languages[0] in (lang, code):
            hint = N_("the site's first language takes no suffix: rename the file to %(example)s")
        elif better:
            hint = N_("use small letters without accents, digits and hyphens, as in %(example)s")
        message = N_("“%(name)s” is not a name for a note")
        return file_problem(name, "bad-id", message, hint, name=file, example=better)
    if code in languages:
        return file_problem(
            name,
            "unknown-language",
            N_("“%(language)s” is not how this code of a language is written"),
            N_("rename the file to %(name)s"),
            language=lang,
            name=f"{stem}.{code}.md",
        )
    return file_problem(
        name,
        "unknown-language",
        N_("this site has no language “%(language)s”"),
        N_("its languages are: %(languages)s"),
        language=lang,
        languages=", ".join(languages),
    )


def _better(file: str, languages: Sequence[str]) -> str:
    """A similar name for a note, with its language; '' if no letter of it can be kept."""
    *words, lang = file.removesuffix(".md").split(".")
    suffix = f".{lang}" if words and lang in languages[1:] else ""
    if not suffix and lang not in languages:
        words.append(lang)
    stem = slugify(".".join(words))
    return f"{stem}{suffix}.md" if stem else ""


def shown(path: str, content: Content) -> str:
    """A path below ``content/`` as problems name it: from the folder that holds that."""
    return f"{content.name}/{file_names.shown(path)}"


def _unknown_folder(name: str) -> Problem:
    return file_problem(
        name,
        "unknown-folder",
        N_("notes do not belong here"),
        N_("the folders of content/ are: %(folders)s"),
        folders=", ".join((*FOLDERS, FILES)),
    )
