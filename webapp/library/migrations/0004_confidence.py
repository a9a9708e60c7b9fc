"""Inferences know how sure the model was, why their sentences are withheld, where it looked, and what it read."""

from django.db import migrations, models

_UNKNOWN = {"p": None, "band": "not_calibrated", "calibrated": False}


def _unknown() -> dict[str, object]:
    return dict(_UNKNOWN)


class Migration(migrations.Migration):
    dependencies = [("library", "0003_offered_candidates")]

    operations = [
        migrations.AddField("inference", "confidence", models.JSONField(default=_unknown), preserve_default=False),
        migrations.AddField("inference", "withheld", models.CharField(blank=True, default="", max_length=50), False),
        migrations.AddField("inference", "looks", models.JSONField(null=True)),
        migrations.AddField("inference", "ocr", models.JSONField(null=True)),
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
