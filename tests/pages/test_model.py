"""The page about the model: its card, read from beside its weights."""

import re

import pytest
from django.urls import reverse

from captioner.model_names import shipped_folder

CARD = """# A model

Some *words* & <script>alert(1)</script>.

| data | photographs |
|---|---|
| one | 10 |

![Promised against kept.](plots/curve.png)

    python -m captioner evaluate

![Nothing]()
"""


@pytest.fixture
def folder(settings, tmp_path):
    (tmp_path / "MODEL_CARD.md").write_text(CARD, encoding="utf-8")
    (tmp_path / "curve.png").write_bytes(b"\x89PNG")
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    settings.CAPTIONER_MODEL = str(tmp_path)
    return tmp_path


def page(client):
    response = client.get(reverse("pages:model"))
    assert response.status_code == 200
    return response.content.decode()


def test_the_shipped_models_card_is_the_page(client, db):
    title = re.match(r"# (.*)", (shipped_folder() / "MODEL_CARD.md").read_text(encoding="utf-8"))[1]
    html = page(client)
    assert f"<h1>{title}</h1>" in html
    assert html.count("<h1") == 1
    for part in ("trained on", "Figures", "gets wrong", "must not be used for"):
        assert re.search(f"<h2>[^<]*{part}", html), part


def test_every_page_leads_there(client, db):
    assert f'href="{reverse("pages:model")}"' in client.get(reverse("pages:landing")).content.decode()


def test_tables_scroll_by_themselves_and_pictures_have_their_words(client, db, folder):
    html = page(client)
    assert '<div class="table-scroll" role="group" aria-label="Table 1, A model" tabindex="0"><table>' in html
    assert f'<img src="{reverse("pages:model-plot", args=["curve.png"])}" alt="Promised against kept.">' in html
    assert "<em>words</em>" in html


def test_html_in_a_card_is_text(client, db, folder):
    assert "<script>alert" not in page(client)
    assert "&lt;script&gt;alert(1)" in page(client)


def test_a_changed_card_is_read_again(client, db, folder):
    page(client)
    (folder / "MODEL_CARD.md").write_text("# Another\n", encoding="utf-8")
    assert "<h1>Another</h1>" in page(client)


def test_plots_are_served_and_nothing_else(client, db, folder):
    answer = client.get(reverse("pages:model-plot", args=["curve.png"]))
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"\x89PNG", "image/png")
    for name in ("model.safetensors", "MODEL_CARD.md", "missing.png", "a" * 300 + ".png", "a" * 300):
        assert client.get(reverse("pages:model-plot", args=[name])).status_code == 404


@pytest.mark.parametrize("name", ["transformers:someone/some-model", "transformers:/nowhere", "/nowhere"])
def test_a_model_without_a_card_says_so(client, db, settings, name):
    settings.CAPTIONER_MODEL = name
    html = page(client)
    assert "without a card" in html
    assert name.rpartition("/")[2] in html
    assert "/nowhere" not in html, "where it lies is nobody's business"
