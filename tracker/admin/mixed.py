"""What a mix-in of the desk's pages is told of the page, or of the rows of a page, that it becomes part of: for the
checker of types alone. When the code runs the mix-ins stand on nothing."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin

if TYPE_CHECKING:
    Page = admin.ModelAdmin[Any]
    Part = admin.options.BaseModelAdmin[Any]  # a page or its rows
else:
    Page = Part = object
