"""What the desk shows: every model with its page."""

from django.contrib import admin

from tracker.admin.catalogue import ActorAdmin, PlaceAdmin, TopicAdmin
from tracker.admin.event.page import EventAdmin
from tracker.admin.log.page import LogAdmin
from tracker.admin.rules import RuleAdmin
from tracker.admin.sharing.deliveries import DeliveryAdmin
from tracker.admin.sharing.embeds import NamedEmbedAdmin
from tracker.admin.sharing.webhooks import WebhookAdmin
from tracker.admin.sources.page import SourceAdmin
from tracker.admin.staff.page import StaffAdmin
from tracker.models import Actor, Delivery, Event, LogRow, NamedEmbed, Place, Rule, Source, Topic, User, Webhook

# Pages that other apps bring would change accounts and roles past our forms and our log.
for foreign in list(admin.site._registry):
    admin.site.unregister(foreign)

# Ours (versioned.SharedRow) deletes nothing that changed since it was shown.
admin.site.disable_action("delete_selected")

admin.site.register(Event, EventAdmin)
admin.site.register(Source, SourceAdmin)
admin.site.register(Actor, ActorAdmin)
admin.site.register(Place, PlaceAdmin)
admin.site.register(Topic, TopicAdmin)
admin.site.register(Rule, RuleAdmin)
admin.site.register(NamedEmbed, NamedEmbedAdmin)
admin.site.register(Webhook, WebhookAdmin)
admin.site.register(Delivery, DeliveryAdmin)
admin.site.register(User, StaffAdmin)
admin.site.register(LogRow, LogAdmin)
