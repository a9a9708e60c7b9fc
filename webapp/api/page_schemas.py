"""The shapes of audits in the API: pages, the images on them, and what is to be done."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, get_args
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from captioner.bands import Band
from webapp.api.schemas import SITE, ErrorOut, ProgressOut
from webapp.audit.changes import Changes
from webapp.audit.models import Audit, Page, Use
from webapp.audit.places import place_of
from webapp.audit.start import MOST_DEPTH
from webapp.audit.suggest import Origin, suggestion_for
from webapp.scan.roles import Role, Todo
from webapp.uses.models import DecidedUse


class PageRequest(BaseModel):
    """Either ``url`` or ``html``."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field("", description="Where the page is to be fetched.")
    html: str = Field("", description="The page itself. Nothing is fetched for it but images that you ask to describe.")
    base_url: str = Field("", description="With html: the address that its links are resolved by.")
    depth: int = Field(0, ge=0, le=MOST_DEPTH, description="With url: links that are followed on the same site.")
    max_pages: int | None = Field(
        None, ge=1, le=10_000, description="With depth: pages at most; as many as the operator allows unless given."
    )
    site: UUID | None = Field(None, description=SITE)
    schedule: Audit.Schedule = Field(
        Audit.Schedule.NEVER, description="With url: how often it is looked at again by itself."
    )


class AuditChange(BaseModel):
    """What can be changed of an audit."""

    model_config = ConfigDict(extra="forbid")

    schedule: Audit.Schedule = Field(description="How often it is looked at again by itself.")


class AuditStatus(StrEnum):
    """queued: pages wait. done: none does, and not every one failed. failed: every one did. paused, cancelled: by
    somebody."""

    QUEUED = "queued"
    DONE = "done"
    FAILED = "failed"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class AuditAction(StrEnum):
    """pause holds back pages that are not fetched yet, resume goes on, retry tries failed pages again, cancel ends it
    and keeps what is there, look-again asks for every page anew and does again only what changed,
    look-again-with-browser has pages built by a browser where the operator allows one."""

    PAUSE = "pause"
    RESUME = "resume"
    RETRY = "retry"
    CANCEL = "cancel"
    LOOK_AGAIN = "look-again"
    LOOK_AGAIN_WITH_BROWSER = "look-again-with-browser"


class PageOut(BaseModel):
    """A page of the audit."""

    url: str = Field(description="Where it was asked for; empty for HTML without an address.")
    final_url: str = Field(description="Where it was found, after redirects.")
    state: str = Field(json_schema_extra={"enum": [str(state) for state in Page.State]})
    title: str
    lang: str
    needs_scripts: bool = Field(description="Without JavaScript it looks empty.")
    notes: list[str] = Field(description="What could not be seen on it, in sentences.")
    error: ErrorOut | None

    @classmethod
    def of(cls, page: Page) -> "PageOut":
        """The page as the API shows it."""
        return cls(
            url=page.address,
            final_url=page.final_address,
            state=page.state,
            title=page.title,
            lang=page.lang,
            needs_scripts=page.needs_scripts,
            notes=page.notes,
            error=ErrorOut(code=page.error_code, detail=page.error_message) if page.error_code else None,
        )


class UseProblemOut(BaseModel):
    """A rule that the image breaks on its page."""

    rule: str = Field(description="L1 to L13.")
    id: str
    severity: Literal["error", "warning"]
    says: str
    do: str
    criterion: str = Field(description="Of WCAG 2.2; empty where none is failed.")
    source: str


class UseSuggestionOut(BaseModel):
    """What is suggested for this use of the image. Nothing is served before a person decides."""

    text: str = Field(
        description='"" suggests an empty alt text. A sentence of the model that is not likely right ends with a doubt.'
    )
    origin: str = Field(description="Whose words these are.", json_schema_extra={"enum": list(get_args(Origin))})
    reason: str
    band: Band | None = Field(description="How likely the model's sentence is right; null for other words.")


class UseDecidedOut(BaseModel):
    """What a person decided for one place where an image stands."""

    state: str = Field(
        description="approved: as suggested. edited: a person wrote it. decorative: it needs no words here.",
        json_schema_extra={"enum": [str(state) for state in DecidedUse.State if state != DecidedUse.State.UNDECIDED]},
    )
    alt_text: str = Field(description='"" for decoration.')
    role: str = Field(description="What it is for here, as the person said; empty where they did not.")


