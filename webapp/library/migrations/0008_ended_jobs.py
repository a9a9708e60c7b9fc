"""Jobs know when they ended."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Exists, F, OuterRef


def end_older_jobs(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Jobs that ended before somebody wrote that down: nobody is to be told of them now."""
    waiting = apps.get_model("library", "Image").objects.filter(job=OuterRef("pk"), state="waiting")
    apps.get_model("library", "Job").objects.exclude(Exists(waiting)).update(ended_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0007_batches"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="ended_at",
            field=models.DateTimeField(null=True, verbose_name="since when none of its images waits"),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(condition=models.Q(("ended_at", None)), fields=["id"], name="job_open"),
        ),
        migrations.RunPython(end_older_jobs, migrations.RunPython.noop),
    ]
