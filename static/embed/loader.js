// What a page of another site loads from /embed.js: it lets frames of this tracker grow to their content, and defines
// <usmca-timeline> (docs/embeds.md). It sets no cookie, keeps nothing, and asks for nothing but the frames.
(() => {
  "use strict";
  const TITLES = {}; // language: title of a frame; timeline/views/loader.py fills it in
  const script = document.currentScript ?? document.querySelector('script[src*="/embed.js"]');
  if (!script?.src) return;
  const own = new URL(script.src);
  const SITE = own.origin, NAME = "usmca-timeline", TYPE = "usmca-embed", VERSION = 1;
  const LEAST = 60, MOST = 20_000, USUAL = 600, AIR = 24; // pixels
  const loaded = Symbol.for(`${TYPE} ${SITE}`);
  if (window[loaded]) return;
  window[loaded] = true;

  const drawn = new Set(); // the frames of elements: a page cannot find what stands in their shadow

  const isOurs = (frame) => frame.src.startsWith(`${SITE}/`) && frame.src.includes("/embed/");
  const frames = () => [...drawn, ...document.querySelectorAll("iframe")].filter(isOurs);
  // A frame whose sandbox leaves it no origin calls itself "null".
  const mayBe = (frame, origin) =>
    origin === SITE || (origin === "null" && frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin"));

  function grow(frame, height) {
    const edges = getComputedStyle(frame).boxSizing === "border-box" ? frame.offsetHeight - frame.clientHeight : 0;
    frame.style.height = `${height + edges}px`;
  }

  // Only for a reader who is at work in the frame: a page must not jump under anybody else.
  function show(frame, top) {
    const active = document.activeElement;
    if (active !== frame && active !== frame.getRootNode().host) return;
    const y = frame.getBoundingClientRect().top + top;
    if (y < 0 || y > window.innerHeight / 2) window.scrollBy({ top: y - AIR });
  }

  window.addEventListener("message", ({ data, origin, source }) => {
    if (data?.type !== TYPE || data.version !== VERSION) return;
    const frame = frames().find((one) => one.contentWindow === source);
    if (!frame || !mayBe(frame, origin)) return;
    const said = new CustomEvent(TYPE, { bubbles: true, composed: true, cancelable: true, detail: data });
    if (!frame.dispatchEvent(said)) return;
    const good = (number) => Number.isFinite(number) && number <= MOST;
    if (good(data.height) && data.height >= LEAST) grow(frame, data.height);
    if (good(data.top) && data.top >= 0) show(frame, data.top);
  });

  // Frames that were ready before this script was.
  const ask = () => frames().forEach((one) => one.contentWindow?.postMessage({ type: TYPE, version: VERSION, ask: "height" }, "*"));
  ask();
  document.addEventListener("DOMContentLoaded", ask);

  function nearestLanguage(node) {
    for (let one = node; one; one = one.parentElement ?? one.getRootNode().host) if (one.lang) return one.lang;
    return "";
  }

  const PARAMETERS = ["look", "lanes", "theme", "event"];
  const LOOKS = ":host { display: block } :host([hidden]) { display: none } iframe { display: block; width: 100%; border: 0 }";

  class Timeline extends HTMLElement {
    static observedAttributes = ["query", "embed", "lang", "title", "height", ...PARAMETERS];
    #frame;
    #shown = "";
    #due = false;

    connectedCallback() {
      if (!this.shadowRoot) {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(LOOKS);
        this.attachShadow({ mode: "open", delegatesFocus: true }).adoptedStyleSheets = [sheet];
      }
      this.#draw();
    }

    disconnectedCallback() {
      drawn.delete(this.#frame);
    }

    attributeChangedCallback() {
      if (this.#due || !this.isConnected || !this.shadowRoot) return;
      this.#due = true;
      queueMicrotask(() => {
        this.#due = false;
        if (this.isConnected) this.#draw();
      });
    }

    get #language() {
      const asked = this.getAttribute("lang") || own.searchParams.get("lang") || nearestLanguage(this.parentElement ?? this.getRootNode().host);
      const code = asked.toLowerCase().split("-")[0];
      return code in TITLES ? code : "en";
    }

    get #address() {
      // What is no name leads to the 404 that is told within the frame, not to a page that no frame may show.
      const name = this.getAttribute("embed"), code = this.#language;
      const path = `${code === "en" ? "" : `/${code}`}/embed/${name ? `${name.replace(/[^\w-]+/g, "-")}/` : ""}`;
      const query = new URLSearchParams(this.getAttribute("query") ?? "");
      for (const one of PARAMETERS) if (this.getAttribute(one)) query.set(one, this.getAttribute(one));
      return SITE + path + (query.size ? `?${query}` : "");
    }

    #draw() {
      const address = this.#address;
      const height = /^\d+$/.test(this.getAttribute("height")) ? this.getAttribute("height") : USUAL;
      // Another address gets another frame: one that went there would stand in the way of the reader's Back.
      if (this.#shown !== address) {
        this.#shown = address;
        drawn.delete(this.#frame);
        this.#frame = document.createElement("iframe");
        this.#frame.loading = "lazy";
        this.#frame.referrerPolicy = "no-referrer";
        this.#frame.sandbox = "allow-scripts allow-popups allow-popups-to-escape-sandbox";
        this.#frame.src = address;
        this.shadowRoot.replaceChildren(this.#frame);
      }
      drawn.add(this.#frame);
      this.#frame.height = height;
      this.#frame.title = this.getAttribute("title") || TITLES[this.#language] || NAME;
    }
  }

  if (!customElements.get(NAME)) customElements.define(NAME, Timeline);
})();
