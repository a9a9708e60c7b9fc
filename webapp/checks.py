"""System checks: what would make the service fail later is said at its start."""

import importlib.util
import os
import re
import stat
from collections.abc import Sequence
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from captioner.model_names import named_folder, shipped_folder, transformers_name

MODEL_FILES = ("manifest.json", "model.safetensors")
_DEVICE = re.compile(r"auto|cpu|cuda(:\d+)?")
_BROKERS = ("filesystem:", "redis:", "rediss:")
_CONTACT = re.compile(r"(https?://|mailto:)[!-'*-~]+")  # it stands between brackets in a header
# This machine, and what clouds tell a machine about itself.
_OWN_NETWORKS = tuple(map(ip_network, ("127.0.0.0/8", "::1/128", "169.254.0.0/16", "fe80::/10", "fd00:ec2::/32")))


def missing_model_files() -> str:
    """A sentence where files of the model are not there, else nothing. Their content is checked when it is loaded."""
    name = transformers_name(settings.CAPTIONER_MODEL)
    if name is not None:
        return _missing_of_transformers(name)
    folder = Path(settings.CAPTIONER_MODEL) if settings.CAPTIONER_MODEL else shipped_folder()
    missing = [name for name in MODEL_FILES if not (folder / name).is_file()]
    if not missing:
        return ""
    return f"The model in {folder} lacks {' and '.join(missing)}. Name the folder of a checkpoint in CAPTIONER_MODEL."


def _missing_of_transformers(name: str) -> str:
    """The same for a model of transformers. Whether the hub's cache holds a model is said when it is loaded."""
    folder = named_folder(name)
    if not name:
        return "CAPTIONER_MODEL names no model behind `transformers:`. Write the name or the folder of one."
    if folder and not folder.is_dir():
        return f"There is no folder {folder}. Name the folder of a model in CAPTIONER_MODEL."
    if importlib.util.find_spec("transformers") is None:
        return "CAPTIONER_MODEL needs transformers. Run `pip install -r requirements-transformers.txt`."
    return ""


@register()
def check_data_folder(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """The data folder and the broker's folder can be written, and nobody else can look into the latter."""
    problems: list[CheckMessage] = []
    if not os.access(settings.DATA_DIR, os.R_OK | os.W_OK | os.X_OK):
        hint = "Change its owner or permissions, or name another folder in DATA_DIR."
        problems.append(Error(f"The data folder {settings.DATA_DIR} cannot be written.", hint, id="captioner.E001"))
    if settings.BROKER_DIR.is_dir() and stat.S_IMODE(settings.BROKER_DIR.stat().st_mode) & 0o077:
        hint = f"chmod 700 {settings.BROKER_DIR}"
        message = f"Other users of this machine may write to the broker's folder {settings.BROKER_DIR}, or read it."
        problems.append(Warning(message, hint, id="captioner.W002"))
    return problems


@register()
def check_model(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """The model is there and its options agree. Only workers need it, so its absence is a warning."""
    problems: list[CheckMessage] = []
    if missing := missing_model_files():
        problems.append(Warning(missing, "Without a model no picture can be captioned.", id="captioner.W003"))
    if not _DEVICE.fullmatch(settings.CAPTIONER_DEVICE):
        message = f"CAPTIONER_DEVICE is {settings.CAPTIONER_DEVICE!r}."
        problems.append(Error(message, "Set it to auto, cpu, cuda or cuda:N.", id="captioner.E004"))
    if settings.CAPTIONER_ALTERNATIVES >= settings.CAPTIONER_BEAM:
        message = "A beam cannot have more alternatives than sentences."
        hint = "Set CAPTIONER_ALTERNATIVES lower than CAPTIONER_BEAM."
        problems.append(Error(message, hint, id="captioner.E005"))
    return problems


@register()
def check_queue(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """The broker is one that is tested, and a lease outlasts a batch."""
    problems: list[CheckMessage] = []
    if not settings.CELERY_BROKER_URL.startswith(_BROKERS):
        hint = "Leave it unset for the built-in broker, or set it to redis://host:6379/0."
        message = "CELERY_BROKER_URL names a broker that Captioner is not tested with."
        problems.append(Error(message, hint, id="captioner.E006"))
    if settings.QUEUE_LEASE <= settings.QUEUE_BATCH_LIMIT:
        hint = "Make QUEUE_LEASE longer than QUEUE_BATCH_LIMIT."
        problems.append(Error("A lease would run out under a live batch.", hint, id="captioner.E007"))
    return problems


@register()
def check_fetch(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """What sites are told is fit for a header, and no fetch may reach this machine by an oversight."""
    problems: list[CheckMessage] = []
    contact = settings.CAPTIONER_FETCH_CONTACT
    if contact and not _CONTACT.fullmatch(contact):
        message = "CAPTIONER_FETCH_CONTACT cannot be sent to a site."
        hint = "Set it to an address such as https://example.org/about or mailto:somebody@example.org."
        problems.append(Error(message, hint, id="captioner.E010"))
    for network in settings.CAPTIONER_FETCH_PRIVATE:
        if any(own.version == network.version and own.overlaps(network) for own in _OWN_NETWORKS):
            message = f"CAPTIONER_FETCH_PRIVATE lets {network} be fetched, which holds this machine or its metadata."
            hint = "List only the networks whose pages everybody who may give an address is allowed to see."
            problems.append(Warning(message, hint, id="captioner.W011"))
    return problems


def _in_memory(connection: BaseDatabaseWrapper) -> bool:
    return "memory" in str(connection.settings_dict["NAME"])


@register(Tags.database)
def check_database(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """SQLite took the write-ahead log, which it does on local disks only."""
    problems: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "sqlite" or _in_memory(connection):
            continue
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA journal_mode")
                mode = cursor.fetchone()[0]
        except DatabaseError as error:
            hint = "Check the disk that holds DATA_DIR, or set DATABASE_URL."
            problems.append(Error(f"The database cannot be opened: {error}.", hint, id="captioner.E008"))
            continue
        if mode != "wal":
            hint = "Put DATA_DIR on a local disk, or use PostgreSQL (DATABASE_URL)."
            problems.append(
                Error(f"SQLite works in {mode!r} mode, not with a write-ahead log.", hint, id="captioner.E009")
            )
    return problems
