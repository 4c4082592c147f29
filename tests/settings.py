"""The portal's settings with a database and a ``var`` of the tests' own."""

import os
from pathlib import Path

from tools.build_messages import compile_messages

VAR_OF_TESTS = Path(__file__).parent.parent / "var" / "test"
os.environ["MOTCUA_VAR"] = str(VAR_OF_TESTS)
os.environ.setdefault("LOG_LEVEL", "WARNING")

compile_messages(Path(__file__).parent.parent / "src")
"""Before Django reads them: words once read are not read again."""

from motcua.config.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405 (threads of a test leave none open)
OPERATING_AGENCIES = frozenset({"000.00.00.H26"})
"""The city's administrator looks after the tests' portal, as in the demonstration."""
