/* The fields that suggest rows are made by a library that gives them no name: each is called as its label says. */
(() => {
  const name = (box) => {
    const select = box.previousElementSibling;
    const field = box.querySelector(".select2-selection");
    const shown = box.querySelector(".select2-selection__rendered");
    if (!(select instanceof HTMLSelectElement) || !field || !shown) return;
    const label = select.labels[0];
    // The chosen row is part of the name; by itself it is no field that one could write in.
    shown.removeAttribute("role");
    shown.removeAttribute("aria-readonly");
    if (label) {
      label.id = label.id || `${select.id}-label`;
      field.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
    }
    const help = select.getAttribute("aria-describedby");
    if (help) field.setAttribute("aria-describedby", help);
  };

  const nameAll = (within) => {
    if (within instanceof Element && within.matches(".select2-container")) name(within);
    if (within instanceof Element) within.querySelectorAll(".select2-container").forEach(name);
  };

  new MutationObserver((changes) => {
    for (const change of changes) for (const added of change.addedNodes) {
      nameAll(added);
      // The box to type in appears with the list of suggestions, at the end of the page.
      const search = added instanceof Element && added.querySelector(".select2-search__field");
      const open = search && document.querySelector(".select2-container--open .select2-selection");
      if (open) search.setAttribute("aria-labelledby", open.getAttribute("aria-labelledby"));
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", () => nameAll(document.body));
})();
