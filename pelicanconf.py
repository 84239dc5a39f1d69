"""Settings for a laptop. What is true of the site itself stands in content/site.yaml."""

SITENAME = "Saig"  # Pelican asks for one; pages show the name in content/site.yaml
SITEURL = "http://localhost:8000"
TIMEZONE = "Europe/Madrid"
LOCALE = ["C"]  # dates are written by Babel, so no locale need be installed

PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = ".saig"  # what builds remember, below .git if there is one; it may be deleted
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["saig"]
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "lstrip_blocks": True,
    "trim_blocks": True,
}

# Saig reads the notes, and writes pages, feeds, files and the theme's static files itself.
ARTICLE_PATHS = []
PAGE_PATHS = []
STATIC_PATHS = []
THEME_STATIC_PATHS = []
DIRECT_TEMPLATES = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

# Saig's own settings, with their defaults; docs/operators.md explains them.
PRODUCTION = False
ALLOW_PLACEHOLDERS = False
DRAFTS = False
PREVIEW = None
TODAY = None
PREVIOUS = None
LANGUAGE = None
JOBS = None
CMS = None
