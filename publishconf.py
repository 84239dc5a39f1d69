"""Settings for the public site."""

import os
import sys

sys.path.append(os.path.dirname(__file__))
from pelicanconf import *

SITEURL = "https://example.org"  # the site's address, with its sub-path if it has one
RELATIVE_URLS = False

# Any error in any note stops the build.
PRODUCTION = True
