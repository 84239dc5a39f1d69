"""Releases, the publication record, and what can be proved with it (docs/operators.md).

Plain functions of folders and data. They get as an argument what builds the site, and know nothing
of Pelican or of the command line.
"""
