"""Norms that act on each other, in process, each as an editor writes it."""

from __future__ import annotations

import datetime

from saig.catalogue.effects import effects
from saig.catalogue.entry import Key
from saig.catalogue.force import force
from saig.catalogue.provision_states import force_of_provisions
from saig.catalogue.provisions import provision_names
from saig.catalogue.validity import State
from saig.notes.files import Source
from saig.notes.norm_fields import Norm
from saig.notes.read import read_note
from saig.packs.load import law

HEAD = """---
title: {name}
summary: Una norma.
date: 2019-01-01
"""

OLD = "first_date_entry_in_force: 2019-01-01"

Date = datetime.date


class Norms:
    """Some norms together, each as an editor writes it."""

    law = law(("es",))

    def __init__(self, **facts: str) -> None:
        texts = {
            name: f"{HEAD.format(name=name)}{said}\n---\nText.\n" for name, said in facts.items()
        }
        self.norms = {Key("norm", name): read(name, text) for name, text in texts.items()}
        named = {norm.eli: key for key, norm in self.norms.items()} | {k.id: k for k in self.norms}
        self.effects = effects(self.norms, named.get, self.law)

    def state(self, name: str, day: str) -> State:
        key = Key("norm", name)
        return force(self.norms[key], self.effects.get(key, ()), Date.fromisoformat(day))

    def words(self, name: str, *days: str) -> list[str]:
        return [self.state(name, day).word for day in days]

    def provision(self, name: str, provision: str, day: str) -> str:
        """The state of a provision, ``in-force`` where nothing else is said."""
        done = self.effects.get(Key("norm", name), ())
        state = force_of_provisions(
            done, provision_names(self.law).keys(provision), Date.fromisoformat(day)
        )
        return state.word if state else "in-force"


def read(name: str, text: str) -> Norm:
    source = Source(f"content/norms/{name}.md", "norm", name, "ca", True)
    reading = read_note(source, text.encode(), ["ca", "es"], law(("es",)))
    assert reading.note, reading.problems
    assert isinstance(reading.note.fields, Norm)
    return reading.note.fields
