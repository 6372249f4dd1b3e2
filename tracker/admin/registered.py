"""What the desk shows: every model with its page."""

from django.contrib import admin

from tracker.admin.catalogue import ActorAdmin, PlaceAdmin, SourceAdmin, TopicAdmin
from tracker.admin.events import EventAdmin
from tracker.admin.rules import RuleAdmin
from tracker.admin.staff import StaffAdmin
from tracker.models import Actor, Event, Place, Rule, Source, Topic, User

admin.site.register(Event, EventAdmin)
admin.site.register(Source, SourceAdmin)
admin.site.register(Actor, ActorAdmin)
admin.site.register(Place, PlaceAdmin)
admin.site.register(Topic, TopicAdmin)
admin.site.register(Rule, RuleAdmin)
admin.site.register(User, StaffAdmin)
