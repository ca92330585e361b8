"""Settings, all from the environment; the README lists every variable.

Nothing here opens a connection or starts a server. Where no database is named, manage.py and the
test plugin have filled in DATABASE_URL before this module is read.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env

from attempts.chat_engine.server import named_server
from quizsite.database.settings import databases, direct_url, time_outs
from quizsite.logs.settings import logging_settings
from quizsite.rate_limits.rates import RATES

# The scorer's matrices are small: two threads take twice the CPU time and are no faster.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-this-machine" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY, or DEBUG=1 on your own machine.")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "quizsite.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # for the list of passkeys
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "quizsite.apps.QuizsiteConfig",
    "questions",
    "attempts",
]

MIDDLEWARE = [
    "quizsite.headers.security_headers.security_headers",  # first, so that no reply is without them
    # Before what refuses, so that every line and every number is about the whole request.
    "quizsite.watching.middleware.watch_requests",
    "quizsite.request_limits.refuse_long_bodies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "quizsite.headers.usual_policy.UsualPolicy",
    "quizsite.page_scripts.mark_own_replies",
    "quizsite.request_limits.refuse_unreadable_text",
    "quizsite.health.answer_probes",  # before sessions, and before the host's name is checked
    "quizsite.database.replica.own_writes.OwnWrites",
    "quizsite.database.outage.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "quizsite.request_limits.LongBodiesFromStaffOnly",
    "django.middleware.csrf.CsrfViewMiddleware",
    "quizsite.database.signed_in.SignedInUser",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "quizsite.rate_limits.limiting.RateLimits",  # after whatever says who asks
    "quizsite.account_deletion.gone.GoneAccount",
    "quizsite.not_found.OwnNotFoundPage",
]

ROOT_URLCONF = "quizsite.urls"
WSGI_APPLICATION = "quizsite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]


DATABASES = databases(env)
DATABASE_ROUTERS = ["quizsite.database.replica.routing.Router"] if "replica" in DATABASES else []
DATABASE_DIRECT_URL = direct_url(env)
DATABASE_TIME_OUTS = time_outs(env)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In PostgreSQL, so that all workers share the counters of the rate limits. The sweep deletes what
# has expired; above MAX_ENTRIES the cache would also drop counters that are still needed.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# The last one is there for the sessions that name it, and for the second factor.
AUTHENTICATION_BACKENDS = [
    "quizsite.accounts.backend.EmailBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "attempts:history"
LOGOUT_REDIRECT_URL = "home"

# People log in with their email address: one thing less to invent and remember, and resetting a
# forgotten password needs the address anyway.
ACCOUNT_ADAPTER = "quizsite.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {"signup": "quizsite.accounts.sign_up.SignUpForm"}
# Where mail leaves, a new account is used after its address was confirmed, so that signing up tells
# nobody which addresses have accounts. Where none leaves, only the page could say so.
CONFIRM_ADDRESSES = env.bool(
    "CONFIRM_ADDRESSES",
    default=DEBUG or any(os.environ.get(name) for name in ("EMAIL_HOST", "EMAIL_BACKEND")),
)
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if CONFIRM_ADDRESSES else "optional"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that has just signed up
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# RATE_LIMITS=0 is for measuring how fast the site is, on a machine that only its owner reaches.
RATE_LIMITS = env.bool("RATE_LIMITS", default=True)
ACCOUNT_RATE_LIMITS = RATES if RATE_LIMITS else False

# Everybody may set up a second factor; with STAFF_SECOND_FACTOR=1 the admin requires one.
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Mock interview"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG  # localhost without TLS
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=False)

EMAIL_BACKEND = env.str(
    "EMAIL_BACKEND",
    default=f"django.core.mail.backends.{'console' if DEBUG else 'smtp'}.EmailBackend",
)
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Mock interview <interview@localhost>")

# A guest reaches attempts only through the session, so it lasts long.
SESSION_ENGINE = "quizsite.database.sessions"
SESSION_COOKIE_AGE = 180 * 24 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
# Scripts read the CSRF cookie when they send. A log-in in another tab renews it. A token in
# the page would then be refused, and an answer with it.
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "attempts.views.refused_text.csrf_failure"

# With TLS, except on somebody's own machine. HTTPS=0 serves plain HTTP without DEBUG.
HTTPS = env.bool("HTTPS", default=not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Otherwise all visitors would have the proxy's address, and one who guesses passwords would
    # lock out everybody.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Off unless named: answers then leave this site, to be checked by a model on that server.
try:
    SCORER = named_server(
        env.str("SCORER_URL", default=""),
        env.str("SCORER_MODEL", default=""),
        env.str("SCORER_KEY", default=""),
        env.float("SCORER_TIMEOUT", default=60),
    )
except ValueError as error:
    raise ImproperlyConfigured(str(error)) from None

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        **({"upgrade-insecure-requests": True} if HTTPS else {}),
    }
}

# An answer of 20,000 characters in any script, escaped for a form, is far below 2.5 MB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

# The site has one language, so that no page asks at each number and date which one it is.
LANGUAGE_CODE = "en-gb"
USE_I18N = False
DATE_FORMAT, TIME_FORMAT, DATETIME_FORMAT = "j M Y", "H:i", "j M Y, H:i"
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "quizsite.staticfiles.finder.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "quizsite.staticfiles.storage.HashedModules"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# Without a token nobody reads /metrics, and requests are not counted.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_LISTEN = env.str("METRICS_LISTEN", default="")

LOGGING_CONFIG = "quizsite.logs.settings.configure"
LOGGING = logging_settings()
