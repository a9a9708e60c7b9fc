"""Data that older versions wrote."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.library.drafts import candidates

# As old as the data: later columns of a site would be missing from rows that are made here.
ACCOUNTS = ("accounts", "0002_default_site")


def suggestion_of(old, **fields):
    """A suggestion in the database as it was, with all that it hangs on."""
    owner = old.get_model("accounts", "Owner").objects.create(kind="key")
    site = old.get_model("accounts", "Site").objects.create(name="Old")
    blob = old.get_model("library", "Blob").objects.create(pk="0" * 64, size=1, mime="image/png", width=1, height=1)
    job = old.get_model("library", "Job").objects.create(owner_id=owner.pk, site_id=site.pk)
    places = {"owner_id": owner.pk, "site_id": site.pk, "job": job, "blob": blob}
    image = old.get_model("library", "Image").objects.create(position=1, name="a.png", **places)
    inference = old.get_model("library", "Inference").objects.create(
        blob=blob, model="m", options="o", candidates=candidates("A man.", "A dog.")
    )
    return old.get_model("library", "Suggestion").objects.create(
        image=image, inference=inference, site_id=site.pk, text="A man.", **fields
    )


@pytest.mark.django_db(transaction=True)
def test_older_suggestions_go_on_offering_the_models_own_sentences():
    before, after = (
        [ACCOUNTS, ("library", "0002_undo_and_unsaved_texts")],
        [ACCOUNTS, ("library", "0003_offered_candidates")],
    )
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    try:
        executor.migrate(before)
        old = executor.loader.project_state(before).apps
        suggestion = suggestion_of(old)

        executor = MigrationExecutor(connection)
        executor.migrate(after)
        new = executor.loader.project_state(after).apps.get_model("library", "Suggestion").objects.get(pk=suggestion.pk)
        assert [(one["text"], one["model_text"], one["applied_rules"]) for one in new.candidates] == [
            ("A man.", "A man.", []),
            ("A dog.", "A dog.", []),
        ]
    finally:
        MigrationExecutor(connection).migrate(newest)


@pytest.mark.django_db(transaction=True)
def test_older_drafts_come_from_the_model_and_are_not_calibrated():
    before, after = [ACCOUNTS, ("library", "0003_offered_candidates")], [ACCOUNTS, ("library", "0004_confidence")]
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    try:
        executor.migrate(before)
        old = executor.loader.project_state(before).apps
        drafts = [{"text": "A man.", "model_text": "A man.", "log_probability": -1, "score": -1, "applied_rules": []}]
        pk = suggestion_of(old, candidates=drafts).pk

        executor = MigrationExecutor(connection)
        executor.migrate(after)
        new = executor.loader.project_state(after).apps.get_model("library", "Suggestion").objects.get(pk=pk)
        assert new.candidates == [{"source": "model", **drafts[0]}]
        found = new.inference
        assert found.confidence == {"p": None, "band": "not_calibrated", "calibrated": False}
        assert (found.withheld, found.looks, found.ocr) == ("", None, None)
    finally:
        MigrationExecutor(connection).migrate(newest)
