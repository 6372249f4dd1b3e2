"""The embed in pages of other sites, as their systems leave it: sandboxed, without cookies, under a strict policy, in a
hidden tab, two on one page, resized, with and without our script."""

import json

import pytest
from playwright.sync_api import Error, expect

from tests.browser.chromium import find_chromium, flags
from tests.browser.elsewhere import STRICT, elsewhere, page_of

# What WordPress makes of an embed: wp-includes/embed.php, wp_filter_oembed_result, and wp-embed.js beside it.
WORDPRESS = """
<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" data-secret="Ab3dE6gH9j" title="t"
 src="{address}#?secret=Ab3dE6gH9j" width="600" height="400" frameborder="0" marginwidth="0" marginheight="0"></iframe>
<script>
window.said = [];
const frame = document.querySelector("iframe");
addEventListener("message", ({{ data, source, origin }}) => {{
  if (source !== frame.contentWindow || !data.secret || /[^a-zA-Z0-9]/.test(data.secret)) return;
  said.push([data.message, data.value, origin]);
  if (data.message === "height") frame.height = Math.min(1000, Math.max(200, parseInt(data.value, 10)));
}});
const ready = {{ message: "ready", secret: "Ab3dE6gH9j" }};
frame.addEventListener("load", () => frame.contentWindow.postMessage(ready, "*"));
</script>"""
# As the builder gives it.
SNIPPET = (
    '<iframe src="{address}" title="USMCA joint review" width="100%" height="{height}" loading="lazy" '
    'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>'
)
CONTENT = "Math.ceil(document.documentElement.getBoundingClientRect().height)"


@pytest.fixture
def visit(browser):
    """A function that opens an address: visit(address, width=320) gives the page and what its console said."""
    contexts = []

    def open_page(address, *, width=720, **options):
        context = browser.new_context(viewport={"width": width, "height": 700}, **options)
        contexts.append(context)
        page, said = context.new_page(), []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address, wait_until="load")
        return page, said

    yield open_page
    for context in contexts:
        context.close()


def frame_of(page, number: int = 0):
    """The document within the frame of that number, once it is there."""
    handle = page.locator("iframe").nth(number).element_handle()
    page.wait_for_function("frame => frame.offsetHeight > 0", arg=handle)
    frame = handle.content_frame()
    frame.wait_for_load_state("load")
    return handle, frame


def expect_grown(page, number: int = 0) -> int:
    """Wait until the frame is as high as its content; give that height in pixels."""
    handle, frame = frame_of(page, number)
    for _ in range(60):
        wanted = frame.evaluate(CONTENT)
        if wanted > 60 and handle.evaluate("frame => frame.clientHeight") == wanted:
            return wanted
        page.wait_for_timeout(50)
    raise AssertionError(f"{wanted} high inside, {handle.evaluate('frame => frame.clientHeight')} outside")


def loader(site) -> str:
    return f'<script src="{site.url}/embed.js" async></script>'


def test_the_snippet_grows_to_its_content_at_every_width_and_shrinks_again(visit, site):
    body = SNIPPET.format(address=f"{site.url}/embed/?topic=review-process&lanes=kind", height=300) + loader(site)
    # Many sites count borders into every height.
    page_text = page_of(f"<body><style>* {{ box-sizing: border-box }}</style>{body}")
    with elsewhere({"/": page_text}) as origin:
        page, said = visit(f"{origin}/", width=760)
        wide = expect_grown(page)
        page.set_viewport_size({"width": 340, "height": 700})
        narrow = expect_grown(page)
        page.set_viewport_size({"width": 760, "height": 700})
        assert (expect_grown(page), narrow != wide) == (wide, True)
        assert said == []


def test_an_event_opened_in_the_frame_is_brought_into_sight_and_the_frame_grows_for_it(visit, site):
    body = SNIPPET.format(address=f"{site.url}/embed/?look=list", height=300) + loader(site)
    with elsewhere({"/": page_of(f'<body><h1>News</h1>{body}<p id="end">End</p>')}) as origin:
        page, _ = visit(f"{origin}/")
        before = expect_grown(page)
        assert page.evaluate("scrollY") == 0
        frame = page.frame_locator("iframe")
        frame.locator(".rows a.title").last.click()
        expect(frame.locator(".opened h2")).to_be_visible()
        assert expect_grown(page) > before
        expect(frame.locator(".opened h2")).to_be_in_viewport()
        # A page is left where it is when it is only opened with an event.
        page.goto(f"{origin}/", wait_until="load")
        expect_grown(page)
        assert page.evaluate("scrollY") == 0


