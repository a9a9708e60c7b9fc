"""Public pages of pictures, and what readers report on them. Of who reports, nothing is kept."""

from django.db import models

from webapp.library.models import Decision, Image


class PublicPage(models.Model):
    """The address at which anybody may see a picture and its decided text; see ``webapp.feedback.public``."""

    image = models.OneToOneField(Image, on_delete=models.CASCADE, primary_key=True, related_name="public_page")
    token = models.CharField("in its address, which nobody can guess", max_length=40, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.token


class Report(models.Model):
    """What readers find wrong with a text. Who says the same of the same text is counted, and adds no row.

    It is open until a person decides on the picture, which ``decision`` names, or dismisses it.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture", "It does not say what the picture shows"
        MISSING = "missing", "It leaves out what matters"
        WORDING = "wording", "Its wording is hard to understand, or offends"
        OTHER = "other", "Something else"

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.TextField("the reader's own", blank=True)
    text = models.TextField("the text that it is about, as it was then")
    digest = models.CharField("SHA-256 of kind, words and text", max_length=64)
    times = models.PositiveIntegerField("how many said so", default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now=True)
    closed_at = models.DateTimeField(null=True)
    decision = models.ForeignKey(Decision, on_delete=models.SET_NULL, null=True, help_text="what closed it, if any")

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["image", "digest"], condition=models.Q(closed_at=None), name="one_open_report_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}"
