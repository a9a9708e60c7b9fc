"""One browser's belongings with every state that a page can show, and how to reach each route of the service in it."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests.pages.audited import PAGE, look_at, start
from tests.pages.pictures import LOOKS, describe, fail, hand_over, hand_over_bad, png
from webapp.accounts.invitations import invite
from webapp.accounts.keys import make_key
from webapp.accounts.members import add_member
from webapp.accounts.models import ApiKey, Membership, Owner, Site
from webapp.accounts.owners import user_owner
from webapp.accounts.roles import Role
from webapp.accounts.sites import make_site
from webapp.audit.describe import describable
from webapp.audit.describe import describe as describe_uses
from webapp.audit.models import Audit, Page, Use
from webapp.audit.places import decide_on
from webapp.feedback.models import PublicPage, Report
from webapp.feedback.public import public_address
from webapp.feedback.report import report
from webapp.library.decide import decide
from webapp.library.models import Decision, Image, Job
from webapp.library.submit import Upload, examine, submit
from webapp.uses.models import UseDecision
from webapp.webhooks.models import Delivery, Webhook
from webapp.webhooks.tell import tell

PASSWORD = "a wheel of cheese"


@dataclass(frozen=True)
class Scene:
    """A job with a picture in every state: a draft, a decided text, one without a draft, a failure, one that waits; a
    job with a refused file; a key; an audit with problems, one of its pictures decided, and one that is under way.

    ``account`` is somebody else's, who is logged in and owns a site with another member, an open invitation and a
    picture with a public page. A reader reports ``decided``, of which ``twin`` is the same file.
    """

    owner: Owner
    job: Job
    drafted: Image
    decided: Image
    decision: Decision
    withheld: Image
    failed: Image
    waiting: Image
    refused_job: Job
    key: ApiKey
    audit: Audit
    audited: Page
    described: Use
    placed: Use
    place_decision: UseDecision
    running_audit: Audit
    account: Owner
    site: Site
    member: Membership
    webhook: Webhook
    delivery: Delivery
    invitation: str
    twin: Image
    public: PublicPage
    report: Report


def build_scene(owner: Owner) -> Scene:
    """Makes the belongings."""
    names = ("dog.png", "banner.gif", "sales.png", "broken.png", "late.png")
    job = hand_over(owner, *names, context="The front page of a kennel")
    describe(job, first=2, looks=LOOKS)
    drafted, decided, withheld, failed, waiting = describe(job, first=1, withheld="not_a_photograph")
    (twin,) = describe(submit(owner, [examine(Upload("twin.png", png(2)))]))
    decision = decide(decided, "Two puppies & their mother by the “old” gate.", owner=owner)
    fail(failed)
    key, _ = make_key("my shop", made_by=owner)
    account = account_of("alice")
    site = make_site("Bicycle shop", account.user)
    member = add_member(site, account_of("charlie").user.username, Role.VIEWER)
    public = public_picture(account, site)
    audit = look_at(start(owner, PAGE))
    described = describable(audit)[-1]
    (asked,) = describe_uses(audit, [described])
    decide(describe(asked)[0], "A wheel & its “spokes”.", owner=owner)
    placed = Use.objects.get(page__audit=audit, position=1)
    place_decision = decide_on(placed, "A wheel & more.", owner=owner, role="informative")
    return Scene(
        owner, job, drafted, decided, decision, withheld, failed, waiting, hand_over_bad(owner), key,
        audit, audit.pages.get(), described, placed, place_decision, start(owner, "https://example.org/shop/", depth=1),
        account, site, member, *hooked(site), invite(site, Role.REVIEWER), twin, public,
        report(decided, Report.Kind.WORDING, "No gate there."),
    )  # fmt: skip


def hooked(site: Site) -> tuple[Webhook, Delivery]:
    """A webhook that was paused and whose maker left, and a delivery in each state, the last of which failed."""
    webhook = Webhook.objects.create(
        site=site, url="https://www.example.org/a/long/way/to/the/" + "hook" * 20, events=["image.decided"],
        active=False, failures=5, paused_at=timezone.now(), maker_left_at=timezone.now(),
    )  # fmt: skip
    waiting, arrived, failed = (tell([webhook], "image.decided", None, {"alt_text": "A “wheel”."})[0] for _ in range(3))
    for one, state, status in ((waiting, "waiting", 500), (arrived, "delivered", 204), (failed, "failed", 308)):
        one.state, one.status, one.attempts, one.tried_at = state, status, 1, timezone.now()
        one.error_code = "" if state == "delivered" else "http_status"
        one.save()
    return webhook, failed


def public_picture(owner: Owner, site: Site) -> PublicPage:
    """A decided picture of the site, which lets readers see it."""
    site.public_pages = True
    site.save()
    job = submit(owner, [examine(Upload("wheel.png", png(9)))], site=site)
    (image,) = describe(job)
    decide(image, "Ein Rad mit „Speichen“.", owner=owner)
    assert public_address(image)
    return PublicPage.objects.get(image=image)


def account_of(name: str) -> Owner:
    """The owner of a new account."""
    return user_owner(User.objects.create_user(name, f"{name}@example.org", PASSWORD))


@dataclass(frozen=True)
class Route:
    """How the tests treat a route: its arguments, whether it answers GET with a page, and whether it is one's own.

    account: it is for who is logged in; others are led to the log-in.
    """

    page: bool
    own: bool
    account: bool = False
    arguments: Callable[[Scene], dict[str, Any]] = lambda scene: {}


def _job(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.job.pk}


def _image(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.drafted.pk}


def _decided(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.decided.pk}


def _failed(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.failed.pk}


def _decision(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.decision.pk}


def _key(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.key.pk}


def _sample(scene: Scene) -> dict[str, Any]:
    return {"slug": "cat"}


def _audit(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.audit.pk}


def _audited(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.audit.pk, "page": scene.audited.pk}


def _described(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.audit.pk, "use": scene.described.pk}


def _placed(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.audit.pk, "use": scene.placed.pk}


def _place_decision(scene: Scene) -> dict[str, Any]:
    return _placed(scene) | {"decision": scene.place_decision.pk}


def _site(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.site.pk}


def _member(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.site.pk, "member": scene.member.pk}


def _webhook(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.site.pk, "webhook": scene.webhook.pk}


def _delivery(scene: Scene) -> dict[str, Any]:
    return _webhook(scene) | {"delivery": scene.delivery.pk}


def _invitation(scene: Scene) -> dict[str, Any]:
    return {"token": scene.invitation}


def _public(scene: Scene) -> dict[str, Any]:
    return {"token": scene.public.token}


def _twin(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.twin.pk, "similar": scene.decided.pk}


def _report(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.report.pk}


def _reset(scene: Scene) -> dict[str, Any]:
    user = scene.account.user
    return {"uidb64": urlsafe_base64_encode(force_bytes(user.pk)), "token": default_token_generator.make_token(user)}


ROUTES = {
    "pages:landing": Route(page=True, own=False),
    "pages:sample": Route(page=True, own=False, arguments=_sample),
    "pages:sample-thumbnail": Route(page=False, own=False, arguments=_sample),
    "pages:job": Route(page=True, own=True, arguments=_job),
    "pages:job-progress": Route(page=False, own=True, arguments=_job),
    "pages:job-delete": Route(page=True, own=True, arguments=_job),
    "pages:image": Route(page=True, own=True, arguments=_image),
    "pages:image-card": Route(page=False, own=True, arguments=_image),
    "pages:image-file": Route(page=False, own=True, arguments=_image),
    "pages:image-download": Route(page=False, own=True, arguments=_decided),
    "pages:image-use": Route(page=True, own=True, arguments=_image),
    "pages:image-use-similar": Route(page=True, own=True, arguments=_twin),
    "pages:image-lint": Route(page=True, own=True, arguments=_image),
    "pages:image-reject": Route(page=True, own=True, arguments=_image),
    "pages:review": Route(page=True, own=False),
    "pages:review-figures": Route(page=True, own=False),
    "pages:review-several": Route(page=True, own=False, arguments=lambda scene: {"band": "likely"}),
    "pages:review-several-undo": Route(
        page=True, own=False, arguments=lambda scene: {"band": "likely", "batch": uuid.UUID(int=7)}
    ),
    "pages:review-image": Route(page=True, own=True, arguments=_image),
    "pages:image-retry": Route(page=True, own=True, arguments=_failed),
    "pages:image-delete": Route(page=True, own=True, arguments=_image),
    "pages:decision-undo": Route(page=True, own=True, arguments=_decision),
    "pages:audits": Route(page=True, own=False),
    "pages:audit": Route(page=True, own=True, arguments=_audit),
    "pages:audit-progress": Route(page=False, own=True, arguments=_audit),
    "pages:audit-use": Route(page=False, own=True, arguments=_described),
    "pages:place": Route(page=True, own=True, arguments=_placed),
    "pages:place-lint": Route(page=True, own=True, arguments=_placed),
    "pages:place-undo": Route(page=True, own=True, arguments=_place_decision),
    "pages:audit-describe": Route(page=True, own=True, arguments=_audit),
    "pages:audit-change": Route(page=True, own=True, arguments=_audit),
    "pages:audit-delete": Route(page=True, own=True, arguments=_audit),
    "pages:audit-csv": Route(page=False, own=True, arguments=_audit),
    "pages:audit-json": Route(page=False, own=True, arguments=_audit),
    "pages:audit-page": Route(page=True, own=True, arguments=_audited),
    "pages:audit-page-html": Route(page=False, own=True, arguments=_audited),
    "pages:account": Route(page=True, own=False, account=True),
    "pages:sign-up": Route(page=True, own=False),
    "pages:log-in": Route(page=True, own=False),
    "pages:log-out": Route(page=False, own=False),
    "pages:claim": Route(page=False, own=False, account=True),
    "pages:password": Route(page=True, own=False, account=True),
    "pages:account-delete": Route(page=True, own=False, account=True),
    "pages:reset": Route(page=True, own=False),
    "pages:reset-sent": Route(page=True, own=False),
    "pages:reset-confirm": Route(page=True, own=False, arguments=_reset),
    "pages:sites": Route(page=True, own=False, account=True),
    "pages:site": Route(page=True, own=True, account=True, arguments=_site),
    "pages:site-settings": Route(page=True, own=True, account=True, arguments=_site),
    "pages:site-texts": Route(page=True, own=True, account=True, arguments=_site),
    "pages:site-texts-file": Route(
        page=False, own=True, account=True, arguments=lambda scene: _site(scene) | {"form": "csv"}
    ),
    "pages:site-members": Route(page=True, own=True, account=True, arguments=_site),
    "pages:member-change": Route(page=False, own=False, account=True, arguments=_member),
    "pages:member-remove": Route(page=True, own=True, account=True, arguments=_member),
    "pages:site-leave": Route(page=True, own=True, account=True, arguments=_site),
    "pages:site-renew-key": Route(page=True, own=True, account=True, arguments=_site),
    "pages:site-delete": Route(page=True, own=True, account=True, arguments=_site),
    "pages:webhooks": Route(page=True, own=True, account=True, arguments=_site),
    "pages:webhook": Route(page=True, own=True, account=True, arguments=_webhook),
    "pages:webhook-secret": Route(page=True, own=True, account=True, arguments=_webhook),
    "pages:webhook-delete": Route(page=True, own=True, account=True, arguments=_webhook),
    "pages:webhook-test": Route(page=False, own=False, account=True, arguments=_webhook),
    "pages:delivery": Route(page=True, own=True, account=True, arguments=_delivery),
    "pages:delivery-again": Route(page=False, own=False, account=True, arguments=_delivery),
    "pages:invitation": Route(page=True, own=False, account=True, arguments=_invitation),
    "pages:public-image": Route(page=True, own=False, arguments=_public),
    "pages:public-file": Route(page=False, own=False, arguments=_public),
    "pages:public-thanks": Route(page=True, own=False, arguments=_public),
    "pages:report-dismiss": Route(page=True, own=True, arguments=_report),
    "pages:report-reopen": Route(page=True, own=True, arguments=_report),
    "pages:history": Route(page=True, own=False),
    "pages:search": Route(page=True, own=False),
    "pages:keys": Route(page=True, own=False),
    "pages:key-revoke": Route(page=True, own=True, arguments=_key),
    "pages:model": Route(page=True, own=False),
    "pages:model-plot": Route(page=False, own=False, arguments=lambda scene: {"name": "reliability.png"}),
    "pages:privacy": Route(page=True, own=False),
    "pages:accessibility": Route(page=True, own=False),
    "api-docs": Route(page=True, own=False),
    "alt-script": Route(page=False, own=False),
    "healthz": Route(page=False, own=False),
    "readyz": Route(page=False, own=False),
}
PAGES = [name for name, route in ROUTES.items() if route.page]
OF_ACCOUNTS = [name for name, route in ROUTES.items() if route.account]
OWN = [name for name, route in ROUTES.items() if route.own and not route.account]
OF_MEMBERS = [name for name, route in ROUTES.items() if route.own and route.account]


def address(name: str, scene: Scene) -> str:
    """The address of a route in the scene."""
    return reverse(name, kwargs=ROUTES[name].arguments(scene))


def who(name: str, scene: Scene) -> Owner:
    """Who may see the route."""
    return scene.account if ROUTES[name].account else scene.owner


def routes_of_the_service() -> set[str]:
    """The name of every route, or its pattern where it has none. The versioned API has such cases of its own."""
    return set(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], namespace: str, prefix: str) -> Iterator[str]:
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if path.startswith("api/v1/"):
            continue
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, inner, path)
        else:
            yield f"{namespace}{entry.name}" if entry.name else path
