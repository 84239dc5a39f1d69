"""A town begun: what somebody says of it -> the files of its repository.

``texts/<language>.yaml`` has what readers of the new site see; what a law asks for comes from the
packs of its country.
"""
