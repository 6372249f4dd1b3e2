"""A page that a reader's browser would complain about fails its test; what is promised here is that we notice."""

import pytest


def test_the_front_page_loads_without_a_fault(page):
    assert page.goto("/").status == 200


@pytest.mark.parametrize("page", [{"width": 360, "scheme": "dark", "script": False}], indirect=True)
def test_the_front_page_loads_small_dark_and_without_script(page):
    assert page.goto("/").status == 200
    assert page.viewport_size["width"] == 360


def test_words_on_the_console_are_faults(page, faults):
    page.goto("/")
    page.evaluate("console.warn('careful'); console.error('broken'); console.log('fine')")
    assert [fault.split(" (")[0] for fault in faults] == ["console warning: careful", "console error: broken"]
    faults.clear()


def test_a_script_error_is_a_fault(page, faults):
    page.goto("/")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') })")
    assert faults == ["script error: broken"]
    faults.clear()


def test_what_the_content_policy_forbids_is_a_fault(page, faults):
    page.goto("/")
    with page.expect_console_message():
        page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert len(faults) == 1 and "Content Security Policy" in faults[0]
    faults.clear()


def test_a_request_to_another_origin_is_a_fault(page, faults):
    page.goto("/")
    with page.expect_request("http://127.0.0.1:9/"):
        page.evaluate("location.href = 'http://127.0.0.1:9/'")
    assert faults[0] == "request to another origin: http://127.0.0.1:9/"
    faults.clear()


def test_a_missing_part_is_a_fault(page, faults):
    page.goto("/")
    with page.expect_console_message():
        page.evaluate("fetch('/no-such-part/')")
    assert len(faults) == 1 and "404" in faults[0]
    faults.clear()


def test_a_site_for_writing_leaves_the_shared_one_alone(site, writing_site, new_page):
    assert writing_site.url != site.url
    assert "One-time password" in writing_site.manage("create_admin", "writer")
    assert "One-time password" in site.manage("create_admin", "writer")
    assert new_page(on=writing_site).goto("/").status == 200
