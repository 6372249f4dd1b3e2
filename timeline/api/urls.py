"""The addresses of the read API, version 1. They stand once; `lang` chooses the language."""

from django.urls import path

from timeline.api import views

urlpatterns = [
    path("", views.documentation, name="api"),
    path("openapi.json", views.openapi, name="api-openapi"),
    path("events/", views.events, name="api-events"),
    path("events/<slug:slug>/", views.event, name="api-event"),
    path("changes/", views.changes, name="api-changes"),
    path("clock/", views.clock, name="api-clock"),
    path("vocabulary/", views.vocabulary, name="api-vocabulary"),
]
