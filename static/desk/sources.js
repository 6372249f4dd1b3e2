/* Rows of sources: asks the desk for what it knows of an address as soon as it is pasted or a source is chosen. */
addEventListener("DOMContentLoaded", () => {
  if (typeof htmx === "undefined") return;
  const address = ".source-choice input[name$='-address']";
  // What the details of each row are an answer to. Asking the same again would replace what somebody typed there since,
  // and the errors of a page that came back.
  const answered = new WeakMap();

  const question = (input) => {
    const chosen = input.closest(".source-choice").querySelector("select[name$='-source']");
    return `${input.value.trim()} ${chosen ? chosen.value : ""}`;
  };

  const equip = (row) => {
    for (const input of row.querySelectorAll(address)) {
      // The row in the template is copied for new rows, without what htmx knows of it.
      if (input.name.includes("__prefix__")) continue;
      answered.set(input, question(input));
      input.setAttribute("data-hx-get", input.closest("[data-ask]").dataset.ask);
      input.setAttribute("data-hx-trigger", "input delay:300ms, chosen");
      input.setAttribute("data-hx-include", "closest .citation-source");
      input.setAttribute("data-hx-target", "next .source-details");
      input.setAttribute("data-hx-sync", "this:replace");
      htmx.process(input);
    }
  };

  equip(document);
  document.addEventListener("formset:added", (event) => equip(event.target));

  // The list of suggestions tells of a choice in its own way only.
  django.jQuery(document).on("change", ".source-choice select[name$='-source']", (event) => {
    htmx.trigger(event.target.closest(".source-choice").querySelector(address), "chosen");
  });

  const on = (name, deed) => document.addEventListener(`htmx:${name}`, (event) => {
    if (answered.has(event.detail.elt)) deed(event, event.detail.elt);
  });
  on("beforeRequest", (event, input) => {
    if (answered.get(input) === question(input)) event.preventDefault();
    else answered.set(input, question(input));
  });
  for (const failure of ["sendError", "responseError", "timeout"]) on(failure, (event, input) => answered.set(input, ""));
  // Whoever was signed out meanwhile is answered with the page to sign in: it has no place in a row.
  on("beforeSwap", (event, input) => {
    if (event.detail.xhr.responseURL.includes(input.getAttribute("data-hx-get"))) return;
    event.detail.shouldSwap = false;
    answered.set(input, "");
  });
});
