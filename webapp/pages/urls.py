"""The pages that people see, and the actions of their buttons."""

from django.urls import URLPattern, URLResolver, include, path

from webapp.pages import about, decisions, history, images, jobs, keys, landing, lint, model, places, search
from webapp.pages.audits import actions, hand_over, report, take_away
from webapp.pages.review import figures, one, overview, several

app_name = "pages"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", landing.landing, name="landing"),
    path("samples/<slug:slug>/", landing.try_sample, name="sample"),
    path("samples/<slug:slug>/thumbnail", landing.sample_thumbnail, name="sample-thumbnail"),
    path("jobs/<uuid:pk>/", jobs.job_page, name="job"),
    path("jobs/<uuid:pk>/progress", jobs.progress, name="job-progress"),
    path("jobs/<uuid:pk>/delete", jobs.delete, name="job-delete"),
    path("images/<uuid:pk>/", images.image_page, name="image"),
    path("images/<uuid:pk>/card", images.card, name="image-card"),
    path("images/<uuid:pk>/file", images.file, name="image-file"),
    path("images/<uuid:pk>/download", images.download, name="image-download"),
    path("images/<uuid:pk>/use", decisions.use, name="image-use"),
    path("images/<uuid:pk>/use/<uuid:similar>", decisions.use_text_of, name="image-use-similar"),
    path("images/<uuid:pk>/lint", lint.lint_text, name="image-lint"),
    path("images/<uuid:pk>/reject", decisions.reject_drafts, name="image-reject"),
    path("images/<uuid:pk>/retry", images.retry_image, name="image-retry"),
    path("images/<uuid:pk>/delete", images.delete, name="image-delete"),
    path("decisions/<int:pk>/undo", decisions.undo_decision, name="decision-undo"),
    path("audits/", hand_over.audits, name="audits"),
    path("audits/<uuid:pk>/", report.report, name="audit"),
    path("audits/<uuid:pk>/progress", report.progress, name="audit-progress"),
    path("audits/<uuid:pk>/images/<int:use>/card", report.use_card, name="audit-use"),
    path("audits/<uuid:pk>/images/<int:use>/", places.place, name="place"),
    path("audits/<uuid:pk>/images/<int:use>/lint", lint.lint_place, name="place-lint"),
    path("audits/<uuid:pk>/images/<int:use>/undo/<int:decision>", places.undo_place, name="place-undo"),
    path("audits/<uuid:pk>/describe", actions.describe_images, name="audit-describe"),
    path("audits/<uuid:pk>/change", actions.change, name="audit-change"),
    path("audits/<uuid:pk>/delete", actions.delete, name="audit-delete"),
    path("audits/<uuid:pk>/images.csv", take_away.csv_file, name="audit-csv"),
    path("audits/<uuid:pk>/images.json", take_away.json_file, name="audit-json"),
    path("audits/<uuid:pk>/pages/<uuid:page>/", take_away.page_changes, name="audit-page"),
    path("audits/<uuid:pk>/pages/<uuid:page>/html", take_away.page_html, name="audit-page-html"),
    path("account/", include("webapp.pages.account.urls")),
    path("", include("webapp.pages.sites.urls")),
    path("", include("webapp.pages.feedback.urls")),
    path("review/", overview.overview, name="review"),
    path("review/figures/", figures.figures, name="review-figures"),
    path("review/several/<slug:band>/", several.several, name="review-several"),
    path("review/several/<slug:band>/<uuid:batch>/undo", several.undo_batch, name="review-several-undo"),
    path("review/<uuid:pk>/", one.review_image, name="review-image"),
    path("search/", search.search_page, name="search"),
    path("history/", history.history, name="history"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<uuid:pk>/revoke", keys.revoke_key, name="key-revoke"),
    path("model/", model.model, name="model"),
    path("model/<str:name>", model.model_plot, name="model-plot"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
]
