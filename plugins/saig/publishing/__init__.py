"""Releases, the publication record, and what can be proved with it (docs/operators.md).

Plain functions of folders and data: what builds a site is given to them, and nothing here knows
of Pelican or of the command line.
"""
