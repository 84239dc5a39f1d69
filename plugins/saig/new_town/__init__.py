"""A new town: answers to a few questions → the files of its repository.

``texts/<language>.yaml`` has what readers of the new site see; texts that the law requires come
from the packs of its country.
"""