def test_in_the_frame_of_wordpress_it_tells_its_height_and_leads_out_by_its_page(visit, site):
    body = WORDPRESS.format(address=f"{site.url}/embed/?look=list&limit=3")
    with elsewhere({"/": page_of(f"<body>{body}")}) as origin:
        page, said = visit(f"{origin}/")
        height = expect_grown(page)
        assert ["height", height, "null"] in page.evaluate("said")
        frame = page.frame_locator("iframe")
        frame.locator(".rows a.title").first.click()
        expect(frame.locator(".opened h2")).to_be_visible()
        # The secret came along, so the page that was gone to tells its height too.
        assert expect_grown(page) > height
        frame.get_by_role("link", name="Full timeline").click()
        page.wait_for_function("said.some(([message]) => message === 'link')")
        (link,) = (value for message, value, _ in page.evaluate("said") if message == "link")
        assert link.startswith(f"{site.url}/?event=") and len(page.context.pages) == 1
        assert [words for words in said if "allow-popups" in words] == []


def element(attributes: str) -> str:
    return f'<usmca-timeline {attributes}><a href="https://tracker.example/">The timeline</a></usmca-timeline>'


def test_the_element_works_under_a_strict_policy_twice_on_a_page_with_heights_of_their_own(visit, site):
    two = element('query="country=MX" look="list" height="300"') + element('look="next" theme="dark" id="dark"')
    page_text = page_of(f"<body>{two}{loader(site)}{loader(site)}", language="fr-CA")
    with elsewhere({"/": page_text}, policy=STRICT.format(site=site.url)) as origin:
        page, said = visit(f"{origin}/")
        heights = [expect_grown(page, number) for number in (0, 1)]
        assert heights[0] != heights[1]
        found = page.locator("iframe").evaluate_all("all => all.map(one => [one.src, one.title.length > 5])")
        assert found == [
            [f"{site.url}/fr/embed/?country=MX&look=list", True],
            [f"{site.url}/fr/embed/?look=next&theme=dark", True],
        ]
        expect(page.get_by_text("The timeline", exact=True).first).to_be_hidden()
        page.evaluate("document.querySelector('#dark').setAttribute('lang', 'es')")
        expect(page.frame_locator("iframe").nth(1).locator("html")).to_have_attribute("lang", "es")
        expect_grown(page, 1)
        assert page.evaluate("history.length") == 2  # a change of the element is no step of the reader's
        assert said == []


def test_the_element_takes_the_language_of_its_loader_and_the_name_of_an_embed(visit, site):
    tags = element('embed="none"') + f'<script src="{site.url}/embed.js?lang=es" async></script>'
    with elsewhere({"/": page_of(f"<body>{tags}")}) as origin:
        page, _ = visit(f"{origin}/")
        expect(page.locator("iframe")).to_have_attribute("src", f"{site.url}/es/embed/none/")
        expect_grown(page)
        # What is no name, or no height, still shows a frame that tells what is wrong.
        page.evaluate("""document.querySelector("usmca-timeline").setAttribute("height", "tall")""")
        page.evaluate("""document.querySelector("usmca-timeline").setAttribute("embed", "no ../name")""")
        expect(page.locator("iframe")).to_have_attribute("src", f"{site.url}/es/embed/no-name/")
        expect(page.locator("iframe")).to_have_attribute("height", "600")
        expect_grown(page)


def test_without_script_the_elements_own_link_is_read_and_the_frame_shows_everything(visit, site):
    body = element("") + SNIPPET.format(address=f"{site.url}/embed/?look=list", height=500) + loader(site)
    with elsewhere({"/": page_of(f"<body>{body}")}) as origin:
        page, said = visit(f"{origin}/", java_script_enabled=False)
        expect(page.get_by_role("link", name="The timeline")).to_be_visible()
        expect(page.frame_locator("iframe").locator(".rows > li")).to_have_count(12)
        assert page.locator("iframe").get_attribute("height") == "500"
        assert said == []


def test_a_frame_that_was_not_shown_takes_its_height_when_it_is(visit, site):
    body = SNIPPET.format(address=f"{site.url}/embed/?look=next", height=300).replace(' loading="lazy"', "")
    listening = "<script>window.heights = []; addEventListener('message', e => heights.push(e.data.height))</script>"
    with elsewhere({"/": page_of(f"<body>{listening}<div id='tab' hidden>{body}</div>{loader(site)}")}) as origin:
        page, said = visit(f"{origin}/")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("heights") == []
        for _ in range(2):
            page.evaluate("document.querySelector('#tab').hidden = false")
            shown = expect_grown(page)
            page.evaluate("document.querySelector('#tab').hidden = true")
            page.wait_for_timeout(100)
        assert {height for height in page.evaluate("heights") if height} == {shown}
        assert said == []


