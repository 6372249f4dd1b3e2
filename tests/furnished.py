"""What the shipped record has none of, so that every page has something to show: run within a site's own shell.

`furnish` works on the database of whoever calls it; `furnished` has a served site do it.
"""

import json

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from tests.factory import ago, change, event, published, retitle
from tests.imports import csv_file, imported, new_row, planned, staged
from tests.passkey import registered
from tests.serving import Site
from tests.signing import PASSWORD, both_factors, member
from tracker.auditing import note
from tracker.models import Event, User
from tracker.models.sharing import Delivery, NamedEmbed, Webhook
from tracker.publishing import publish, retract, schedule
from tracker.vocabulary import LogAction, Role

CALL = "from tests.furnished import furnish; furnish()"
# Accounts of the tests, with the password of tests.signing: an administrator with every second factor, a member without
# any.
BOSS, NEW = "boss-of-all", "member-without-app"


def furnished(site: Site) -> dict[str, int]:
    """Has the site's database furnished; gives the ids of what was made, by names."""
    return json.loads(site.manage("shell", "--no-imports", "-c", CALL).splitlines()[-1])


def furnish() -> None:
    """Makes one of each and prints the ids as one line of JSON."""
    boss = User.objects.create_superuser(BOSS, password=PASSWORD)
    both_factors(boss)
    RecoveryCodes.activate(boss)
    key = {"name": "My laptop", "credential": registered()}
    passkey = Authenticator.objects.create(user=boss, type="webauthn", data=key)
    new = member(Role.AUTHOR, NEW)
    ids = _events() | _imports(boss) | _sharing() | {"passkey": passkey.pk, "user": new.pk}
    made = Event.objects.get(slug="a-draft")
    ids["logrow"] = note(LogAction.CHANGED, about=made, who=BOSS).pk
    print(json.dumps(ids))


def _events() -> dict[str, int]:
    corrected = published("a-corrected-event", since=ago(days=30), texts=("en", "fr"))
    publish(retitle(corrected, "A better title"), reason="A slip of the pen.", since=ago(days=9))
    gone = published("a-retracted-event", since=ago(days=20))
    retract(gone, reason="It did not happen.", since=ago(days=5))
    waiting = published("a-scheduled-event", since=ago(days=20))
    schedule(change(waiting, significance=1), ago(days=-3))
    draft = event("a-draft", stage="review", texts=("en", "es", "fr"))
    return {"corrected": corrected.pk, "retracted": gone.pk, "scheduled": waiting.pk, "draft": draft.pk}


def _imports(boss: User) -> dict[str, int]:
    good, unlike = new_row(slug="an-imported-event"), new_row(slug="a-faulty-event", date="2025-13", status="perhaps")
    return {
        "staged": staged(csv_file(good), boss, language="en").pk,
        "planned": planned(csv_file(good, unlike), boss, language="en").pk,
        "done": imported(csv_file(good), boss, language="en").pk,
    }


def _sharing() -> dict[str, int]:
    embed = NamedEmbed.objects.create(name="furnished", query="country=MX")
    # Nobody answers there, and nothing is sent: nobody takes the queue.
    hook = Webhook.objects.create(address="https://localhost/hook")
    delivery = Delivery.objects.create(webhook=hook, row=1, event=1, queued_at=hook.after_appears)
    return {"namedembed": embed.pk, "webhook": hook.pk, "delivery": delivery.pk}
