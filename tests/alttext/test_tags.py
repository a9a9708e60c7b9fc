"""The template tag and the filter."""

import pytest
from django.template import Context, engines
from django.test import RequestFactory

from tests.alttext.sources import TULIP, text


def rendered(template, request=None, **context):
    django = engines["django"].engine
    loaded = django.from_string("{% load alttext %}" + template)
    return loaded.render(Context({"request": request, **context}))


@pytest.fixture(autouse=True)
def templates(settings):
    options = settings.TEMPLATES[0]["OPTIONS"]
    libraries = {"alttext": "alttext.templatetags.alttext"}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": {**options, "libraries": libraries}}]


@pytest.fixture
def request_(source):
    return RequestFactory().get("/garden/")


def test_the_filter_gives_the_decided_text_or_nothing(source, settings):
    template = "{{ address|alttext }}|{{ none|alttext }}"
    assert rendered(template, address="http://testserver/tulip.jpg") == f"{TULIP}|"
    assert rendered(template, address="/tulip.jpg") == "|"
    settings.ALTTEXT = {**settings.ALTTEXT, "SITE_URL": "http://testserver"}
    assert rendered(template, address="/tulip.jpg") == f"{TULIP}|"


def test_an_image_with_its_text(request_):
    assert rendered('{% alttext_img "/tulip.jpg" class="wide" data_number=7 hidden=False defer=True %}', request_) == (
        f'<img src="/tulip.jpg" alt="{TULIP}" data-alt-origin="edited" class="wide" data-number="7" defer>'
    )


def test_without_a_decided_text_there_is_no_alt_attribute(request_):
    assert rendered('{% alttext_img "rose.jpg" %}', request_) == '<img src="rose.jpg">'


def test_the_author_s_own_alt_stays(request_, source):
    assert rendered('{% alttext_img "/tulip.jpg" alt="" %}', request_) == '<img src="/tulip.jpg" alt="">'
    assert rendered('{% alttext_img "/tulip.jpg" alt="Mine" %}', request_) == '<img src="/tulip.jpg" alt="Mine">'
    assert source.asked == []


def test_all_is_escaped(request_, source):
    source.known = {"http://testserver/%22%3E%3Cb%3E": text("never"), "http://testserver/tulip.jpg": text('"><b>')}
    assert "<b>" not in rendered("{% alttext_img bad class=bad %}", request_, bad='"><b>')
    assert 'alt="&quot;&gt;&lt;b&gt;"' in rendered('{% alttext_img "/tulip.jpg" %}', request_)
    assert rendered("{{ address|alttext }}", address="http://testserver/tulip.jpg") == "&quot;&gt;&lt;b&gt;"


def test_a_text_in_another_language_says_so(request_, source):
    source.known = {"http://testserver/tulip.jpg": text("Rote Tulpen", "de")}
    assert 'lang="de"' in rendered('{% alttext_img "/tulip.jpg" %}', request_)


def test_a_source_that_fails_costs_the_page_nothing(request_, source):
    source.error = OSError("down")
    assert rendered('{% alttext_img "/tulip.jpg" %}{{ "http://x/a"|alttext }}', request_) == '<img src="/tulip.jpg">'
