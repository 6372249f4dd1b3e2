"""Hidden fields of the desk's forms that are valid HTML: nothing labels or describes what nobody sees."""

from typing import Any

from django import forms


class Unlabelled(forms.HiddenInput):
    """For a field whose row has a label: HTML lets no label be `for` a hidden field."""

    def id_for_label(self, id_: str | None) -> str:
        return ""


class Undescribed(forms.HiddenInput):
    """For the copy of the first value (`show_hidden_initial`), which Django describes by the help of its field."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.pop("aria-describedby", None)
        return attrs
