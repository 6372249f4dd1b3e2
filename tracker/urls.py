"""The addresses of the whole site: operations and the desk stand once, the public faces in three languages."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
