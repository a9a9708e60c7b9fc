"""The Celery application. The web process only produces (tasks are sent by name); ``worker`` registers the tasks."""

from typing import Any

from celery import Celery
from django.conf import settings


def broker_url(url: str) -> str:
    """The URL as Celery wants it: without a host, which the built-in broker does not have, it warns at every start."""
    return "filesystem://localhost//" if url == "filesystem://" else url


def transport_options(url: str) -> dict[str, Any]:
    """What the broker behind the URL needs, each with its reason."""
    if url.startswith("filesystem:"):
        folder = settings.BROKER_DIR
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return {
            "data_folder_in": str(folder),
            "data_folder_out": str(folder),
            "control_folder": str(folder / "control"),  # the default is relative to wherever the process was started
            "polling_interval": 0.1,  # the default of one second would be most of a caption's latency
        }
    return {
        # A broker that hangs must not hang a POST.
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
        "health_check_interval": 25,
        "visibility_timeout": 600,
    }


app = Celery("captioner", set_as_current=True)
app.conf.update(
    broker_url=broker_url(settings.CELERY_BROKER_URL),
    broker_transport_options=transport_options(settings.CELERY_BROKER_URL),
    broker_connection_retry_on_startup=True,
    task_default_queue="caption",
    # Results live in our rows.
    task_ignore_result=True,
    result_backend=None,
    accept_content=["json"],
    task_serializer="json",
    # A lost hint is harmless, so it is acknowledged early and never redelivered.
    task_acks_late=False,
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0, "interval_max": 0.2},
    worker_prefetch_multiplier=1,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    timezone="UTC",
)
