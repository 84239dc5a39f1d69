"""Editing in the browser: the configuration of Sveltia CMS, made from the models of notes, and the
files of its page (docs/decisions)."""
