"""Settings of the tests: those of the service, in a data folder of the run's own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Never the folder of an installation, whatever DATA_DIR says: tests delete. Processes that a test starts are given its
# own folder by TEST_DATA_DIR.
_folder = os.environ.get("TEST_DATA_DIR")
if not _folder:
    _folder = tempfile.mkdtemp(prefix="captioner-test-")
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DATA_DIR"] = _folder

from webapp.settings import *  # noqa: E402, F403

# Tests render templates without a collected manifest; the browser tests run the real service with the real one.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
Path(STATIC_ROOT).mkdir(exist_ok=True)  # noqa: F405
# A file, as in service: a database in memory that the threads of the browser tests share refuses at once where a file
# waits for its lock.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": Path(_folder) / "tests.sqlite3"}  # noqa: F405
API_RATE = LOOKUP_RATE = PAGES_RATE = REFUSED_RATE = 0  # tests ask faster than anybody; those of rates set their own
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
