"""Linked data: Turtle for the whole site, JSON-LD in each page, and the description for open data
portals."""
