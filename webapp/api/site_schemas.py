"""The shapes of sites in the API."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.conf import settings
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from webapp.accounts.models import Membership, Site
from webapp.accounts.site_settings import (
    LONGEST,
    MOST_ENTRIES,
    SHORTEST,
    read_lang,
    read_name,
    read_origin,
    read_url_prefix,
    read_word,
)


def _at_most_the_services(days: int | None) -> int | None:
    if days is not None and days > settings.RETENTION.days:
        raise ValueError(f"This service keeps nothing longer than {settings.RETENTION.days} days.")
    return days


def _once(entries: list[str]) -> list[str]:
    return list(dict.fromkeys(entries))


_Lines = AfterValidator(_once)


class SiteChange(BaseModel):
    """Settings of a site; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, AfterValidator(read_name)] = ""
    lang: Annotated[str, AfterValidator(read_lang)] = Field("", description="BCP 47, such as en or pt-BR.")
    origins: Annotated[list[Annotated[str, AfterValidator(read_origin)]], _Lines] = Field(
        [], max_length=MOST_ENTRIES, description="Origins of its pages: scheme://host, with a port where it has one."
    )
    url_prefixes: Annotated[list[Annotated[str, AfterValidator(read_url_prefix)]], _Lines] = Field(
        [],
        max_length=MOST_ENTRIES,
        description="Beginnings of the addresses of its images. Texts are served for these alone; for any if empty.",
    )
    soft_length: int = Field(0, ge=SHORTEST, le=LONGEST, description="Characters after which a text is called long.")
    final_stop: bool = Field(True, description="Whether texts end with a full stop.")
    banned_words: Annotated[list[Annotated[str, AfterValidator(read_word)]], _Lines] = Field(
        [], max_length=MOST_ENTRIES, description="Words that no text should have."
    )
    retention_days: Annotated[int | None, AfterValidator(_at_most_the_services)] = Field(
        None, ge=1, description="Days that things are kept; null: as long as the service keeps them."
    )
    keeps_texts: bool = Field(
        True, description="Whether decided texts stay, with their pictures, until they are deleted."
    )
    blank_first: bool = Field(True, description="Whether the fields for texts start empty, drafts beside them.")
    unreviewed: Site.Unreviewed = Field(
        Site.Unreviewed.NEVER, description="From which band upward a draft is given out that nobody has decided."
    )
    queue_unknown: bool = Field(
        False,
        description="Whether pictures below url_prefixes that nobody has handed over are fetched and described when "
        "POST /lookup asks for them.",
    )
    public_pages: bool = Field(
        False, description="Whether each decided picture has a page where anybody may see it and report its text."
    )


class SiteOut(BaseModel):
    """A site, as its members see it."""

    id: UUID
    name: str
    role: Membership.Role = Field(description="The role in which the key acts.")
    lang: str
    origins: list[str]
    url_prefixes: list[str]
    soft_length: int
    final_stop: bool
    banned_words: list[str]
    retention_days: int | None
    keeps_texts: bool
    blank_first: bool
    unreviewed: Site.Unreviewed
    queue_unknown: bool
    public_pages: bool
    publishable_key: str | None = Field(description="For scripts on its pages; no secret.")
    created_at: datetime

    @classmethod
    def of(cls, site: Site, role: Membership.Role) -> "SiteOut":
        """The site as the API shows it."""
        facts = {name: getattr(site, name) for name in cls.model_fields if name != "role"}
        return cls(role=role, **facts)


class SiteList(BaseModel):
    """The sites of a key: at most one."""

    sites: list[SiteOut]
