"""An enemy's record in a real browser: nothing runs, nothing is asked of another origin, the policy has nothing to
forbid, on public pages, in an embed and at the desk."""

import pytest
from django.conf import settings

from tests.databases import url
from tests.security.hostile import PAYLOADS, hostile_record
from tests.serving import serve
from tracker.models.desk import Event

READERS = ["/?limit=200", "/es/?order=significance&limit=200", "/clock/", "/changes/?since=2020-01-01", "/slips/"]
READERS += ["/redline/?a=2020-01-01&b=2026-01-01", "/share/?event=hostile-1", "/embed/?look=list", "/corrections/"]
READERS += [f"/events/hostile-{number}/" for number in range(len(PAYLOADS))]
DESK = ["/admin/", "/admin/tracker/event/?q=zqxss", "/admin/tracker/source/", "/admin/tracker/logrow/"]
OF_AN_EVENT = ["change/", "history/", "publish/", "correct/", "retract/"]


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_nothing_of_an_enemys_record_runs_in_a_browser(new_page, sign_in):
    hostile_record()
    numbers = list(Event.objects.order_by("pk").values_list("pk", flat=True))[:6]
    with serve(url(settings.DATABASES["default"]["NAME"])) as site:
        page, asked = new_page(on=site), []
        page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        page.add_init_script("window.zqxss = (n) => { document.documentElement.dataset.ran = n }")
        sign_in(page, site)
        paths = READERS + DESK + [f"/admin/tracker/event/{number}/{part}" for number in numbers for part in OF_AN_EVENT]
        ran = []
        for path in paths:
            answer = page.goto(path, wait_until="load")
            assert answer.status == 200, path
            ran += [path] if page.locator("html[data-ran]").count() else []
        assert (ran, asked, len(paths)) == ([], [], len(READERS) + len(DESK) + 30)
