"""The legal basis of an event as a choice of rules, each by citation and in short: a paragraph may hold several."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import get_language

from tracker.admin.mixed import Page
from tracker.models.desk import Event
from tracker.models.rules import Rule

SUMMARY_LENGTH = 90


class RuleField(forms.ModelChoiceField):
    """A choice of one rule, in the language of the desk."""

    def label_from_instance(self, rule: Rule) -> str:
        told = rule.provision(get_language())
        return f"{told.citation}: {Truncator(told.summary).chars(SUMMARY_LENGTH)}"


class Ruled(Page):
    """For the page of events: the rule is asked for by what it says."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.model is Event and db_field.name == "rule":
            kwargs |= {"form_class": RuleField, "queryset": Rule.objects.all()}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
