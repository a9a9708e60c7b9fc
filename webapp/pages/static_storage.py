"""How static files are named when they are collected."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Names files by their content, those that a script imports included: else a browser could mix old and new."""

    support_js_module_import_aggregation = True
