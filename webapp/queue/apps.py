"""Registers the app with Django."""

from django.apps import AppConfig


class QueueConfig(AppConfig):
    name = "webapp.queue"
