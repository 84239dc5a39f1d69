"""A Jinja environment for many small pages of plain data: the same output as Jinja's in two thirds
of the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from functools import partial
from hashlib import sha256
from keyword import iskeyword
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, Template, nodes
from jinja2 import __version__ as jinja
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape
from markupsafe import _escape_inner as with_references  # type: ignore[attr-defined]

from ..inflection import Values


def with_bytecode_cache(environment: Environment, salt: str) -> Environment:
    """The environment of a build: templates do not change meanwhile, and compiled ones are cached.
    ``salt``: of the settings that their code depends on, beside Jinja and this module.

    They are in the user's own folder that Jinja creates, not in the cache of builds: that may come
    from another machine, whose code must not be run.
    """
    environment.auto_reload = False
    compiler = sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    with suppress(RuntimeError, OSError):  # the folder cannot be created
        environment.bytecode_cache = _BySource(pattern=f"saig-{jinja}-{compiler}-{salt[:16]}-%s")
    return environment


class _BySource(FileSystemBytecodeCache):
    """Caches compiled templates by their source, not by path as Jinja does: other checkouts, such
    as previews, have the same templates."""

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        bucket = super().get_bucket(environment, name, self.get_source_checksum(source), source)
        if bucket.code and filename:
            bucket.code = bucket.code.replace(co_filename=filename)
        return bucket


def for_pages(environment: Environment, given: Mapping[str, Any]) -> Environment:
    """The same environment with globals of its own. All overrides behave as Jinja's own."""
    found = environment.overlay()
    found.filters = {**environment.filters, "format": _filled_in}
    names = found.globals = {**environment.globals, **given}

    def attribute(value: Any, name: str) -> Any:
        if type(value) is dict and name not in _OF_DICT:
            return value[name] if name in value else found.undefined(obj=value, name=name)
        return Environment.getattr(found, value, name)

    # Most lookups in templates are items of dictionaries, which Jinja tries last.
    found.getattr = attribute  # type: ignore[method-assign,assignment]
    found.code_generator_class = _PlainCalls
    found.template_class = _Template
    # No template has its own globals, so all can share one dictionary.
    found.make_globals = lambda own: {**names, **own} if own else names  # type: ignore[method-assign,assignment]
    return found


_OF_DICT = frozenset(dir(dict))


class _PlainCalls(CodeGenerator):
    """Calls macros and functions directly, without Jinja's check for functions that want the
    context. Only a project's own functions may want it."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        called = node.node
        wants_more = isinstance(called, nodes.Name) and hasattr(
            self.environment.globals.get(called.name), "jinja_pass_arg"
        )
        is_plain = not (
            node.dyn_args or node.dyn_kwargs or any(iskeyword(x.key) for x in node.kwargs)
        )
        if wants_more or not is_plain:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(called, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")


class _Template(Template):
    """Runs with the three overrides below."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__.update(Macro=_Macro, Markup=_marked, escape=_escaped)
        return template


_marked: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Mark a text as HTML. ``Markup`` first checks whether it is HTML already."""


def _escaped(value: Any) -> Any:
    """Escape a value for output. Jinja's function copies values that are ``Markup`` already."""
    kind = type(value)
    if kind is Markup:
        return value
    return with_references(value) if kind is str else escape(value)


class _Macro(Macro):
    """Calls its function directly if only positional arguments are given."""

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        lacking = self._argument_count - len(args)
        if kwargs or lacking < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*args, **kwargs)
        return _marked(self._func(*args, *(missing,) * lacking))


def _filled_in(text: str, *args: Any, **values: Any) -> str:
    """Jinja's filter ``format``, also for days, whose form the text chooses, and for values that
    are HTML: then the text becomes HTML too, as they would otherwise be escaped twice."""
    given = Values(values) if values else args
    if any(hasattr(one, "__html__") for one in (*args, *values.values())):
        return escape(text) % given
    return text % given
