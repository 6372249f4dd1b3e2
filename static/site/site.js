// Improves the pages; all of them work without it.
"use strict";

// The form sends no empty field, so that an address names only what was asked for.
document.addEventListener("formdata", (event) => {
  const empty = [...event.formData.keys()].filter((name) => event.formData.getAll(name).every((value) => value === ""));
  empty.forEach((name) => event.formData.delete(name));
});

// After a swap the reader who opened an event by keyboard stays at the link they chose (htmx keeps the focus by id);
// one who closed it goes back to the event that was open.
document.addEventListener("htmx:beforeSwap", (event) => {
  const chosen = document.querySelector('.rows a[aria-current="true"]');
  const close = event.detail.requestConfig.elt.classList.contains("close");
  event.detail.xhr.wasOpen = close && chosen ? chosen.id : "";
});
document.addEventListener("htmx:afterSettle", (event) => {
  const id = event.detail.xhr?.wasOpen;
  if (id) document.getElementById(id)?.focus({ preventScroll: true });
});

// Where the panel would stand far above the row that was chosen, the link leads to the event's own page instead.
document.addEventListener("click", (event) => {
  const narrow = window.matchMedia("(max-width: 68rem)").matches;
  if (narrow && event.target.closest(".rows a.title")) event.stopImmediatePropagation();
}, true);

// A refusal (400) is a page of words: show it as such.
document.addEventListener("htmx:responseError", (event) => {
  const asked = event.detail.pathInfo.finalRequestPath.replace(/results\//, "");
  window.location.assign(asked);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector(".panel .close")?.click();
});
