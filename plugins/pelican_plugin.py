"""Saig as a plugin in Pelican's namespace: what an installed Saig has as
``pelican.plugins.saig``."""

from saig import register as register
