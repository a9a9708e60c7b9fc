#!/usr/bin/env python
"""Django's command line for Captioner; ``python manage.py serve`` starts the whole service."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "webapp.settings")
    try:
        settings.INSTALLED_APPS  # noqa: B018 - reads the configuration, whose mistakes are told in a sentence
    except ImproperlyConfigured as error:
        sys.exit(f"The configuration is wrong: {error}")
    execute_from_command_line(sys.argv)
