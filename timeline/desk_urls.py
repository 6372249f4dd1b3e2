"""What the timeline shows to the staff alone: the preview, under the desk's own address."""

from django.urls import path

from timeline.views.preview import preview

urlpatterns = [path("<int:event>/", preview, name="preview")]
