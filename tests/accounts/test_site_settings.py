"""Settings of a site as people write them: made regular, or refused with a sentence."""

import pytest

from webapp.accounts.site_settings import read_lang, read_name, read_origin, read_url_prefix, read_word


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://www.example.org", "https://www.example.org"),
        (" HTTPS://WWW.Example.org:443/ ", "https://www.example.org"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://example.org:80", "http://example.org"),
        ("https://example.org.", "https://example.org"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_origin_is_written_as_browsers_send_it(written, origin):
    assert read_origin(written) == origin
    assert read_origin(origin) == origin


@pytest.mark.parametrize(
    "written",
    ["", "example.org", "*", "null", "https://*.example.org", "https://example.org/shop", "ftp://example.org",
     "https://me:pw@example.org", "https://example.org:99999", "https://exa mple.org", "javascript:alert(1)",
     "https://example.org?x", "x" * 3000],
)  # fmt: skip
def test_what_is_no_origin_is_refused_with_a_sentence(written):
    with pytest.raises(ValueError, match=r"[.]$"):
        read_origin(written)


def test_a_prefix_keeps_its_path_and_has_no_query():
    assert read_url_prefix("HTTPS://cdn.example.org/Bilder/ä") == "https://cdn.example.org/Bilder/%C3%A4"
    for wrong in ("https://cdn.example.org/?w=", "https://cdn.example.org/#a", "/images/"):
        with pytest.raises(ValueError, match=r"[.]$"):
            read_url_prefix(wrong)


@pytest.mark.parametrize(
    ("written", "tag"),
    [("EN", "en"), ("pt-br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("de-ch-1996", "de-CH-1996"), ("es-419", "es-419"),
     ("sl-rozaj", "sl-rozaj"), ("en-x-shop", "en-x-shop"), ("de-u-co-phonebk", "de-u-co-phonebk"), ("yue", "yue")],
)  # fmt: skip
def test_a_language_tag_is_written_in_its_usual_way(written, tag):
    assert read_lang(written) == tag


@pytest.mark.parametrize("written", ["", "e", "english language", "en_GB", "en-", "-en", "123", "en--GB", "x" * 40])
def test_what_is_no_language_tag_is_refused(written):
    with pytest.raises(ValueError, match="no language tag"):
        read_lang(written)


def test_names_and_words_are_cleaned_and_bounded():
    assert read_name("  My\x00  shop\n") == "My shop"
    assert read_word("  Click   HERE ") == "click here"
    for read, wrong in ((read_name, " "), (read_name, "x" * 201), (read_word, ""), (read_word, "x" * 51)):
        with pytest.raises(ValueError, match=r"[.]$"):
            read(wrong)
