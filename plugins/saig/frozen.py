"""``dataclass`` as that of the standard library, but that a frozen one takes a fifth of the time to
define. A command defines over a hundred as it begins, and the standard library compiles six methods
anew for each. Here it compiles ``__init__`` alone; what these are equal by is looked up.

That nothing is assigned to a frozen one is for mypy to see: nothing stops it when it runs.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, **options):
        """The class as a dataclass, or what makes it one."""
        if cls is None:
            return lambda cls: dataclass(cls, frozen=frozen, **options)
        if frozen and not options:
            return _frozen(cls)
        return dataclasses.dataclass(cls, frozen=frozen, **options)


def _frozen(cls: type[Any]) -> type[Any]:
    cls = dataclasses.dataclass(cls, eq=False, repr=False)
    fields = dataclasses.fields(cls)
    shown = [field.name for field in fields if field.repr]
    values = attrgetter("__class__", *(field.name for field in fields if field.compare))

    def __eq__(self: Any, other: object) -> bool:
        same: bool = self.__class__ is other.__class__ and values(self) == values(other)
        return same

    def __hash__(self: Any) -> int:
        return hash(values(self))

    def __repr__(self: Any) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{cls.__qualname__}({said})"

    for method in (__eq__, __hash__, __repr__):
        if method.__name__ not in vars(cls):
            setattr(cls, method.__name__, method)
    return cls
