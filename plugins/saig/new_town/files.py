"""Answers -> every file of a new town's repository."""

from __future__ import annotations

import datetime

from ..notes.slug import slugify
from ..packs.load import law
from ..words import N_, for_editors
from .answers import Answers
from .notes import ids_of, notes
from .site_file import packs_of, site_file
from .texts import of_language
from .words_file import is_wordless, words_file

LAPTOP = '''"""%s"""

from saig.settings import *
'''
PUBLIC = '''"""%s"""

import os
import sys

sys.path.insert(0, os.path.dirname(__file__))
from pelicanconf import *

SITEURL = "https://example.org"  # %s
PRODUCTION = True
'''
IGNORED = "/.venv/\n/.saig/\n/output/\n__pycache__/\n"


def files_of(answers: Answers, requirement: str, day: datetime.date, lang: str) -> dict[str, str]:
    """Path and text of each. ``requirement``: the text of requirements.txt; ``day``: today;
    ``lang``: the editor's language, for comments."""
    ids = ids_of(answers)
    topic = slugify(of_language(answers.languages[0])["topic"])
    found = {
        ".gitignore": IGNORED,
        "pelicanconf.py": LAPTOP % for_editors(N_("Settings for a laptop."), lang),
        "publishconf.py": PUBLIC
        % (
            for_editors(N_("Settings for the public site."), lang),
            for_editors(N_("the site's address, with its sub-path if it has one"), lang),
        ),
        "requirements.txt": requirement,
        "content/site.yaml": site_file(answers, ids["organisation"], topic, lang),
    }
    of_country = law(tuple(packs_of(answers.country, answers.languages)))
    for path, text in notes(answers, ids, topic, of_country, day):
        found[f"content/{path}"] = text
    found.update(words_file(one) for one in answers.languages if is_wordless(one))
    return found
