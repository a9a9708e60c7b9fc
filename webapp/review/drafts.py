"""How sure the draft of a picture is, for queries over images."""

from typing import Any

from django.db.models import Case, Expression, Field, FloatField, OuterRef, Subquery, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from webapp.library.models import Suggestion


def draft_band() -> Subquery:
    """The band of the newest draft; empty where that is no sentence of the model, and so was not measured."""
    return _of_newest(KeyTextTransform("band", "inference__confidence"), Value("", TextField()), TextField())


def draft_p() -> Subquery:
    """The probability that the newest draft is right. Of no meaning where the band is empty or "not calibrated"."""
    p = Cast(KeyTextTransform("p", "inference__confidence"), FloatField())
    return _of_newest(p, Value(None), FloatField())


def _of_newest(value: Expression, otherwise: Value, kind: "Field[Any, Any]") -> Subquery:
    # What was read in a picture has the confidence of a sentence beside it that nobody is shown.
    is_sentence = When(inference__withheld="", candidates__0__source="model", then=value)
    newest = Suggestion.objects.filter(image=OuterRef("pk")).order_by("-pk")
    return Subquery(newest.values(found=Case(is_sentence, default=otherwise, output_field=kind))[:1])
