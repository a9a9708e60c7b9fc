"""Suggestions hold what they offer; older ones go on offering the model's own sentences."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def offer_as_before(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Suggestion = apps.get_model("library", "Suggestion")
    changed = []
    for suggestion in Suggestion.objects.select_related("inference").iterator(chunk_size=500):
        suggestion.candidates = [
            {
                "text": candidate["text"],
                "model_text": candidate["text"],
                "log_probability": candidate["log_probability"],
                "score": candidate["score"],
                "applied_rules": [],
            }
            for candidate in suggestion.inference.candidates
        ]
        changed.append(suggestion)
        if len(changed) == 500:
            Suggestion.objects.bulk_update(changed, ["candidates"])
            changed = []
    Suggestion.objects.bulk_update(changed, ["candidates"])


class Migration(migrations.Migration):
    dependencies = [("library", "0002_undo_and_unsaved_texts")]

    operations = [
        migrations.AddField("suggestion", "candidates", models.JSONField(default=list), preserve_default=False),
        migrations.RunPython(offer_as_before, migrations.RunPython.noop),
    ]
