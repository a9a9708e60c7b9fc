"""Data that older versions wrote."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.library.drafts import candidates


@pytest.mark.django_db(transaction=True)
def test_older_suggestions_go_on_offering_the_models_own_sentences():
    before, after = [("library", "0002_undo_and_unsaved_texts")], [("library", "0003_offered_candidates")]
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    try:
        executor.migrate(before)
        old = executor.loader.project_state(before).apps
        owner = old.get_model("accounts", "Owner").objects.create(kind="key")
        site = old.get_model("accounts", "Site").objects.create(name="Old")
        blob = old.get_model("library", "Blob").objects.create(pk="0" * 64, size=1, mime="image/png", width=1, height=1)
        job = old.get_model("library", "Job").objects.create(owner_id=owner.pk, site_id=site.pk)
        places = {"owner_id": owner.pk, "site_id": site.pk, "job": job, "blob": blob}
        image = old.get_model("library", "Image").objects.create(position=1, name="a.png", **places)
        inference = old.get_model("library", "Inference").objects.create(
            blob=blob, model="m", options="o", candidates=candidates("A man.", "A dog.")
        )
        suggestion = old.get_model("library", "Suggestion").objects.create(
            image=image, inference=inference, site_id=site.pk, text="A man."
        )

        executor = MigrationExecutor(connection)
        executor.migrate(after)
        new = executor.loader.project_state(after).apps.get_model("library", "Suggestion").objects.get(pk=suggestion.pk)
        assert [(one["text"], one["model_text"], one["applied_rules"]) for one in new.candidates] == [
            ("A man.", "A man.", []),
            ("A dog.", "A dog.", []),
        ]
    finally:
        MigrationExecutor(connection).migrate(newest)
