"""``/jobs/{id}``: how far what was handed over is, and its end."""

from uuid import UUID

from ninja import Router, Status

from webapp.accounts.roles import Role
from webapp.api.auth import ApiRequest
from webapp.api.captions import job_out
from webapp.api.openapi import problems
from webapp.api.schemas import JobOut
from webapp.library.access import get_job_or_404
from webapp.library.delete import delete_job

router = Router(tags=["jobs"])


@router.get(
    "/jobs/{uuid:job_id}",
    response=JobOut,
    url_name="job",
    summary="Ask for a job",
    openapi_extra={"responses": problems("not_found")},
)
def get_job(request: ApiRequest, job_id: UUID) -> JobOut:
    """The job, its progress and its images."""
    return job_out(get_job_or_404(request.auth, job_id))


@router.delete(
    "/jobs/{uuid:job_id}",
    response={204: None},
    summary="Delete a job",
    openapi_extra={"responses": problems("not_found", "role_missing")},
)
def delete_job_(request: ApiRequest, job_id: UUID) -> Status[None]:
    """Deletes the job with its images, drafts and texts at once. What waits is not captioned any more."""
    delete_job(get_job_or_404(request.auth, job_id, Role.REVIEWER))
    return Status(204, None)
