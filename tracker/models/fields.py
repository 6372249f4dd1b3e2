"""A model field for dates with precision: EDTF text in the database, checked on the way in."""

from django.core.exceptions import ValidationError
from django.db import models

from tracker import edtf


def validate_edtf(text: str) -> None:
    """Raises ValidationError, in the words of the EDTF parser, unless `text` is a date of our grammar."""
    try:
        edtf.parse(text)
    except edtf.EdtfError as error:
        raise ValidationError(str(error), code="edtf") from error


class EdtfField(models.CharField):
    """EDTF text, normalised when the field is cleaned. Python sees the text; `edtf.parse` gives the value."""

    default_validators = [validate_edtf]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        return edtf.parse(value).text if value else value
