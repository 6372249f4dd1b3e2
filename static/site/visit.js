// What changed since the reader's last visit, for readers who switched that on. What is kept stays in this browser:
// since when changes are marked, up to when the record was seen, and when a page was last looked at.
const KEY = "last-visit";
const PAUSE = 30 * 60 * 1000; // a new visit begins after half an hour away
const byId = (id) => document.getElementById(id);
const { marks } = document.body.dataset;
let answer = null; // what changed, as the site told it for this page

const style = new CSSStyleSheet();
style.replaceSync(`
  .visit-line { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 20px; padding: 10px 0; font-size: .875rem; border-bottom: 1px solid var(--hair); }
  .visit-line a { padding: 3px 0; font-weight: 700; }
  .visit-line button { min-height: 28px; padding: 1px 12px; font-weight: 400; color: var(--ink); background: var(--paper); border-color: var(--edge); }
  .rows .fresh { margin-left: 8px; color: var(--inserted); border-color: currentColor; }
  .m.fresh::after { content: ""; position: absolute; left: .25rem; bottom: 0; width: 1rem; border-bottom: 2px solid var(--inserted); }
  .m.fresh.left::after { left: auto; right: .25rem; }
  @media print { .visit-line { display: none; } }
`);

// null: switched off, or nothing of ours.
function kept() {
  try {
    const visit = JSON.parse(localStorage.getItem(KEY));
    return visit?.since && visit.seen ? visit : null;
  } catch {
    return null;
  }
}
function keep(visit) {
  localStorage.setItem(KEY, JSON.stringify({ ...visit, at: Date.now() }));
}
const changesSince = (since) => `${marks.replace("marks.json", "")}?since=${since}`;
const element = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text });

/* What is marked */
function clear() {
  document.querySelectorAll(".visit-line, .tag.fresh, .m > .fresh").forEach((one) => one.remove());
  document.querySelectorAll(".m.fresh").forEach((one) => {
    one.classList.remove("fresh");
    one.removeAttribute("title");
  });
}
function markEvent(event, words) {
  byId(`a${event}`)?.after(element("span", "tag fresh", words));
  const mark = byId(`m${event}`);
  if (!mark) return;
  mark.classList.add("fresh");
  mark.title = words;
  mark.append(element("span", "hidden fresh", `, ${words}`));
}
function line() {
  const made = element("p", "visit-line", "");
  const link = element("a", "", answer.words.line);
  link.href = changesSince(answer.since);
  const read = element("button", "", answer.words.read);
  read.type = "button";
  read.addEventListener("click", readAll);
  made.append(link, read);
  return made;
}
// A page of an earlier moment tells what was known then: nothing in it is new to anybody.
function apply() {
  clear();
  if (!answer?.total || document.querySelector(".banner")) return;
  answer.events.forEach(({ event, classes }) =>
    markEvent(event, classes.includes("new") ? answer.words.new : answer.words.changed),
  );
  byId("main").prepend(line());
}

/* The switch, on the page of changes alone */
function showSwitch() {
  const place = byId("visit");
  if (!place || !byId("visit-on").dataset.stamp) return;
  const visit = kept();
  place.hidden = false;
  byId("visit-is-off").hidden = Boolean(visit);
  byId("visit-is-on").hidden = !visit;
  const preset = byId("visit-preset");
  preset.hidden = !visit || Boolean(document.querySelector(".banner"));
  if (visit) preset.href = changesSince(visit.since);
}
function switchOn({ target: { dataset: { stamp } } }) {
  keep({ since: stamp, seen: stamp });
  showSwitch();
  byId("visit-off").focus();
}
function switchOff() {
  localStorage.removeItem(KEY);
  answer = null;
  clear();
  showSwitch();
  byId("visit-on").focus();
}
function readAll() {
  const visit = kept();
  if (!visit) return;
  keep({ since: visit.seen, seen: visit.seen });
  answer = null;
  clear();
  showSwitch();
  (byId("visit-read")?.closest("[hidden]") === null ? byId("visit-read") : byId("main")).focus();
}

/* A page is opened */
async function ask(visit) {
  const got = await fetch(`${marks}?since=${visit.since}`);
  if (got.status === 400) return localStorage.removeItem(KEY); // kept from another record
  if (!got.ok) return;
  answer = await got.json();
  keep({ since: visit.since, seen: answer.until ?? visit.seen });
  apply();
}
function begin() {
  const visit = kept();
  if (!visit) return;
  const away = Math.abs(Date.now() - visit.at) > PAUSE;
  ask({ ...visit, since: away ? visit.seen : visit.since }).catch(() => {});
}
try {
  localStorage.getItem(KEY); // throws where the reader forbids storage: then none of this is offered
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
  // Before the page's own listeners, which put the scroll where it was.
  // And once more when htmx has given the elements that stay the classes of the new page.
  document.addEventListener("htmx:afterSwap", apply, true);
  document.addEventListener("htmx:afterSettle", apply, true);
  document.addEventListener("htmx:historyRestore", apply, true);
  const deeds = { "visit-on": switchOn, "visit-off": switchOff, "visit-read": readAll };
  Object.entries(deeds).forEach(([id, deed]) => byId(id)?.addEventListener("click", deed));
  showSwitch();
  begin();
} catch {
  // Nothing is kept, nothing is marked.
}
