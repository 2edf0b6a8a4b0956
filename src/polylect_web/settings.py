"""The settings of the site, each read once from the environment and checked as it is read.

Every name that starts with POLYLECT_ is listed in docs/reference/settings.md; a test fails when one is missing there.
"""

import os
from pathlib import Path

from polylect_web.environment import Environment

environment = Environment(os.environ)
PACKAGE = Path(__file__).resolve().parent

DATA = environment.folder("POLYLECT_DATA", default=Path("var"))
ASSETS = (
    DATA / "assets"
)  # course files anybody may have; those of hidden blocks lie in assets-hidden, which nothing serves
DEBUG = environment.flag("POLYLECT_DEBUG", default=False)
SECRET_KEY = environment.secret("POLYLECT_SECRET_KEY", kept_in=DATA / "secret-key")

# Serving
ALLOWED_HOSTS = environment.hosts("POLYLECT_HOSTS", default=("127.0.0.1", "localhost", "[::1]"))
ADDRESS, PORT = environment.address("POLYLECT_ADDRESS", default="127.0.0.1:8000")
WORKERS = environment.number("POLYLECT_WORKERS", default=1, least=1, most=64)
THREADS = environment.number("POLYLECT_THREADS", default=8, least=1, most=64)
HTTPS = environment.flag("POLYLECT_HTTPS", default=False)
BEHIND_PROXY = environment.flag("POLYLECT_BEHIND_PROXY", default=False)
RUN_SCRIPTS = environment.flag("POLYLECT_RUN_SCRIPTS", default=True)
MACHINES = environment.machines("POLYLECT_MACHINE")
MACHINE_KEY = environment.text("POLYLECT_MACHINE_KEY", default="")
ROOT_URLCONF = "polylect_web.urls"

INSTALLED_APPS = [
    "polylect_web.pages",
    "polylect_web.translate",
    "polylect_web.learn",
    "polylect_web.practice",
    "polylect_web.grading",
    "polylect_web.texts",
    "polylect_web.memory",
    "polylect_web.glossary",
    "polylect_web.machine",
    "polylect_web.courses",
    "polylect_web.accounts",
    "polylect_web.foundation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "polylect_web.foundation.csp.PolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "polylect_web.accounts.middleware.KeepSignedInMiddleware",
    "polylect_web.foundation.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

# Security. Content-Security-Policy and Permissions-Policy are in foundation.csp.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * (90 + 7)  # an idle guest is kept for 90 days, and a session renewed once a week
SESSION_ENGINE = "polylect_web.accounts.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CSRF_COOKIE_NAME = "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "polylect_web.pages.views.forged"
LONGEST_REQUEST_BYTES = 2 * 1024 * 1024
LONGEST_REQUEST_SECONDS = 120  # to arrive; the server itself gives the headers 30
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # of a form: an answer is a few hundred bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["polylect_web.accounts.backends.PasswordBackend"]
PASSWORD_HASHERS = ["polylect_web.accounts.hashers.PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "email", "name")},
    }
]
LOGIN_URL = "sign_in"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "polylect_web.foundation.context.of_languages",
                "polylect_web.accounts.context.account",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "polylect_web.foundation.templatetags.words",
            ],
        },
    }
]

DATABASES = {"default": environment.database("POLYLECT_DATABASE_URL", default=DATA / "polylect.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": None,  # a key names what it holds, revision and all: it is never stale, and may be lost
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "français"), ("es", "español"), ("ar", "العربية")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "polylect_web.foundation.static.StaticStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Whoever scans the network would fill the log, with a traceback each time; they get status 400.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
