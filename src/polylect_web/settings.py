"""The settings of the site, each read once from the environment and checked as it is read.

Every name that starts with POLYLECT_ is listed in docs/reference/settings.md; a test fails when one is missing there.
"""

import os
from pathlib import Path

from polylect_web.environment import Environment

environment = Environment(os.environ)
PACKAGE = Path(__file__).resolve().parent

DATA = environment.folder("POLYLECT_DATA", default=Path("var"))
DEBUG = environment.flag("POLYLECT_DEBUG", default=False)
SECRET_KEY = environment.secret("POLYLECT_SECRET_KEY", kept_in=DATA / "secret-key")
ALLOWED_HOSTS = environment.words("POLYLECT_HOSTS", default=("127.0.0.1", "localhost", "[::1]"))
HTTPS = environment.flag("POLYLECT_HTTPS", default=False)

INSTALLED_APPS = [
    "polylect_web.pages",
    "polylect_web.learn",
    "polylect_web.grading",
    "polylect_web.texts",
    "polylect_web.courses",
    "polylect_web.accounts",
    "polylect_web.foundation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "polylect_web.urls"
WSGI_APPLICATION = "polylect_web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "builtins": ["polylect_web.foundation.templatetags.words"],
        },
    }
]

DATABASES = {"default": environment.database("POLYLECT_DATABASE_URL", default=DATA / "polylect.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "français"), ("es", "español"), ("ar", "العربية")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