# What a tab in the background is like: nothing is drawn in it, so nothing observes a change of size.
BEHIND = """window.ResizeObserver = class { observe() {} };
Object.defineProperty(Document.prototype, "hidden", { get: () => window.behind !== false });"""
LOOKED_AT = "window.behind = false; document.dispatchEvent(new Event('visibilitychange'))"


def test_what_changed_in_a_tab_behind_is_measured_when_it_is_looked_at(visit, site):
    body = SNIPPET.format(address=f"{site.url}/embed/?look=next", height=300) + loader(site)
    with elsewhere({"/": page_of(f"<body>{body}"), "/first": page_of("<body>")}) as origin:
        page, _ = visit(f"{origin}/first")
        page.add_init_script(BEHIND)
        page.goto(f"{origin}/", wait_until="load")
        before = expect_grown(page)
        handle, frame = frame_of(page)
        frame.evaluate("document.querySelector('.list').remove()")
        page.wait_for_timeout(100)
        assert handle.evaluate("frame => frame.clientHeight") == before
        frame.evaluate(LOOKED_AT)
        assert expect_grown(page) < before


def test_only_our_own_frames_are_heard_and_only_with_a_height_that_can_be(visit, site):
    forger = "<script>parent.postMessage({type: 'usmca-embed', version: 1, id: '', height: 3000}, '*')</script>"
    body = (
        SNIPPET.format(address=f"{site.url}/embed/?look=next", height=300)
        + f'<iframe id="other" title="o" src="{{origin}}/forger?{site.url}/embed/" width="200" height="77"></iframe>'
    )
    pages = {"/forger": page_of(f"<body>{forger}")}
    with elsewhere(pages) as origin:
        pages["/"] = page_of(f"<body>{body.format(origin=origin)}{loader(site)}")
        page, _ = visit(f"{origin}/")
        height = expect_grown(page)
        assert page.locator("#other").evaluate("frame => frame.clientHeight") == 77
        frame = page.locator("iframe").first.element_handle().content_frame()
        bad = [{"height": 5}, {"height": 10**6}, {"height": "900"}, {"height": 900, "version": 2}, {"type": "x"}]
        for more in bad:
            message = {"type": "usmca-embed", "version": 1, "id": ""} | more
            frame.evaluate(f"parent.postMessage({json.dumps(message)}, '*')")
        page.wait_for_timeout(100)
        assert page.locator("iframe").first.evaluate("frame => frame.clientHeight") == height


def test_the_desks_list_of_sites_holds_in_the_browser(browser, writing_site, visit):
    make = "from tracker.models.sharing import NamedEmbed; NamedEmbed.objects.create(name={!r}, hosts=[{!r}])"
    body = "".join(f'<iframe title="t" src="{writing_site.url}/embed/{name}/"></iframe>' for name in ("mine", "theirs"))
    with elsewhere({"/": page_of(f"<body>{body}")}) as origin:
        writing_site.manage(
            "shell", "-c", f"{make.format('mine', origin)}\n{make.format('theirs', 'https://a.example')}"
        )
        page, said = visit(f"{origin}/")
        expect(page.frame_locator("iframe").first.locator("main")).to_be_visible()
        expect(page.frame_locator("iframe").nth(1).locator("main")).to_have_count(0)
        assert any("frame-ancestors" in words for words in said)


def test_with_cookies_of_others_blocked_it_works_and_leaves_nothing_behind(browser, site, tmp_path):
    # The weaker sandbox: a frame that has its origin, and so could keep something if the browser let it.
    address = f"{site.url}/embed/?look=list"
    frame = SNIPPET.format(address=address, height=300).replace("allow-scripts", "allow-scripts allow-same-origin")
    kept = tmp_path / "Default" / "Preferences"
    kept.parent.mkdir()
    kept.write_text(json.dumps({"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}}))
    with elsewhere({"/": page_of(f"<body>{frame}{loader(site)}")}) as origin:
        context = browser.browser_type.launch_persistent_context(
            tmp_path, executable_path=find_chromium(), args=flags(), viewport={"width": 720, "height": 700}
        )
        try:
            page, said = context.pages[0], []
            page.on("console", lambda message: said.append(message.text))
            page.goto(f"{origin}/", wait_until="load")
            expect_grown(page)
            page.frame_locator("iframe").locator(".rows a.title").first.click()
            expect(page.frame_locator("iframe").locator(".opened h2")).to_be_visible()
            assert (context.cookies(), context.storage_state()["origins"], said) == ([], [], [])
            # So the browser did block: a script of the frame’s own origin may keep nothing either.
            _, inside = frame_of(page)
            with pytest.raises(Error, match="Access is denied"):
                inside.evaluate("localStorage.length")
        finally:
            context.close()
