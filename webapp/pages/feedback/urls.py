"""The public pages of pictures, and the buttons of reports."""

from django.urls import URLPattern, URLResolver, path

from webapp.pages.feedback import public, reports

urlpatterns: list[URLPattern | URLResolver] = [
    path("described/<slug:token>/", public.public_image, name="public-image"),
    path("described/<slug:token>/file", public.public_file, name="public-file"),
    path("described/<slug:token>/thanks", public.public_thanks, name="public-thanks"),
    path("reports/<int:pk>/dismiss", reports.dismiss_report, name="report-dismiss"),
    path("reports/<int:pk>/reopen", reports.reopen_report, name="report-reopen"),
]
