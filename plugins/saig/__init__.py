"""Saig as a Pelican plugin: notes become documents, documents become pages."""

__version__ = "0.1.0"
"""Saig's own, a semantic one (https://semver.org/): docs/upgrading.md says what each part
promises."""


def register() -> None:
    """Called by Pelican. It imports what it needs only then, so that ``saig check`` need not."""
    from pelican import signals

    from .generator import generators, tell

    signals.get_generators.connect(generators)
    signals.finalized.connect(tell)
