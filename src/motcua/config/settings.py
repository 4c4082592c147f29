"""Settings: everything that differs between machines comes from the environment."""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from motcua.backbone.database.addresses import database_settings
from motcua.backbone.mail import mail_settings
from motcua.backbone.secrets import machine_secret, secret_key, shared_secret
from motcua.config.exchange_settings import *  # noqa: F403
from motcua.config.logs import LOGGING  # noqa: F401
from motcua.kernel.reach import is_near

VAR = Path(os.environ.get("MOTCUA_VAR") or "var").resolve()
DEBUG = False
DEMO = os.environ.get("MOTCUA_DEMO", "1" if (VAR / "demo").exists() else "") == "1"
"""
A demonstration: what is said to it is made up.

``motcua run`` leaves the file where it shows one, so that commands typed beside it know.
"""
SECRET_KEY = secret_key(VAR)
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
BASE_URL = os.environ.get("BASE_URL") or "http://127.0.0.1:" + (os.environ.get("PORT") or "8000")
HTTPS = BASE_URL.startswith("https://")
BEHIND_PROXY = os.environ.get("BEHIND_PROXY") == "1"
"""A proxy of ours stands before the portal: believe its X-Forwarded-For and -Proto."""
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
"""Lets others than this machine itself read ``/metrics``, as a bearer token."""
OPERATING_AGENCIES = frozenset(
    os.environ.get("OPERATING_AGENCIES", "000.00.00.H26" if DEMO else "").replace(",", " ").split()
)
"""
Ids of the agencies whose administrators look after the whole portal; none unless they are named.

In the demonstration the city's administrator does.
"""

ROOMS = [
    "backbone",
    "agencies",
    "exchange",
    "registries",
    "registrar",
    "identity",
    "forms",
    "packs",
    "catalogue",
    "studio",
    "notices",
    "files",
    "payments",
    "queues",
    "dossiers",
    "sync",
    "forwarding",
    "reporting",
    "portal",
]
"""The rooms, from the ground up: a room may use only those before it."""

