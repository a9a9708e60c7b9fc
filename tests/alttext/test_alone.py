"""The app works in a project that has nothing else of this repository, and says what is wrong with its setting."""

import pytest
from django.core.checks import Error

from alttext.checks import check_options
from tests.test_architecture import loaded_after

PROJECT = """
from django.conf import settings
settings.configure(
    INSTALLED_APPS=["alttext"], MIDDLEWARE=["alttext.middleware.AltTextMiddleware"], ROOT_URLCONF="__main__",
    ALLOWED_HOSTS=["*"], ALTTEXT={"URL": "http://127.0.0.1:9", "TIMEOUT": 5}, DATABASES={},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
)
import django; django.setup()
from django.core.management import call_command
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path
def page(request):
    template = engines["django"].from_string('{% load alttext %}{% alttext_img "/a.jpg" %}<img src=b.jpg>')
    return HttpResponse(template.render({}, request))
urlpatterns = [path("", page)]
call_command("check")
assert Client().get("/").content == b'<img src="/a.jpg"><img src=b.jpg>'
"""


def test_it_needs_django_and_a_parser_only():
    loaded = loaded_after(PROJECT)
    assert {"alttext", "django", "turbohtml", "httpcore2"} <= loaded
    assert not loaded & {"webapp", "worker", "captioner", "celery", "kombu", "torch", "PIL", "numpy", "ninja", "redis"}


@pytest.mark.parametrize(
    ("setting", "codes"),
    [
        ({}, ["alttext.E002"]),
        ({"URL": "captioner.example"}, ["alttext.E002"]),
        ({"URL": "https://captioner.example", "KEY": "cap_x"}, []),
        ({"SOURCE": "tests.alttext.sources.Memory"}, []),
        ({"SOURCE": "tests.alttext.sources.Nothing"}, ["alttext.E001"]),
        ({"ADDRESS": "https://captioner.example"}, ["alttext.E001"]),
    ],
)
def test_a_wrong_setting_is_told_at_the_start(settings, setting, codes):
    settings.ALTTEXT = setting
    found = check_options()
    assert [one.id for one in found] == codes
    assert all(isinstance(one, Error) for one in found)
