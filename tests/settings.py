"""Settings of the tests: those of the service, in a data folder of the run's own."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="captioner-test-"))

from webapp.settings import *

# Tests render templates without a collected manifest; the browser tests run the real service with the real one.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
