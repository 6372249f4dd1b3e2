"""What is looked at on a page that is open: each function gives what it finds, an empty list where all is well."""

from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_reading import style

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# WCAG 1.4.12, and a paragraph's distance.
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-bottom: 2em !important }"
)
CLEARED = "() => { document.adoptedStyleSheets = [] }"
# The size of text that a browser is set to, in pixels; twice that for a reader who needs it.
USUAL, TWICE = 16, 32

# What reaches beyond the right edge and is neither scrolled within its own box nor cut on purpose.
WIDER = """() => { const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = (one) => { for (let box = one.parentElement; box && box !== document.body; box = box.parentElement)
    if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(box).overflowX)
        && box.getBoundingClientRect().right <= width + 1) return true; return false; };
  const found = [...document.body.querySelectorAll('*')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && box.right > width + 1 && !scrolls(one); });
  const said = found.slice(-3).map((one) => one.outerHTML.slice(0, 120));
  return [`wider than the window: ${document.documentElement.scrollWidth} px`, ...said]; }"""
# Words in buttons, links, labels and headings that their own box cuts off; what is cut with an ellipsis, and told whole
# to who points at it, is left out, and what only a screen reader is told.
CUT = """() => [...document.querySelectorAll('a, button, label, legend, h1, h2, h3, summary, th, dt')].filter((one) => {
  const shown = getComputedStyle(one), box = one.getBoundingClientRect();
  if (!box.width || shown.textOverflow === 'ellipsis' || one.closest('.hidden, .skip, .visually-hidden, .pill, .strip'))
    return false;
  const cuts = (axis) => ['hidden', 'clip'].includes(shown[axis]);
  return (cuts('overflowX') && one.scrollWidth > one.clientWidth + 2)
    || (cuts('overflowY') && one.scrollHeight > one.clientHeight + 2);
}).map((one) => one.outerHTML.slice(0, 120))"""
# Every control in turn: does the focus show on it, and does nothing lie over the whole of it (WCAG 2.4.7, 2.4.11)?
FOCUS = """() => { const found = [];
  document.activeElement?.blur();
  const look = (one) => { const shown = getComputedStyle(one);
    return [shown.outlineStyle, shown.outlineWidth, shown.outlineColor, shown.boxShadow, shown.borderColor,
      shown.borderWidth, shown.backgroundColor, shown.textDecorationLine].join('|'); };
  const near = (one) => [one, one.parentElement, one.nextElementSibling, one.closest('label')].filter(Boolean);
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((one) => !one.disabled && one.type !== 'hidden' && one.checkVisibility({ visibilityProperty: true })
      && one.tabIndex >= 0);
  for (const one of all) {
    const around = near(one), before = around.map(look);
    one.focus({ focusVisible: true });
    if (document.activeElement !== one) continue;
    const name = one.outerHTML.slice(0, 120);
    if (around.map(look).every((now, at) => now === before[at])) found.push(`no focus is seen: ${name}`);
    one.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    const boxes = [...one.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    const points = boxes.flatMap((box) => [.5, .1, .9].flatMap((x) => [.5, .15, .85].map((y) =>
      [box.left + box.width * x, box.top + box.height * y])))
      .filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
    const reached = points.some(([x, y]) => { const top = document.elementFromPoint(x, y);
      return top && (top === one || one.contains(top) || top.contains(one) || around.includes(top)
        || top.closest('label')?.control === one); });
    if (points.length && !reached) found.push(`lies under something: ${name}`);
  }
  return found; }"""

# Words, and marks of the drawing, that the reader's own colours make hard to see (WCAG 1.4.3, 1.4.11): axe reckons with
# the colours of the style sheet, which are not those on the screen. What is disabled may be grey.
HARD_TO_SEE = """() => {
  const channels = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([red, green, blue]) => [red, green, blue].map((one) => one / 255)
    .map((one) => one <= .04045 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4)
    .reduce((sum, one, at) => sum + one * [.2126, .7152, .0722][at], 0);
  const over = (above, below, share = above[3] ?? 1) =>
    [0, 1, 2].map((at) => above[at] * share + below[at] * (1 - share));
  const paper = channels(getComputedStyle(document.documentElement).backgroundColor).slice(0, 3);
  const ground = (one) => channels(getComputedStyle(one).backgroundColor);
  const behind = (one) => one ? over(ground(one), behind(one.parentElement)) : paper;
  const contrast = (one) => { const [low, high] = [channels(getComputedStyle(one).color), behind(one)].map(light)
    .sort((a, b) => a - b); return (high + .05) / (low + .05); };
  const says = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.body.querySelectorAll('*')].filter((one) => (says(one) || one.matches('svg.mark'))
      && one.checkVisibility({ visibilityProperty: true }) && !one.closest(':disabled, .hidden, .skip'))
    .filter((one) => contrast(one) < (one.matches('svg') ? 3 : 4.5))
    .slice(0, 5).map((one) => `hard to see: ${contrast(one).toFixed(1)} ${one.outerHTML.slice(0, 120)}`); }"""


def axe(page, *rules: str) -> list[str]:
    """What axe finds by the rules of WCAG 2.2 AA and its best practices, or by those named alone."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    found = Axe().run(page, options={"runOnly": only, "preload": False, "resultTypes": ["violations"]})
    return [
        f"{one['id']}: {node['html'][:160]} ({' '.join(node['target'])})"
        for one in found.response["violations"]
        for node in one["nodes"][:3]
    ]


def reflow(page) -> list[str]:
    """What makes the page scroll sideways, or is cut off (WCAG 1.4.4, 1.4.10)."""
    return page.evaluate(WIDER) + [f"cut: {one}" for one in page.evaluate(CUT)]


def spaced(page) -> list[str]:
    """What wide text spacing pushes out of the page (WCAG 1.4.12)."""
    page.evaluate(style(SPACED))
    found = reflow(page)
    page.evaluate(CLEARED)
    return found


def focus(page) -> list[str]:
    """Controls on which the focus is not seen, or that lie under something else."""
    return page.evaluate(FOCUS)


def seen(page) -> list[str]:
    """Words and marks that have too little contrast in the colours that are on the screen."""
    return page.evaluate(HARD_TO_SEE)


def resize_text(page, pixels: int) -> None:
    """Sets the size of text as the browser's own settings do, so that no style sheet of ours is touched."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("Page.setFontSizes", {"fontSizes": {"standard": pixels, "fixed": round(pixels * 13 / 16)}})
    chromium.detach()
