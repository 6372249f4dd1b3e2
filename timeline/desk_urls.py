"""What the timeline shows to the staff alone: the preview and the drawing of a date, under the desk's own address."""

from django.urls import path, re_path

from timeline.views.desk_date import desk_date
from timeline.views.preview import FACES, preview, preview_face

urlpatterns = [
    path("date/", desk_date, name="preview-date"),
    path("<int:event>/", preview, name="preview"),
    re_path(rf"^(?P<event>\d{{1,18}})/(?P<face>{'|'.join(FACES)})/$", preview_face, name="preview-face"),
]
