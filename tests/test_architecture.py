"""The layers of docs/decisions hold: each package imports only what is below it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from project import REPOSITORY
from saig.notes.problem import CODES, ERRORS, WARNINGS

SAIG = REPOSITORY / "plugins" / "saig"
LAYERS = [
    "regexes",
    "shipped",
    "libraries",
    "workflows",
    "settings",
    "themes",
    "deprecated",
    "languages",
    "packs",
    "inflection",
    "po",
    "editor_texts",
    "words",
    "refusal",
    "editor_templates",
    "git",
    "citations",
    "notes",
    "cms",
    "excerpt",
    "report",
    "progress",
    "new_town",
    "catalogue",
    "documents",
    "outputs",
    "builder",
    "desk",
    "project_settings",
    "site_check",
    "site_build",
    "generator",
    "publishing",
    "receiving",
    "external_links",
    "gazette",
    "importing",
    "reporting",
    "commands",
    "start",
]
"""From the bottom to the top. A module may import from its own layer and from those before it."""

MODULES = sorted(SAIG.rglob("*.py"))


def name_of(path: Path) -> str:
    """``saig.notes.read``."""
    parts = ("saig", *path.relative_to(SAIG).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path): path for path in MODULES}


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imports(path: Path) -> set[str]:
    """The modules that a module imports, those too that only type checkers see."""
    tree = parsed(path)
    package = name_of(path).split(".")
    if path.name != "__init__.py":
        package.pop()
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *(node.module.split(".") if node.module else [])])
            whole = {f"{module}.{alias.name}" for alias in node.names}
            found |= (whole & NAMES.keys()) or {module}
    return found


def layer(module: str) -> int:
    part = module.split(".")[1] if "." in module else "generator"
    return LAYERS.index(part)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SAIG).as_posix())
def test_nothing_is_imported_from_above(path: Path) -> None:
    """A module knows its own layer and those below."""
    module = name_of(path)
    own = {name for name in imports(path) if name.split(".")[0] == "saig"}
    assert own <= NAMES.keys(), "an import that the test does not understand"
    if module != "saig":
        assert {name for name in own if layer(name) > layer(module)} == set()


def test_words_knows_no_other_module() -> None:
    """Languages and their words are leaves: everything may use them."""
    known = imports(NAMES["saig.words"]) | imports(NAMES["saig.languages"])
    assert {name for name in known if name.startswith("saig")} == {
        "saig.regexes",
        "saig.languages",
        "saig.po",
        "saig.editor_texts",
        "saig.inflection",
    }


def test_no_module_imports_itself_in_a_circle() -> None:
    """The imports of the whole plugin can be put in an order."""
    waiting = {
        module: {name for name in imports(path) if name in NAMES and name != module}
        for module, path in NAMES.items()
    }
    while free := {module for module, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {module: needs for module, needs in waiting.items() if module not in free}
    assert waiting == {}


def test_only_the_edge_knows_of_pelican() -> None:
    """Pelican could be left without touching notes, catalogue, documents, outputs or builder."""
    knowing = {
        path.relative_to(SAIG).parts[0]
        for path in MODULES
        if any(name.split(".")[0] == "pelican" for name in imports(path))
    }
    assert knowing <= {"__init__.py", "generator.py", "commands"}
    assert "generator.py" in knowing


def strings() -> set[str]:
    """Every text constant of the plugin, but for the list of codes itself."""
    return {
        node.value
        for path in MODULES
        if name_of(path) != "saig.notes.problem"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_code_is_used() -> None:
    """No code is documented that no note can get."""
    assert CODES - strings() == set()


ERROR_CODES = """
    ambiguous-reference bad-id bad-value bad-words broken-link conflict-marker contradicting-relation date-order
    duplicate-address duplicate-id duplicate-key external-image fact-in-translation
    file-name git-in-content git-lfs heading-order incomplete-words insecure-url internal
    low-contrast missing-alt missing-field missing-file missing-front-matter missing-original
    missing-words not-utf8 outside-content placeholder symbolic-link too-large tracked-cache
    unknown-field unknown-folder unknown-language unknown-reference unreadable unsafe-html
    vanished-address wrong-type yaml-alias yaml-syntax
"""
WARNING_CODES = """
    address-gap ambiguous-citation bare-address cites-norm-not-in-force cut-text deprecated duplicate-definition
    duplicate-eli
    eli-unread empty-file expiring-soon gazette-agrees gazette-fact gazette-new-act gazette-relation
    gazette-silent gazette-state gazette-unknown gazette-unread link-gone link-moved link-refused link-slow link-to-draft
    markup-as-text missing-setting no-citations no-open-channel odd-character online-only relative-day retroactive
    stale-contact stale-words table-cells text-as-heading title-differs tracking-link
    translation-missing translation-outdated undefined-reference unknown-file
    unmatched-tag unrecorded-address untranslated-heading unused-definition unused-override urgent-without-end
    weekday-differs
"""


def test_codes_stay() -> None:
    """Scripts and forges' rules know them (docs/problems.md): a new one is added here, and none goes or
    changes what it does to publication."""
    assert sorted(ERRORS) == sorted(ERROR_CODES.split())
    assert sorted(WARNINGS) == sorted(WARNING_CODES.split())
    assert CODES == ERRORS | WARNINGS


def test_git_is_asked_in_one_module() -> None:
    """Which sees to it that no file of a tree decides what Git runs."""

    def asks(node: ast.AST) -> bool:
        first = node.elts[0] if isinstance(node, ast.List | ast.Tuple) and node.elts else None
        return isinstance(first, ast.Constant) and first.value == "git"

    assert [name for name, path in NAMES.items() if any(map(asks, ast.walk(parsed(path))))] == [
        "saig.git"
    ]
