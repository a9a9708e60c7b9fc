"""A picture gets the address of its page as it is decided; those that were decided before get theirs here."""

import secrets

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give_pages(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Image = apps.get_model("library", "Image")
    PublicPage = apps.get_model("feedback", "PublicPage")
    decided = Image.objects.filter(public_page=None).exclude(alt_text=None).values_list("pk", flat=True)
    pages = [PublicPage(image_id=pk, token=secrets.token_urlsafe(16)) for pk in decided]
    PublicPage.objects.bulk_create(pages, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial")]

    operations = [migrations.RunPython(give_pages, migrations.RunPython.noop)]
