"""The portal's settings with a database and a ``var`` of the tests' own."""

import os
from pathlib import Path

VAR_OF_TESTS = Path(__file__).parent.parent / "var" / "test"
os.environ["MOTCUA_VAR"] = str(VAR_OF_TESTS)
os.environ.setdefault("LOG_LEVEL", "WARNING")

from motcua.config.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
