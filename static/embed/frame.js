// What the embed tells the page around its frame: how high it is, and where what the reader asked for stands
// (docs/embeds.md). It keeps nothing, asks nobody for anything, and works in a frame without an origin of its own.
(() => {
  "use strict";
  const host = window.parent;
  if (host === window) return;

  const TYPE = "usmca-embed", VERSION = 1;
  const root = document.documentElement;
  // A frame's fragment is "#part?id=…&secret=…": `secret` is given by WordPress, `id` by whoever has several frames.
  const [, part, rest] = /^#?([^?]*)\??(.*)$/.exec(location.hash);
  const given = new URLSearchParams(rest);
  const kept = new URLSearchParams();
  for (const name of ["id", "secret"]) {
    if (/^[\w-]{1,64}$/.test(given.get(name) ?? "")) kept.set(name, given.get(name));
  }
  const id = kept.get("id") ?? "", secret = kept.get("secret");

  // To anyone: a frame does not know who shows it, and a height is no secret.
  const say = (more) => host.postMessage({ type: TYPE, version: VERSION, id, ...more }, "*");
  const sayToWordPress = (message, value) => secret && host.postMessage({ message, value, secret }, "*");

  let told = 0;
  function tellHeight(again) {
    const height = Math.ceil(root.getBoundingClientRect().height);
    // A frame that is not shown has no width, and what is measured in it is no height.
    if (!window.innerWidth || !height || (height === told && again !== true)) return;
    told = height;
    say({ height });
    sayToWordPress("height", height);
  }

  const place = () => document.getElementById("opened") ?? document.getElementById(location.hash.slice(1).split("?")[0]);

  function tellPlace() {
    const shown = place();
    if (!shown || !window.innerWidth) return;
    const top = Math.round(shown.getBoundingClientRect().top - root.getBoundingClientRect().top);
    say({ top, event: shown.dataset.event ?? "" });
  }

  function tellAll() {
    tellHeight(true);
    tellPlace();
  }

  function follow(click) {
    const link = click.target.closest?.("a[href]");
    if (!link || click.defaultPrevented || click.ctrlKey || click.metaKey || click.shiftKey || click.altKey) return;
    if (link.target !== "_blank") {
      if (kept.size) link.hash = `${link.hash.split("?")[0]}?${kept}`;
    } else if (secret) {
      // WordPress lets a frame open no tab; its own page goes there when asked to.
      click.preventDefault();
      sayToWordPress("link", link.href);
    }
  }

  new ResizeObserver(() => tellHeight()).observe(root);
  window.addEventListener("resize", () => tellHeight());
  window.addEventListener("pageshow", tellAll);
  window.addEventListener("hashchange", tellPlace);
  document.addEventListener("visibilitychange", () => document.hidden || tellHeight(true));
  document.addEventListener("click", follow);
  window.addEventListener("message", ({ source, data }) => {
    if (source !== host || !data) return;
    const ours = data.type === TYPE && data.version === VERSION && data.ask === "height";
    const wordPress = secret && data.message === "ready" && data.secret === secret;
    if (ours || wordPress) tellAll();
  });
  // A part that is named beside a secret is no fragment that the browser would find by itself.
  if (part && rest) document.getElementById(part)?.scrollIntoView();
})();
