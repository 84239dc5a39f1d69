"""Settings for a laptop."""

from saig.settings import *
