"""``/lint``: what is wrong with texts, whoever wrote them. No model is asked."""

from typing import Annotated, Literal

from ninja import Router
from pydantic import BaseModel, Field

from captioner.alttext.lint import lint
from webapp.api.auth import ApiRequest
from webapp.api.openapi import problems
from webapp.api.schemas import Given
from webapp.library.decide import TEXT_LENGTH

router = Router(tags=["style"])

MOST_TEXTS = 100


class LintRequest(Given):
    """Alt texts to be looked at; null stands for an image that has no alt attribute."""

    texts: list[Annotated[str, Field(max_length=TEXT_LENGTH)] | None] = Field(min_length=1, max_length=MOST_TEXTS)


class StyleProblemOut(BaseModel):
    """One rule that a text breaks."""

    rule: str = Field(description="Its stable id, for example alt-file-name.")
    severity: Literal["error", "warning"]
    detail: str = Field(description="What is wrong and what to do.")
    criterion: str | None = Field(description="The criterion of WCAG 2.2 that it fails, if it fails one.")


class LintedOut(BaseModel):
    """A text and what is wrong with it; nothing is, where the list is empty."""

    text: str | None
    lint: list[StyleProblemOut]


class LintOut(BaseModel):
    """The texts in the order in which they were sent."""

    texts: list[LintedOut]


@router.post(
    "/lint",
    response=LintOut,
    summary="Look at texts",
    openapi_extra={"responses": problems("invalid_request", "malformed_json", "length_required", "request_too_large")},
)
def lint_texts(request: ApiRequest, asked: LintRequest) -> LintOut:
    """The rules that need no picture and no page. Where a text stands matters too: POST /pages knows it."""
    return LintOut(texts=[LintedOut(text=text, lint=_problems(text)) for text in asked.texts])


def _problems(text: str | None) -> list[StyleProblemOut]:
    return [
        StyleProblemOut(rule=one.rule, severity=one.severity, detail=one.says, criterion=one.criterion or None)
        for one in lint(text)
    ]
