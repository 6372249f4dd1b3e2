"""Three pages that look like nobody's here, with the embed in each: pictures of how it stands among strangers.

A newspaper's article with the frame, an agency's page with the element, a dark blog's narrow column. Their words are
bars: nobody is made to say anything.
"""

from pathlib import Path

from tests.browser.elsewhere import elsewhere, page_of

FRAME = (
    '<iframe src="{site}/embed/?{query}" title="USMCA joint review" width="100%" height="600" loading="lazy" '
    'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>'
)
LOADER = '<script src="{site}/embed.js" async></script>'
BARS = '<div class="bars">' + "".join(f'<i class="b{number}"></i>' for number in (1, 2, 3, 4)) + "</div>"
BASE = """
.bars { margin: 0 0 28px } .bars i { display: block; height: 11px; margin: 0 0 11px; background: var(--bar) }
.b2 { width: 96% } .b3 { width: 99% } .b4 { width: 61% } iframe { border: 0 }
"""
NEWS = """
:root { --bar: #ddd6c5 } body { margin: 0; background: #e9e4d8 } header { height: 64px; background: #5b1a1a }
main { box-sizing: border-box; max-width: 800px; margin: 0 auto; padding: 40px; background: #fbf8f1 }
h1 { height: 22px; margin: 0 0 12px; background: #c9bfaa; width: 88% } h1 + h1 { width: 52%; margin-bottom: 28px }
figure { margin: 0 0 28px }
"""
AGENCY = """
:root { --bar: #d3dae6 } * { box-sizing: border-box } body { margin: 0; background: #fff }
header { height: 12px; background: #0b3d91 } nav { height: 52px; background: #f0f3f8; border-bottom: 3px solid #f2b632 }
main { display: grid; grid-template-columns: 230px minmax(0, 1fr); gap: 36px; max-width: 1140px; margin: 0 auto;
  padding: 36px }
aside i { display: block; height: 38px; margin: 0 0 8px; background: #eef2f8; border-left: 5px solid #0b3d91 }
usmca-timeline { margin: 0 0 28px; border: 1px solid #d3dae6 }
"""
BLOG = """
:root { --bar: #3a3350 } body { margin: 0 auto; max-width: 400px; padding: 28px; background: #1e1a2b }
h1 { height: 30px; margin: 0 0 24px; border-radius: 8px; background: linear-gradient(90deg, #e06ca8, #6c7be0) }
usmca-timeline { margin: 0 0 28px; border-radius: 14px; overflow: hidden }
"""


def pages(site: str, day: str) -> dict[str, tuple[str, str, int, int]]:
    """Picture to style, body, width and height of its page; `day` is the part of a query that fixes the day."""
    news = FRAME.format(site=site, query=f"topic=review-process&amp;lanes=kind&amp;{day}")
    agency = f'<usmca-timeline query="country=MX&amp;{day}" lang="es"></usmca-timeline>'
    blog = (
        f'<usmca-timeline query="topic=review-process&amp;{day}" look="list" theme="dark" lang="fr"></usmca-timeline>'
    )
    loader = LOADER.format(site=site)
    side = "<i></i>" * 6
    return {
        "embed-foreign-1.png": (
            NEWS,
            f"<body><header></header><main><h1></h1><h1></h1>{BARS}<figure>{news}</figure>{BARS}</main>{loader}",
            960,
            1180,
        ),
        "embed-foreign-2.png": (
            AGENCY,
            f"<body><header></header><nav></nav><main><aside>{side}</aside><div>{BARS}{agency}{BARS}</div></main>{loader}",
            1200,
            1080,
        ),
        "embed-foreign-3.png": (BLOG, f"<body><h1></h1>{BARS}{blog}{BARS}{loader}", 460, 1720),
    }


def take(browser, site, folder: Path, day: str, wanted: str = "") -> None:
    """Write the pictures whose names hold `wanted` to the folder."""
    for name, (style, body, width, height) in pages(site.url, day).items():
        if wanted not in name:
            continue
        look = '<link rel="stylesheet" href="/own.css">'
        with elsewhere({"/": page_of(body, head=look), "/own.css": BASE + style}) as origin:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"{origin}/", wait_until="networkidle")
            page.wait_for_timeout(300)  # milliseconds: until the frame has its height
            page.screenshot(path=folder / name)
            page.close()
        print(folder / name)
