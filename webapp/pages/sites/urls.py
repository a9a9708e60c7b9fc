"""The pages of sites, and the links that invite to them."""

from django.urls import URLPattern, URLResolver, path

from webapp.pages.sites import invitation, members, overview, site

urlpatterns: list[URLPattern | URLResolver] = [
    path("sites/", overview.sites, name="sites"),
    path("sites/<uuid:pk>/", site.site, name="site"),
    path("sites/<uuid:pk>/settings/", site.change_settings, name="site-settings"),
    path("sites/<uuid:pk>/members/", members.members, name="site-members"),
    path("sites/<uuid:pk>/members/<int:member>/role", members.change, name="member-change"),
    path("sites/<uuid:pk>/members/<int:member>/remove", members.remove, name="member-remove"),
    path("sites/<uuid:pk>/leave", members.leave, name="site-leave"),
    path("sites/<uuid:pk>/publishable-key", site.renew_key, name="site-renew-key"),
    path("sites/<uuid:pk>/delete", site.delete, name="site-delete"),
    path("invitations/<str:token>/", invitation.invitation, name="invitation"),
]
