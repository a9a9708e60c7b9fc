"""What keeps the service from starting or running, each as a sentence that says what to do."""


class ServingError(Exception):
    """Ends ``manage.py serve`` or ``manage.py worker`` with its sentence."""
