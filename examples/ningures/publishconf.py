"""Settings for the public site."""

import os
import sys

sys.path.insert(0, os.path.dirname(__file__))
from pelicanconf import *

SITEURL = "https://ningures.example"
PRODUCTION = True
