"""Documents as linked data: Turtle for the site as a whole, JSON-LD in each page, and its
description for portals of open data."""
