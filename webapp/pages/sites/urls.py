"""The pages of sites, and the links that invite to them."""

from django.urls import URLPattern, URLResolver, path

from webapp.pages.sites import deliveries, invitation, members, overview, site, texts, webhooks

_WEBHOOK = "sites/<uuid:pk>/webhooks/<uuid:webhook>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("sites/", overview.sites, name="sites"),
    path("sites/<uuid:pk>/", site.site, name="site"),
    path("sites/<uuid:pk>/settings/", site.change_settings, name="site-settings"),
    path("sites/<uuid:pk>/texts/", texts.texts, name="site-texts"),
    path("sites/<uuid:pk>/texts/alt-texts.<slug:form>", texts.texts_file, name="site-texts-file"),
    path("sites/<uuid:pk>/members/", members.members, name="site-members"),
    path("sites/<uuid:pk>/members/<int:member>/role", members.change, name="member-change"),
    path("sites/<uuid:pk>/members/<int:member>/remove", members.remove, name="member-remove"),
    path("sites/<uuid:pk>/leave", members.leave, name="site-leave"),
    path("sites/<uuid:pk>/publishable-key", site.renew_key, name="site-renew-key"),
    path("sites/<uuid:pk>/delete", site.delete, name="site-delete"),
    path("sites/<uuid:pk>/webhooks/", webhooks.webhooks, name="webhooks"),
    path(_WEBHOOK, webhooks.webhook, name="webhook"),
    path(f"{_WEBHOOK}secret", webhooks.renew, name="webhook-secret"),
    path(f"{_WEBHOOK}delete", webhooks.delete, name="webhook-delete"),
    path(f"{_WEBHOOK}test", deliveries.test, name="webhook-test"),
    path(f"{_WEBHOOK}deliveries/<uuid:delivery>/", deliveries.delivery, name="delivery"),
    path(f"{_WEBHOOK}deliveries/<uuid:delivery>/again", deliveries.again, name="delivery-again"),
    path("invitations/<str:token>/", invitation.invitation, name="invitation"),
]
