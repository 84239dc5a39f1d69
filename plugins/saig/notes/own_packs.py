"""A town's own packs, in its folder ``packs/``, and their problems."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ..packs.load import CODE, Own
from ..words import N_
from .decoding import decode
from .files import unreadable
from .problem import FieldProblem, Problem, file_problem

FOLDER = "packs"
MAX_PACK_BYTES = 2_000_000


def read_packs(project: Path) -> tuple[Own, list[str], list[Problem]]:
    """The packs of a town's own that can be used, the codes of all that there are, and every
    problem in its folder ``packs/``. ``project``: the folder that holds ``content/``."""
    folder = project / FOLDER
    texts, problems = _texts(folder)
    if not texts:
        return (), [], problems
    from .pack import read_pack  # which takes long to import, and few towns have packs

    found = []
    for name, text in texts.items():
        path = f"{FOLDER}/{name}.yaml"
        wrong = read_pack(text, list(texts))
        problems += [
            Problem(path, *one.place, one.code, one.message, one.hint, one.values, one.fix)
            for one in wrong
        ]
        if not wrong:
            found.append((name, text))
    return tuple(found), list(texts), problems


def unused_packs(own: Own, named: Sequence[str] | None, in_law: Sequence[str]) -> list[Problem]:
    """The problem that a town has packs of its own which its site does not use. ``named``: those
    that ``law`` in site.yaml names; ``in_law``: these and what they include. ``law: []`` is taken
    as deliberate."""
    if named == []:
        return []
    return [
        Problem(
            f"{FOLDER}/{code}.yaml",
            1,
            1,
            "unused-override",
            N_("this pack is not one of the site's, so nothing in it counts"),
            N_("write law: [%(law)s] in content/site.yaml"),
            {"law": ", ".join([*(in_law if named is None else named), code])},
        )
        for code, _ in own
        if code not in in_law
    ]


def _texts(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """The texts of the packs in a folder, by their codes."""
    if not folder.is_dir():
        return {}, []
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for file in sorted(folder.iterdir()):
        path, code = f"{FOLDER}/{file.name}", file.name.removesuffix(".yaml")
        if file.name.startswith(".") or file.name == "README.md":
            continue
        if code == file.name or not CODE.fullmatch(code) or not file.is_file():
            problems.append(
                file_problem(
                    path,
                    "file-name",
                    N_("this is not a file of a pack"),
                    N_("a pack is named by the code of its country or region: pt.yaml, es-an.yaml"),
                )
            )
            continue
        if not os.path.realpath(file).startswith(f"{os.path.realpath(folder)}{os.sep}"):
            problems.append(
                file_problem(
                    path,
                    "outside-content",
                    N_("this is a symbolic link to something outside packs/"),
                    N_("copy the file itself to this place"),
                )
            )
            continue
        try:
            raw = file.read_bytes()
        except OSError as error:
            problems.append(unreadable(path, error))
            continue
        text = decode(raw, MAX_PACK_BYTES)
        if isinstance(text, FieldProblem):
            problems.append(
                Problem(path, *text.place, text.code, text.message, text.hint, text.values)
            )
            continue
        texts[code] = text
    return texts, problems