class UseOut(BaseModel):
    """One place on a page where an image stands."""

    id: int = Field(description="Until the page is looked at again.")
    page_url: str
    key: str = Field(description="Names this use in its page, as long as the page stays the same.")
    kind: str
    url: str = Field(description="Of the image's file; empty for a drawing in the page itself.")
    existing_alt: str | None = Field(description="null where the page has no such attribute.")
    role: str = Field(json_schema_extra={"enum": list(get_args(Role))})
    role_reason: str = Field(description="Why it has this role, in a sentence.")
    role_rule: str = Field(description="The stable id of the rule that gave it.")
    todo: str = Field(
        description='describe: from its picture. name: where it leads. text: what is written in it. empty: alt="". '
        "person: only a person can say.",
        json_schema_extra={"enum": list(get_args(Todo))},
    )
    lint: list[UseProblemOut]
    suggestion: UseSuggestionOut | None
    position: int | None = Field(
        description="Which of the page's images with this address it is, from 1; null where nothing can be decided for "
        "this place alone."
    )
    version: int = Field(description="How often it was decided on for this place. Send it with a decision.")
    decision: UseDecidedOut | None = Field(description="What stands for this place alone; null where nothing does.")
    image_id: UUID | None = Field(description="Its picture among your images, once a description was asked for.")
    line: int
    column: int
    context: dict[str, Any] = Field(description="What stands around it: link, button, heading, captions, text.")

    @classmethod
    def of(cls, use: Use, decided: DecidedUse | None) -> "UseOut":
        """The use as the API shows it. decided: what was decided for its place."""
        facts, suggestion = use.facts, suggestion_for(use, decided)
        return cls(
            id=use.pk,
            position=use.nth if place_of(use) else None,
            version=decided.version if decided else 0,
            decision=UseDecidedOut(state=decided.state, alt_text=decided.alt_text or "", role=decided.role)
            if decided and decided.is_decided
            else None,
            page_url=use.page.final_address or use.page.address,
            key=use.key,
            kind=facts["kind"],
            url=use.address,
            existing_alt=use.alt,
            role=use.role,
            role_reason=facts["says"],
            role_rule=facts["reason"],
            todo=use.todo,
            lint=[UseProblemOut.model_validate(finding) for finding in facts["findings"]],
            suggestion=UseSuggestionOut(
                text=suggestion.told, origin=suggestion.origin, reason=suggestion.reason, band=suggestion.band
            )
            if suggestion
            else None,
            image_id=use.image_id,
            line=facts["line"],
            column=facts["column"],
            context=facts["context"],
        )


class ChangesOut(BaseModel):
    """What the newest look found to be different from the one before."""

    new: int = Field(description="Images that were not there.")
    gone: int
    text: int = Field(description="Images with another alt text.")
    same: int
    new_pages: int
    gone_pages: int
    pictures: int = Field(description="Addresses at which another picture lies; its words are made afresh.")
    pictures_waiting: int = Field(description="Those that are still to be compared.")

    @classmethod
    def of(cls, changes: Changes) -> "ChangesOut":
        """The changes as the API shows them."""
        return cls(**asdict(changes))


class AuditOut(BaseModel):
    """An audit: its pages, and the images on them, a thousand at a time."""

    id: UUID
    kind: str = Field(json_schema_extra={"enum": [str(kind) for kind in Audit.Kind]})
    status: AuditStatus
    depth: int
    max_pages: int = Field(description="That hold; the operator may allow fewer than were asked for.")
    progress: ProgressOut = Field(description="In pages.")
    poll_after_ms: int | None = Field(description="When to ask again; null when nothing waits.")
    status_url: str
    created_at: datetime
    expires_at: datetime = Field(description="Each further look puts it off.")
    schedule: Audit.Schedule
    looks: int = Field(description="So far, with the present one.")
    next_look_at: datetime | None
    changes: ChangesOut | None = Field(description="null for the first look, and while pages wait.")
    pages: list[PageOut]
    images: list[UseOut]
    images_page: int
    images_pages: int
    images_total: int


class AuditEntry(BaseModel):
    """An audit in the list of yours."""

    id: UUID
    kind: str
    url: str
    status_url: str
    created_at: datetime


class AuditPage(BaseModel):
    """A page of the list, newest first."""

    audits: list[AuditEntry]
    page: int
    pages: int
    total: int


class DescribeOut(BaseModel):
    """The jobs that describe the images of an audit which need it."""

    job_ids: list[UUID]
    images: int = Field(description="Pictures that were queued, each once however often it is used.")


def audit_status(audit: Audit, pages: Sequence[Page]) -> AuditStatus:
    """The status of an audit with these pages."""
    if audit.state != Audit.State.RUNNING:
        return AuditStatus(audit.state)
    states = {page.state for page in pages}
    if Page.State.WAITING in states:
        return AuditStatus.QUEUED
    return AuditStatus.FAILED if states == {Page.State.FAILED} else AuditStatus.DONE
