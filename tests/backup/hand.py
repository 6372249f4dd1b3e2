"""What people add to the shipped record, so that a backup holds something of every kind."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.factory import change, event, published, remark, retitle
from tracker.models import User
from tracker.models.sharing import NamedEmbed, Webhook
from tracker.publishing import publish, retract, schedule


def add_by_hand() -> None:
    """Staff with a second factor, drafts, remarks, an event with a history, one retracted and one that waits for its
    moment, a named embed, a webhook, and a session, which stays behind."""
    boss = User.objects.create_superuser("boss", password="a long password 1")
    Authenticator.objects.create(user=boss, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    event("only-a-draft", title="Ébauche — «never published» \\ ' \" ; -- \t end")
    made = published("with-a-history", title="First words", texts=("en", "es", "fr"))
    publish(retitle(made, "Second words"))
    remark(made, "CA", "A remark, with \\N and \\. in it.\nSecond line.")
    publish(change(made, significance=3))
    retract(published("taken-back"), reason="It was another one.")
    waits = published("waits")
    schedule(retitle(waits, "What will be known"), timezone.now() + timedelta(days=30))
    NamedEmbed.objects.create(name="on-a-page", query="country=MX", hosts=["example.org"])
    Webhook.objects.create(address="https://example.org/hook", query="country=CA")
    Session.objects.create(session_key="a" * 32, session_data="x", expire_date=timezone.now())
