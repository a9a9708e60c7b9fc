"""Says at the start what is wrong with the setting, since a page never will."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from alttext.options import Options, options


@register()
def check_options(**_: Any) -> list[CheckMessage]:
    """Errors where no text could ever come."""
    try:
        found = options()
        import_string(found.source)
    except (ImproperlyConfigured, ImportError) as error:
        return [Error(str(error), id="alttext.E001")]
    if found.source == Options().source and not found.url.startswith(("http://", "https://")):
        return [
            Error(
                "ALTTEXT does not say where the texts come from.",
                hint='Set ALTTEXT = {"URL": "https://captioner.example.org", "KEY": "cap_..."}.',
                id="alttext.E002",
            )
        ]
    return []
