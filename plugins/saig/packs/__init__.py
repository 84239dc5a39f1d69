"""Law as data: a pack for each country, region, or the Union, and what a site's packs say together.

``load`` reads packs, ``law`` holds what they say, ``eli`` reads addresses by their patterns.
"""
