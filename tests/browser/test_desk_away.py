"""A save meets a database that is away: what was typed is held, and saved by one click when it is back."""

from contextlib import contextmanager

import psycopg
from playwright.sync_api import expect
from psycopg import sql

from tests.databases import address

TYPED = 'Typed while the database was going: "quoted" <b>&amp;</b>\n\nand a second line.'


@contextmanager
def away(site):
    """While the block runs nobody is let into the site's database, and whoever was in is put out."""
    name = site.database_url.rpartition("/")[2]
    let_in = sql.SQL("alter database {} allow_connections {}")
    with psycopg.connect(**address() | {"dbname": "postgres"}, autocommit=True) as server:
        server.execute(let_in.format(sql.Identifier(name), sql.Literal(False)))
        server.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])
        try:
            yield
        finally:
            server.execute(let_in.format(sql.Identifier(name), sql.Literal(True)))


def without_the_503(faults):
    """The browser tells of each answer of 503, as it should; nothing else is wrong."""
    assert [fault for fault in faults if "503" not in fault] == []
    faults.clear()


def until(page, asked: str) -> None:
    """Waits until a script that asks the site says yes: `wait_for_function` takes the promise itself for a yes."""
    for _ in range(100):
        if page.evaluate(asked):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {asked}")


def test_what_was_typed_while_the_database_went_away_is_saved_by_trying_again(writing_site, new_page, sign_in, faults):
    page = new_page(on=writing_site)
    sign_in(page, writing_site)
    page.goto("/admin/tracker/event/")
    page.locator(".field-title a").first.click()
    form = page.url
    page.locator("#id_texts-0-summary").fill(TYPED)
    with away(writing_site):
        page.keyboard.press("Control+s")
        expect(page.get_by_role("alert")).to_contain_text("Nothing of what you sent was saved.")
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("alert")).to_contain_text("Nothing of what you sent was saved.")
        page.get_by_text("What you had typed").click()
        expect(page.get_by_text("and a second line.")).to_be_visible()
    # Signed out meanwhile, he is told before anything is sent, and sends it once he is signed in again.
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Your session has ended; nothing was sent")).to_be_visible()
    sign_in(page, writing_site)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    page.goto(form)
    assert page.locator("#id_texts-0-summary").input_value() == TYPED
    without_the_503(faults)


def test_a_reader_who_opens_what_nobody_has_seen_stays_where_he_is_and_is_told(writing_site, new_page, faults):
    page = new_page(on=writing_site)
    page.goto("/")
    title, here = page.locator(".rows .title").first, page.url
    with away(writing_site):
        title.click()
        expect(page.get_by_role("alert")).to_contain_text(
            "The record cannot be reached at the moment: what stands below"
        )
        assert page.url == here
        # For a second a process gives what it knew of the record just before.
        until(page, "async () => (await fetch('/', { cache: 'no-store' })).headers.has('X-Stale')")
        page.reload()
        expect(page.get_by_role("status").filter(has_text="This is a copy of ")).to_be_visible()
    # A database that was away is left alone for a second or two.
    until(page, "async () => (await fetch('/about/')).ok")
    title.click()
    expect(page.locator(".panel .card")).to_be_visible()
    without_the_503(faults)