INSTALLED_APPS = [
    "motcua.config.apps.Config",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "axes",
    *(f"motcua.{room}.apps.{room.capitalize()}" for room in ROOMS),
]
MIDDLEWARE = [
    "motcua.backbone.http.requests.AddressMiddleware",
    "motcua.backbone.http.requests.RequestIdMiddleware",
    "motcua.config.probes.ProbeMiddleware",
    "motcua.exchange.web.gateway.GatewayMiddleware",
    "motcua.backbone.http.public_pages.PublicPages",
    "motcua.backbone.http.replicas.ReplicaMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "motcua.backbone.http.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.backbone.languages.LanguageMiddleware",
    "motcua.backbone.http.characters.CharacterMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "motcua.identity.web.actors.ActorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "motcua.backbone.http.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"

DATABASES = database_settings(VAR)
DATABASE_ROUTERS = ["motcua.backbone.database.reading.Router"]
REPLICAS = tuple(name for name in DATABASES if name != "default")
"""The databases that follow the primary, named in ``DATABASE_REPLICA_URL``."""
REPLICA_MOST_LAG = float(os.environ.get("REPLICA_MOST_LAG", "5"))
"""Seconds a replica may lag behind and still be read."""
READ_FROM_REPLICA = frozenset({"catalogue", "packs", "dossiers", "notices", "reporting", "sync"})
"""Rooms whose rows grant nobody anything; accounts, posts, tokens and agreements never lag."""
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

_HOUSE = Path(__file__).parent.parent
_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.messages.context_processors.messages",
    "motcua.backbone.context.page",
    "motcua.notices.web.context.waiting",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_HOUSE / room / "templates" for room in ROOMS],
        "OPTIONS": {
            "environment": "motcua.backbone.templating.environment",
            "context_processors": _CONTEXT,
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "motcua.identity.adapters.passphrases.PassphraseBackend",
]
_STRENGTH = "motcua.identity.adapters.validators."
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": _STRENGTH + "LongEnough", "OPTIONS": {"min_length": 12}},
    {
        "NAME": _STRENGTH + "NotAboutYou",
        "OPTIONS": {"user_attributes": ("name", "email", "phone", "personal_id")},
    },
    {"NAME": _STRENGTH + "NotCommon"},
    {"NAME": _STRENGTH + "NotOnlyDigits"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "/tai-khoan/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600

ACCOUNT_USER_MODEL_USERNAME_FIELD = "personal_id"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "motcua.identity.web.entry.Adapter"
ACCOUNT_RATE_LIMITS = False
"""allauth runs the sign-in and its later stages; pages, letters and limits are the house's own."""
AXES_FAILURE_LIMIT = 5
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_CALLABLE = "motcua.identity.web.signing_in.locked_out"
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
BANK_PORT = int(os.environ.get("BANK_PORT") or int(os.environ.get("PORT") or 8000) + 1)
SANDBOX_BANK = {
    "url": os.environ.get("BANK_URL") or f"http://127.0.0.1:{BANK_PORT}",
    "key_id": "motcua",
    "secret": machine_secret(VAR, "sandbox-bank-key", given=os.environ.get("BANK_SECRET")),
    "bin": "970499",
    "bank": "Ngân hàng thử nghiệm",
    "number": "0000000000",
    "holder": "TAI KHOAN THU NGHIEM",
}
PAYMENT_PROVIDERS: dict[str, dict[str, str]] = json.loads(
    os.environ.get("PAYMENT_PROVIDERS") or "{}"
) or ({"sandbox": SANDBOX_BANK} if DEMO else {})
"""Banks the portal is paid through, the preferred one first: name of the vendor → its options."""
RECEIPT_KEY = shared_secret(
    VAR, "receipt-key", given=os.environ.get("RECEIPT_KEY"), root=SECRET_KEY
)
"""Seals what receipts say; with another one, receipts printed before are told to be forged."""
EXPORT_KEY = machine_secret(VAR, "export-key", given=os.environ.get("EXPORT_KEY"))
"""Makes the pseudonyms in exported files; with another one, they are others."""
FILE_MOST_BYTES = int(os.environ.get("FILE_MOST_MB", "20")) * 2**20
"""The largest file a person may hand in."""
DOSSIER_MOST_BYTES = int(os.environ.get("DOSSIER_MOST_MB", "100")) * 2**20
"""The most that all files of one dossier, or of one draft, may be together."""
DOSSIER_ANSWER_HOURS = int(os.environ.get("DOSSIER_ANSWER_HOURS", "8"))
"""Working hours in which an online filing is answered: accepted, refused, or asked for more."""
DOSSIER_WAIT_DAYS = int(os.environ.get("DOSSIER_WAIT_DAYS", "30"))
"""Days a dossier waits for its applicant, unless its pack says otherwise; then it is stopped."""
DOSSIER_PAPER = {"a4": "a4", "a5": "a5"}[os.environ.get("DOSSIER_PAPER", "a4").lower()]
"""The usual paper of receipts, requests for supplement, refusals and apologies: a4 or a5."""
DOSSIER_KEPT_YEARS = int(os.environ.get("DOSSIER_KEPT_YEARS", "10"))
"""Years a finished dossier is kept, unless its pack says otherwise."""
SYNC_PERSON_KEY = machine_secret(VAR, "sync-person-key", given=os.environ.get("SYNC_PERSON_KEY"))
"""Keys the hashes by which a person's dossiers at other agencies are found; it must not change."""
SYNC_AT_ONCE = int(os.environ.get("SYNC_AT_ONCE", "2"))
"""How many members' streams of dossiers are merged at the same time; the others wait their turn."""
SYNC_MOST_BYTES = int(os.environ.get("SYNC_MOST_MB", "8192")) * 2**20
"""The most that one message of dossiers may be, unpacked; it is never in memory as a whole."""
SYNC_LEGACY = os.environ.get("SYNC_LEGACY", "") == "1"
"""Whether systems may tell of dossiers by the old, unsigned interface, with a password."""
EXPORT_MOST_BYTES = int(os.environ.get("EXPORT_MOST_MB", "1024")) * 2**20
"""The most that the files in the archive of one person's data may be together."""
EXCHANGE_MEMBERS = tuple(
    os.environ.get("EXCHANGE_MEMBER", "000.00.00.H26" if DEMO else "").replace(",", " ").split()
)
"""The members of the exchange that this portal speaks for; the first one runs it."""
EXCHANGE_PRIVATE_ADDRESSES = (
    os.environ.get("EXCHANGE_PRIVATE_ADDRESSES") or f"{is_near(BASE_URL):d}"
) == "1"
"""Whether other members may be called on private networks; so where this portal is on one."""
EXCHANGE_PERSON_KEY = machine_secret(
    VAR, "exchange-person-key", given=os.environ.get("EXCHANGE_PERSON_KEY")
)
"""Keys the hashes by which the message log knows whom a call was about; it must not change."""
EXCHANGE_BODIES_KEYS = (
    *os.environ.get("EXCHANGE_BODIES_KEYS", "").replace(",", " ").split(),
    shared_secret(VAR, "exchange-bodies-key", root=SECRET_KEY),
)
"""Seal the bodies of messages that are kept: by the first, while the others open what they did."""
REGISTERS: dict[str, str] = json.loads(os.environ.get("REGISTERS") or "null") or (
    {
        "population": "000.00.00.G01",
        "land": "000.00.00.G10",
        "enterprise": "000.00.00.G12",
        "finance": "000.00.00.G12",
        "insurance": "000.00.00.G12",
    }
    if DEMO
    else {}
)
"""The national registers that are kept here: register → the member of the exchange it is of."""
EXCHANGE_LOGS = tuple(dict.fromkeys((*EXCHANGE_MEMBERS, *REGISTERS.values())))
"""The members whose message logs are kept here; the registers answer in a process of their own."""
REGISTRAR_PORT = int(os.environ.get("REGISTRAR_PORT") or int(os.environ.get("PORT") or 8000) + 2)
REGISTRAR_URL = os.environ.get("REGISTRAR_URL") or f"http://127.0.0.1:{REGISTRAR_PORT}"
"""Where the registers that are kept here answer members: a process of its own."""
REGISTRIES: dict[str, dict[str, str]] = json.loads(os.environ.get("REGISTRIES") or "null") or {
    register: {"vendor": "exchange", "member": member} for register, member in REGISTERS.items()
}
"""The national registries that are asked: registry → its vendor and the vendor's options."""
PROOF_HOURS = int(os.environ.get("PROOF_HOURS", "24"))
"""How long a registry's answer stands for a paper before it has to be asked again."""
MAP_ADDRESS = os.environ.get("MAP_ADDRESS", "")
"""Where a point can be looked at, with ``{lat}`` and ``{lng}`` in it; empty: no map is offered."""
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "Một Cửa <khong-tra-loi@localhost>")
globals().update(mail_settings(os.environ.get("EMAIL_URL", ""), VAR))

SESSION_ENGINE = "motcua.backbone.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "motcua.backbone.failures.form_expired"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
