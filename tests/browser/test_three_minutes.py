"""From a press release to a sourced, trilingual event: an author enters it, an editor compares and publishes it."""

from playwright.sync_api import expect

from tests.browser.hand import Hand

ADDRESS = "https://ustr.gov/about/policy-offices/press-office/press-releases/2026/november/test-statement"
TEXTS = (
    (
        "United States and Mexico agree on a calendar for the annual review",
        "Calendar of annual review",
        "The two governments agree to meet once a month until the annual joint review. Canada is to be invited.",
    ),
    (
        "Estados Unidos y México acuerdan un calendario para la revisión anual",
        "Calendario de revisión",
        "Los dos gobiernos acuerdan reunirse una vez al mes hasta la revisión conjunta anual. Se invitará a Canadá.",
    ),
    (
        "Les États-Unis et le Mexique conviennent d’un calendrier pour l’examen annuel",
        "Calendrier de l’examen",
        "Les deux gouvernements conviennent de se réunir chaque mois jusqu’à l’examen conjoint. Le Canada sera invité.",
    ),
)


def test_a_sourced_event_in_three_languages_is_entered_within_three_minutes(writing_site, new_page, sign_in):
    author = new_page(on=writing_site)
    sign_in(author, writing_site, name="ana", role="author")
    author.goto("/admin/")
    hand = Hand(author)
    hand.click(author.get_by_role("link", name="New event"))
    for number, (title, label, summary) in enumerate(TEXTS):
        hand.paste(f"#id_texts-{number}-title", title)
        hand.type(f"#id_texts-{number}-label", label)
        hand.paste(f"#id_texts-{number}-summary", summary)
    hand.type("#id_date", "20 Nov 2026")
    expect(author.locator("#id_date + .understood .said [lang=fr]")).to_have_text("20 novembre 2026")
    hand.select("#id_kind", "ministerial-meeting")
    hand.check("United States")
    hand.check("Mexico")
    hand.suggested("id_eventtopic_set-0-topic", "review")
    hand.paste("#id_citations-0-address", ADDRESS)
    # The desk knows the site: nothing is left to fill in.
    expect(author.locator("#id_citations-0-tier")).to_have_value("primary")
    expect(author.locator("#id_citations-0-publisher")).not_to_have_value("")
    hand.check("In review")
    hand.keys("Control+s")
    expect(author.get_by_text("was added successfully")).to_be_visible()
    assert hand.seconds < 180, f"{hand.steps} steps, {hand.seconds:.0f} s"
    assert author.get_by_role("link", name="Publish…").count() == 0
    form = author.url

    editor = new_page(on=writing_site)
    sign_in(editor, writing_site, name="eva", role="editor")
    editor.goto("/admin/")
    editor.get_by_role("row", name=TEXTS[0][0]).get_by_role("link", name="Compare").click()
    expect(editor.get_by_text("1 source, 1 official")).to_be_visible()
    editor.get_by_role("button", name="Publish").click()
    expect(editor.get_by_text(f"Published: {TEXTS[0][0]}")).to_be_visible()
    assert editor.url == form
    for language, (title, _label, summary) in zip(("", "/es", "/fr"), TEXTS, strict=True):
        editor.goto(f"{language}/events/united-states-and-mexico-agree-on-a-calendar-for-the-annual-review/")
        expect(editor.get_by_role("heading", name=title)).to_be_visible()
        expect(editor.get_by_text(summary)).to_be_visible()
