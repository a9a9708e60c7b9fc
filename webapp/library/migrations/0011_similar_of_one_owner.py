from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_public_pages"),
        ("library", "0010_colours_of_pictures"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="image",
            index=models.Index(fields=["owner", "site", "state", "lang", "blob"], name="image_of_owner"),
        ),
    ]
