// Improves the pages; all of them work without it.
"use strict";
const first = (selector) => document.querySelector(selector);
const all = (element, selector) => [...(element?.querySelectorAll(selector) ?? [])];
const byId = (id) => document.getElementById(id);
const on = (name, listener) => document.addEventListener(name, listener);
const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

/* Forms and addresses */
// A form sends no empty field, so that an address names only what was asked for.
on("formdata", ({ formData: data }) => {
  [...data.keys()].forEach((name) => data.getAll(name).join("") || data.delete(name));
});
// A refusal (400) is a page of words: show it as such. That the record is away for a moment is said where the reader is.
on("htmx:responseError", ({ detail }) => {
  const said = detail.xhr.responseText;
  if (said.startsWith("<p")) {
    first(".stale")?.remove();
    first("main").insertAdjacentHTML("afterbegin", said);
    first(".stale").scrollIntoView();
  } else location.assign(detail.pathInfo.finalRequestPath.replace(/results\//, "").replace(/[?&]w=[sml]$/, ""));
});
// What an address or a link leads to is unfolded.
const unfold = () => ((byId(location.hash.slice(1))?.closest("details") ?? {}).open = true);
addEventListener("hashchange", unfold), unfold();
on("focusin", ({ target }) => target.matches(".share textarea, #cite textarea") && target.select());
// What is to be copied, where the browser lets us; else it is selected.
on("click", ({ target: button }) => {
  const what = byId(button.dataset.copy);
  const done = () => (button.textContent = byId("news").textContent = button.dataset.done);
  const select = () => what.select?.() ?? getSelection().selectAllChildren(what);
  if (what) (navigator.clipboard?.writeText(what.textContent.trim()) ?? Promise.reject()).then(done, select);
});
// The address that is there already is no new step for Back.
on("htmx:beforeHistoryUpdate", ({ detail: { history } }) => {
  if (history.path === location.pathname + location.search) history.type = "replace";
});

// What the drawing and the list open. The page says once where the fragments are: an address on each link would be a good
// part of the page, and htmx would look at each after every swap. Links with an address of their own are left to it.
function fragmentOf(link) {
  const open = link?.closest("[data-open]")?.dataset.open;
  if (!open || link.hash || link.hasAttribute("data-hx-get")) return "";
  const slug = link.pathname.match(/\/events\/([^/]+)\/$/)?.[1];
  return slug ? open.replace("event=EVENT", `event=${slug}`) : open.split("?")[0] + link.search;
}
on("click", (event) => {
  const link = event.target.closest(`${MARK}, .rows .title`);
  const address = fragmentOf(link);
  if (!address || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  htmx.ajax("GET", address, { source: link, target: "#page" }).catch(() => {}); // its events tell what went wrong
});

// The server fits labels for a wide plot; a fragment for a narrower one says so. The address in the bar does not.
function fit() {
  const larger = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const wide = first("#drawing .ground")?.clientWidth / larger || Infinity;
  return wide < 600 ? "s" : wide < 848 ? "m" : "";
}
on("htmx:configRequest", ({ detail: { path, parameters } }) => {
  if (fit() && /results\//.test(path)) parameters.w = fit();
});

// Back while a page is on its way: that page is no longer wanted; nor is the one that Back asked for, after a click.
let restoring;
addEventListener("popstate", () => all(document, ".htmx-request").forEach((one) => htmx.trigger(one, "htmx:abort")));
on("htmx:historyCacheMiss", ({ detail: { xhr } }) => {
  restoring?.abort();
  restoring = xhr;
});
on("htmx:beforeRequest", () => restoring?.abort());
on("htmx:sendError", () => (byId("news").textContent = byId("news").dataset.failed));

/* Windows: days counted from 1970, from the first to the one after the last */
const DAY = 864e5;
const toDay = (text) => Date.parse(text) / DAY;
const toText = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const span = ({ dataset: { start, end } }) => [toDay(start), toDay(end) + 1];
const LEVELS = [["decade", 7305, 240, 366], ["year", 1004, 33, 31], ["quarter", 274, 9, 31], ["month", 70, 0, 7]].map(
  ([name, days, months, unit]) => ({ name, days, months, unit }),
);
// The first day of the year, month or week (from Monday on) of a day; or of that many months later.
function firstOf(day, unit = 31, later = 0) {
  if (unit === 7) return Math.floor((day + 3) / 7) * 7 - 3;
  const date = new Date(day * DAY);
  return Date.UTC(date.getUTCFullYear(), unit > 31 ? 0 : date.getUTCMonth() + later, 1) / DAY;
}
// The next named length; none at the ends of the scale.
function nextLevel(closer) {
  const [start, after] = span(byId("drawing"));
  const ratio = ({ days }) => days / (after - start);
  return closer ? LEVELS.find((level) => ratio(level) < 0.9) : LEVELS.findLast((level) => ratio(level) > 1.1);
}
function fillWindow(start, after) {
  [byId("start").value, byId("end").value] = [toText(start), toText(after - 1)];
}
const askForIt = () => first("form.window").checkValidity() && first("form.window").requestSubmit();
// The day at that place of the screen stays there, as far as whole years, months and weeks allow.
function zoomAt({ days, months, unit }, clientX) {
  if (first("form.window").matches(".htmx-request")) return;
  const [start, after] = span(byId("drawing"));
  const { left, width } = first(".ground").getBoundingClientRect();
  const share = clamp((clientX - left) / width, 0, 0.999);
  const day = Math.floor(start + share * (after - start));
  const end = (begin) => (months ? firstOf(begin, 31, months) : begin + days);
  let begin = Math.min(firstOf(day - share * days + unit / 2, unit), firstOf(day, unit));
  if (end(begin) <= day) begin = firstOf(begin + unit * 1.5, unit);
  fillWindow(begin, end(begin));
  askForIt();
}

let grip = null; // the drag of the brush that goes on

/* The drawing by keyboard: one tab stop */
const MARK = "#drawing .lane li > a";
// A number that the classes of an element write in digits, as "xh3 xt2 xu7".
const digits = ({ className }, letter) =>
  [..."htu"].reduce((sum, place) => sum * 10 + Number(className.match(letter + place + "(\\d)")?.[1] ?? 0), 0);
const middle = (link) => digits(link, "x") + (link.matches(".pill") ? digits(link, "b") / 2 : 0);
// Where Tab enters: the event chosen, else the first after today, else the last.
function usualStop() {
  const current = first(`${MARK}[aria-current]`);
  if (current) return current;
  const links = all(document, MARK).map((link) => [middle(link), link]);
  links.sort(([one], [other]) => one - other);
  const future = first(".ground .future");
  const today = future && digits(future, "x");
  return (links.find(([at]) => future && at >= today) ?? links.at(-1))?.[1];
}
const setStop = (stop) => all(document, MARK).forEach((link) => (link.tabIndex = link === stop ? 0 : -1));
on("focusin", ({ target }) => target.matches(MARK) && setStop(target));
function move(link, key) {
  const [lanes, lane] = [all(document, "#drawing .lane"), link.closest(".lane")];
  const links = all(lane, MARK);
  const far = (one) => Math.abs(middle(one) - middle(link));
  const beside = (step) => all(lanes[lanes.indexOf(lane) + step], MARK).sort((one, other) => far(one) - far(other))[0];
  const next = (step) => links[links.indexOf(link) + step];
  const ends = { Home: links[0], End: links.at(-1) };
  const targets = { ArrowUp: beside(-1), ArrowDown: beside(1), ArrowLeft: next(-1), ArrowRight: next(1), ...ends };
  targets[key]?.focus();
  return key in targets;
}
// Said anew even if it is the same as before: the key was heard.
function tellWindow() {
  byId("news").textContent = "";
  setTimeout(() => (byId("news").textContent = `${text("window")}, ${text("shown")}`), 50);
  return true;
}
const press = (selector) => first(selector)?.click() ?? true;
function act(key, shift, target) {
  if (key === "Escape") return letGo() || (first(".panel .close") && press(".panel .close"));
  if (!target.closest("#drawing")) return false;
  if ("+=-_".includes(key)) {
    const level = nextLevel("+=".includes(key));
    return level ? press(`#zoom-${level.name}`) : tellWindow();
  }
  if ("tT".includes(key)) {
    if (first("#today").getAttribute("href") === location.pathname + location.search) tellWindow();
    return press("#today");
  }
  if (shift) return /^Arrow(Left|Right)$/.test(key) && press(key === "ArrowLeft" ? "#earlier" : "#later");
  return target.matches(MARK) && move(target, key);
}
on("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  if (act(event.key, event.shiftKey, event.target)) event.preventDefault();
});

/* The event chosen, the focus and the status line, over the swaps of the page */
const OPENS = ".lane .m, .rows .title";
const narrow = matchMedia("(max-width: 68rem)");
const chosen = () => first(".panel .card")?.id.slice("card-".length);
const text = (id) => byId(id)?.textContent.trim();
const state = () => [text("count"), text("window")];
let opener = ""; // the id of the link that opened the event chosen
let spot; // where in the drawing the focus was
let [held, before] = []; // what had the focus before the swap, and the event that was open
let still = {}; // what is to stay where it is on the screen, by its id, and where it was
let said = state();
// On a narrow page the panel of an event opened from the list stands right under its row.
function placePanel() {
  const panel = first(".panel");
  const row = narrow.matches && chosen() && opener === `a${chosen()}` && byId(`e${chosen()}`);
  if (!panel || (!row && !panel.matches(".within"))) return;
  const inside = panel.contains(document.activeElement) && document.activeElement;
  panel.classList.toggle("within", Boolean(row));
  if (row) row.append(panel);
  else first(".columns").prepend(panel);
  if (inside) inside.focus({ preventScroll: true }); // moving it took the focus away
}
function announce(opened) {
  const [count, shown] = state();
  const news = [count !== said[0] && count, shown !== said[1] && `${shown}, ${text("shown")}`];
  byId("news").textContent = opened ? "" : news.filter(Boolean).join(". ");
  said = [count, shown];
}
function show(panel) {
  panel.focus({ preventScroll: true });
  // Only as far as its head is read: what it was opened from stays in sight, if there is room for both.
  const { top, height } = panel.getBoundingClientRect();
  const below = top + Math.min(height, 260) - innerHeight;
  if (top < 0 || below > 0) scrollBy({ top: top < 0 ? top - 16 : below, behavior: "instant" });
}
// htmx keeps the focus where an element has the same id. Else it goes back to where the event was opened, or near by.
function refocus(closed) {
  const lost = closed || (held !== document.body && document.activeElement === document.body);
  const drawn = held.closest(".chart");
  if (!lost) return drawn && document.activeElement.scrollIntoView({ block: "nearest" });
  const ids = before && !chosen() ? [opener, `m${before}`, `a${before}`] : [];
  const stop = first(`${MARK}[tabindex="0"]`);
  if (drawn) ids.push(`m${held.id.slice(1)}`, `p${held.id.slice(1)}`, nearest()?.id, stop?.id);
  ids.push(held.closest(".list") ? "list" : "", held.closest(".what-if") ? "what-if" : "", "main");
  const back = ids.map(byId).find((one) => one?.getClientRects().length);
  back?.focus({ preventScroll: true });
  return back?.id !== "main" && back?.scrollIntoView({ block: "nearest" });
}
// Where a piece of the drawing stands: its lane by name, and the day under it.
function place(link) {
  const [start, after] = span(byId("drawing"));
  const lane = link.closest(".lane").querySelector("h3 span").firstChild.data;
  return { lane, day: start + (middle(link) / 1000) * (after - start) };
}
// The piece that is now nearest to where the focus was, in the same lane.
function nearest() {
  const far = (link) => Math.abs(place(link).day - spot.day);
  const links = all(document, MARK).filter((link) => place(link).lane === spot?.lane);
  return links.sort((one, other) => far(one) - far(other))[0];
}
// What the script adds to a page hangs on the page alone: old page + swap = page loaded fresh.
function prepare() {
  grip = null; // a drag belongs to the page that it began on
  const chart = first("#drawing .chart");
  if (!chart) return;
  const group = { role: "group", "aria-labelledby": "window", "aria-describedby": "keys" };
  Object.entries(group).forEach((attribute) => chart.setAttribute(...attribute));
  first(".panel")?.setAttribute("tabindex", "-1");
  setStop(document.activeElement?.closest(MARK) ?? usualStop());
  listenToChart(chart);
  listenToBrush(byId("whole"));
}
function remember({ detail: { requestConfig } }) {
  [held, before] = [document.activeElement ?? document.body, chosen()];
  spot = held.matches(MARK) ? place(held) : undefined;
  const id = requestConfig?.elt.matches(".close") ? opener || `a${before}` : requestConfig?.elt.id;
  still = { id, top: byId(id)?.getBoundingClientRect().top, scroll: scrollY };
}
// The browser's own anchoring loses its hold when the whole page is swapped; a list beside a panel is longer.
function stay() {
  const top = byId(still.id)?.getBoundingClientRect().top - still.top;
  scrollTo({ top: Number.isFinite(top) ? scrollY + top : still.scroll, behavior: "instant" });
}
["htmx:beforeSwap", "htmx:historyCacheMissLoad"].forEach((name) => on(name, remember));
on("htmx:afterSwap", ({ detail: { requestConfig } }) => {
  if (requestConfig?.elt.matches(OPENS)) opener = requestConfig.elt.id;
  placePanel();
  stay();
});
on("htmx:afterSettle", ({ detail: { requestConfig } }) => {
  const panel = first(".panel");
  const opened = panel && requestConfig?.elt.matches(OPENS);
  prepare();
  announce(opened);
  if (opened) show(panel);
  else refocus(requestConfig?.elt.matches(".close"));
  if (!panel) opener = "";
});
narrow.addEventListener("change", placePanel);

/* The window by pointer: the brush; Ctrl and the wheel; two fingers */
function letGo() {
  if (!grip) return false;
  // Asked for first: Chromium does not take away an attribute that it has not yet written down.
  if (grip.brush.hasAttribute("style")) grip.brush.removeAttribute("style");
  first("form.window").reset();
  grip = null;
  return true;
}
// The window that the drag would give: by months if it is long, else by days.
function dragged(clientX) {
  const { part, start, after, from, until } = grip;
  const shift = (clientX - grip.x) / grip.perDay;
  const [least, most] = [Math.min(from, start), Math.max(until, after)];
  const snap = (day, length) => (length > 120 ? firstOf(day + 15) : Math.round(day));
  if (part === "start") {
    const day = clamp(start + shift, Math.max(least, after - 21900), after - 28);
    return [snap(day, after - day), after];
  }
  if (part === "end") {
    const day = clamp(after + shift, start + 28, Math.min(most, start + 21900));
    return [start, snap(day, day - start)];
  }
  const days = after - start;
  const day = snap(clamp(start + shift + grip.aside, least, most - days), days);
  const months = days > 120 && firstOf(start) === start && firstOf(after) === after ? Math.round(days / 30.44) : 0;
  return [day, months ? firstOf(day, 31, months) : day + days];
}
function paint(start, after) {
  grip.brush.style.left = `${(start - grip.from) * grip.perDay}px`;
  grip.brush.style.width = `${(after - start) * grip.perDay}px`;
  fillWindow(start, after);
}
function listenToBrush(whole) {
  const brush = whole.querySelector(".brush");
  const listeners = {
    pointerdown(event) {
      if (event.button || !event.isPrimary) return;
      event.preventDefault();
      whole.setPointerCapture(event.pointerId);
      const [x, box] = [event.clientX, whole.getBoundingClientRect()];
      const { left, right, width } = brush.getBoundingClientRect();
      const near = (way) => way >= -6 && way <= Math.min(8, width / 3);
      const part = near(x - left) ? "start" : near(right - x) ? "end" : "all";
      const [[from, until], [start, after]] = [span(whole), span(byId("drawing"))];
      const perDay = box.width / (until - from);
      const moved = part === "all" && (x < left || x > right); // beside the brush: a click centres it there
      const aside = moved ? from + (x - box.left) / perDay - (start + after) / 2 : 0;
      grip = { brush, part, x, from, until, perDay, start, after, aside, moved };
    },
    pointermove({ clientX, buttons }) {
      if (grip && !buttons) return letGo();
      if (grip && Math.abs(clientX - grip.x) > 3) grip.moved = true;
      return grip?.moved && paint(...dragged(clientX));
    },
    pointerup({ clientX }) {
      const [start, after] = grip?.moved ? dragged(clientX) : [];
      if (!grip?.moved || (start === grip.start && after === grip.after)) return letGo();
      paint(start, after);
      grip = null;
      return askForIt();
    },
    pointercancel: letGo,
  };
  Object.entries(listeners).forEach(([name, listener]) => whole.addEventListener(name, listener));
}
// The wheel alone scrolls the page. With Ctrl, which a pinch of a trackpad sends too, it zooms: one level a gesture.
const gesture = { last: -400 }; // of the wheel; a pause ends it
function onWheel(event) {
  const { ctrlKey, deltaY, deltaMode, clientX, timeStamp: now } = event;
  const level = ctrlKey && nextLevel(deltaY < 0);
  const fresh = now - gesture.last > 400;
  if (!ctrlKey || (fresh && !level)) return;
  event.preventDefault();
  if (fresh) Object.assign(gesture, { turned: 0, done: false });
  gesture.turned += deltaY * (deltaMode ? 16 : 1);
  gesture.last = now;
  if (!level || gesture.done || Math.abs(gesture.turned) < 12) return;
  gesture.done = true;
  zoomAt(level, clientX);
}
function listenToChart(chart) {
  const apart = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  let pinch = null;
  const onTouch = (event) => {
    const { type, touches } = event;
    if (type === "touchmove") {
      if (!pinch) return;
      pinch.ratio = apart(touches) / pinch.wide;
      pinch.level = nextLevel(pinch.ratio > 1);
      if (!pinch.level) pinch = null; // nothing closer or farther: the browser's own zoom
      else if (event.cancelable) event.preventDefault();
    } else {
      if (pinch?.ratio > 1.3 || pinch?.ratio < 0.77) zoomAt(pinch.level, pinch.x);
      const [one, other] = type === "touchstart" && touches.length === 2 ? touches : [];
      pinch = other && { wide: apart(touches), x: (one.clientX + other.clientX) / 2 };
    }
  };
  ["touchstart", "touchmove", "touchend"].forEach((name) => chart.addEventListener(name, onTouch, { passive: false }));
  chart.addEventListener("wheel", onWheel, { passive: false });
}

/* Fetching ahead, on a sign of intent only: the swap then costs a 304 */
const fetched = new Set();
let soon;
function fetchAhead(address) {
  fetched.add(address);
  fetch(address, { headers: { "HX-Request": "true" }, priority: "low" }).then((got) => got.text()).catch(() => {});
}
function intend({ target, pointerType = "key" }) {
  clearTimeout(soon);
  const link = target.closest("#earlier, #later, .zooms a:not([aria-current])")?.getAttribute("data-hx-get");
  const address = link && fit() ? `${link}${link.includes("?") ? "&" : "?"}w=${fit()}` : link;
  const meant = pointerType === "mouse" || (pointerType === "key" && target.matches(":focus-visible"));
  if (!address || !meant || fetched.has(address) || navigator.connection?.saveData) return;
  soon = setTimeout(fetchAhead, 80, address);
}
["pointerover", "focusin"].forEach((name) => on(name, intend));
on("pointerdown", () => clearTimeout(soon));
prepare();
// What changed since the last visit, for a reader who switched that on.
try {
  if (localStorage.getItem("last-visit")) import(document.body.dataset.visit);
} catch {} // storage is forbidden: nothing was switched on
