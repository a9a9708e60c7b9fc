"""What must stand before the first process starts."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError

from webapp.checks import missing_model_files
from webapp.serving.errors import ServingError


def ensure_model() -> None:
    """Raises ServingError where the model's files are not there."""
    if missing := missing_model_files():
        raise ServingError(missing)


def prepare_database() -> None:
    """Brings the database up to date. Raises ServingError where it cannot be reached or written."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise ServingError(
            f"The database cannot be used: {str(error).strip()} Check DATABASE_URL, or the disk that holds DATA_DIR."
        ) from error


def collect_static_files() -> None:
    """Gathers and compresses the static files. Raises ServingError where their folder cannot be written."""
    try:
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0)
    except OSError as error:
        raise ServingError(f"The static files cannot be written: {error}. Check the folder DATA_DIR.") from error
