"""Inferences know how sure the model was, why their sentences are withheld, where it looked, and what it read."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_UNKNOWN = {"p": None, "band": "not_calibrated", "calibrated": False}


def _unknown() -> dict[str, object]:
    return dict(_UNKNOWN)


def name_the_source(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Suggestion = apps.get_model("library", "Suggestion")
    changed = []
    for suggestion in Suggestion.objects.iterator(chunk_size=500):
        suggestion.candidates = [{"source": "model", **candidate} for candidate in suggestion.candidates]
        changed.append(suggestion)
        if len(changed) == 500:
            Suggestion.objects.bulk_update(changed, ["candidates"])
            changed = []
    Suggestion.objects.bulk_update(changed, ["candidates"])


class Migration(migrations.Migration):
    dependencies = [("library", "0003_offered_candidates")]

    operations = [
        migrations.AddField("inference", "confidence", models.JSONField(default=_unknown), preserve_default=False),
        migrations.AddField("inference", "withheld", models.CharField(blank=True, default="", max_length=50), False),
        migrations.AddField("inference", "looks", models.JSONField(null=True)),
        migrations.AddField("inference", "ocr", models.JSONField(null=True)),
        migrations.RunPython(name_the_source, migrations.RunPython.noop),
        migrations.AlterField(
            "image",
            "state",
            models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("suggested", "draft ready"),
                    ("withheld", "without a draft"),
                    ("approved", "approved as suggested"),
                    ("edited", "text written by a person"),
                    ("failed", "failed"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
    ]
