"""Declarations only: every value that an operator may change is read from the environment (README, "Configuration")."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from webapp.databases import build_databases
from webapp.env import (
    env_bool,
    env_choice,
    env_folder,
    env_int,
    env_list,
    env_networks,
    env_ports,
    env_secret,
    env_str,
)
from webapp.secret_key import load_or_create

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env_folder("DATA_DIR", BASE_DIR / "data")

# --- Core -------------------------------------------------------------------------------------------------------------
DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = env_secret("SECRET_KEY") or load_or_create(DATA_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
ROOT_URLCONF = "webapp.urls"
WSGI_APPLICATION = "webapp.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "webapp.accounts",
    "webapp.library",
    "webapp.audit",
    "webapp.uses",
    "webapp.queue",
    "webapp.delivery",
    "webapp.feedback",
    "webapp.webhooks",
    "webapp.api",
    "webapp",
]

MIDDLEWARE = [
    "webapp.middleware.RequestIdMiddleware",
    "webapp.api.middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "webapp.middleware.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "webapp.pages.context.service",
            ],
            "builtins": ["django.templatetags.static"],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------------------------------
DATABASES = build_databases(env_str("DATABASE_URL"), DATA_DIR)
SPOOL_DIR = DATA_DIR / "spool"  # originals as uploaded, until the worker has made its copy
MEDIA_DIR = DATA_DIR / "media"  # re-encoded copies, named by the hash of the original
PAGES_DIR = DATA_DIR / "pages"  # sources of pages as they came
ARCHIVES_DIR = DATA_DIR / "archives"  # and of sites
RETENTION = timedelta(days=env_int("RETENTION_DAYS", 30, minimum=1))

# --- Limits -----------------------------------------------------------------------------------------------------------
MAX_IMAGE_BYTES = env_int("MAX_IMAGE_MB", 10, minimum=1, maximum=100) * 1_000_000
MAX_FILES_PER_UPLOAD = env_int("MAX_FILES_PER_UPLOAD", 50, minimum=1, maximum=100)
MAX_PAGE_BYTES = 10_000_000
MAX_ARCHIVE_BYTES = 50_000_000
MAX_AUDIT_PAGES = env_int("MAX_AUDIT_PAGES", 200, minimum=1)
MAX_QUEUED_PAGES = env_int("MAX_QUEUED_PAGES", 10_000, minimum=1)
MAX_QUEUED_IMAGES = env_int("MAX_QUEUED_IMAGES", 10_000, minimum=1)
# Pictures that a site, or a key without one, may hand over in a day and in a month; 0 for as many as it likes.
QUOTA_DAY = env_int("QUOTA_DAY", 0)
QUOTA_MONTH = env_int("QUOTA_MONTH", 0)
DATA_UPLOAD_MAX_NUMBER_FILES = 100
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_IMAGE_BYTES * 2  # a JSON body with base64; file parts are limited by our own handler
FILE_UPLOAD_HANDLERS = ["webapp.library.uploads.LimitedUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- Queue ------------------------------------------------------------------------------------------------------------
BROKER_DIR = DATA_DIR / "broker"
CELERY_BROKER_URL = env_str("CELERY_BROKER_URL", "filesystem://")
DUE_LOOKS_EVERY = timedelta(minutes=5)  # how often it is seen whether an audit is due for another look
QUEUE_LEASE = timedelta(
    seconds=150
)  # longer than a batch may take (QUEUE_BATCH_LIMIT), so that no live batch is taken away
QUEUE_BATCH_LIMIT = timedelta(seconds=120)
QUEUE_SILENCE = timedelta(seconds=60)  # then a worker hangs; it beats every five seconds, and a busy disk may take some
QUEUE_MAX_ATTEMPTS = 3
BATCH_SIZE = env_int("BATCH_SIZE", 8, minimum=1, maximum=256)

# --- Captioner --------------------------------------------------------------------------------------------------------
CAPTIONER_MODEL = env_str("CAPTIONER_MODEL")  # empty: the shipped checkpoint
CAPTIONER_DEVICE = env_str("CAPTIONER_DEVICE", "auto")
CAPTIONER_BEAM = env_int("CAPTIONER_BEAM", 5, minimum=1, maximum=20)
# Which pictures are read for text where Tesseract is installed: those that are no photographs, all, or none.
CAPTIONER_OCR = env_choice("CAPTIONER_OCR", ("drawings", "always", "never"), "drawings")
CAPTIONER_ALTERNATIVES = env_int("CAPTIONER_ALTERNATIVES", min(4, CAPTIONER_BEAM - 1), maximum=19)

# --- Fetching ---------------------------------------------------------------------------------------------------------
# What may be fetched beside the public web: networks of the operator's own, and ports beside 80 and 443.
CAPTIONER_FETCH_PRIVATE = env_networks("CAPTIONER_FETCH_PRIVATE")
CAPTIONER_FETCH_PORTS = env_ports("CAPTIONER_FETCH_PORTS")
CAPTIONER_FETCH_CONTACT = env_str("CAPTIONER_FETCH_CONTACT")  # told to every site: a page or mail address
CAPTIONER_FETCH_SECONDS = env_int("CAPTIONER_FETCH_SECONDS", 20, minimum=1, maximum=60)
# Whether pages may be built by Chromium where it is installed. Without its sandbox only as root, if at all.
CAPTIONER_BROWSER = env_choice("CAPTIONER_BROWSER", ("never", "sandboxed", "unsandboxed"), "never")
CAPTIONER_FETCH_DELAY = env_int("CAPTIONER_FETCH_DELAY", 1, minimum=0, maximum=60)

# --- API --------------------------------------------------------------------------------------------------------------
API_KEYLESS = env_choice("API_KEYLESS", ["loopback", "never"], "loopback")
API_MAX_WAITERS = env_int("API_MAX_WAITERS", 4, maximum=6)  # of the 8 threads of a web process
# Requests a minute; 0 for no limit. Counted in Redis where that is the broker, otherwise in this file.
API_RATE = env_int("API_RATE", 600)  # of one key
LOOKUP_RATE = env_int("LOOKUP_RATE", 300)  # of one address that reads a site's pages; ten times as many of one server
PAGES_RATE = env_int("PAGES_RATE", 60)  # of one visitor of our own pages, for what gives the machine work
REFUSED_RATE = env_int("REFUSED_RATE", 60)  # of one address without a right key, which gets no more than the refusal
RATES_FILE = DATA_DIR / "rates.sqlite3"
# Who may make API keys on the page: loopback means somebody who surely sits at this machine.
KEYS_PAGE = env_choice("KEYS_PAGE", ["loopback", "everyone", "never"], "loopback")
# Reverse proxies in front. With any, a call from loopback may come from anywhere, so everybody needs a key.
NINJA_NUM_PROXIES = env_int("TRUSTED_PROXIES", 0)

# --- Accounts ---------------------------------------------------------------------------------------------------------
SIGN_UP = env_choice("SIGN_UP", ["everyone", "first", "never"], "everyone")
LOGIN_URL = "pages:log-in"
LOGIN_REDIRECT_URL = "pages:history"
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": _VALIDATION + "UserAttributeSimilarityValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600  # seconds
EMAIL_HOST = env_str("EMAIL_HOST")  # empty: mail is printed where the service was started
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = env_int("EMAIL_PORT", 587, minimum=1, maximum=65_535)
EMAIL_HOST_USER = env_str("EMAIL_USER")
EMAIL_HOST_PASSWORD = env_secret("EMAIL_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env_str("EMAIL_FROM", "captioner@localhost")

# --- Serving texts ----------------------------------------------------------------------------------------------------
# Parameters of image addresses that only say how large the picture is to come, as "w,h,dpr".
IMAGE_SIZE_PARAMETERS = env_list("IMAGE_SIZE_PARAMETERS")

# --- Sessions, cookies, headers ---------------------------------------------------------------------------------------
HTTPS = env_bool("HTTPS", default=False)
SESSION_COOKIE_AGE = int(RETENTION.total_seconds())
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # what was done is no cookie's business
CSRF_FAILURE_VIEW = "webapp.pages.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- Static files -----------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "webapp.pages.static_storage.HashedStorage"},
}

# --- Language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

# --- Logging ----------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_choice("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], "INFO")},
}
