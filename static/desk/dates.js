/* The date fields of rows that are added to a page, and the link that enters the record's date among the announced ones. */
(() => {
  document.addEventListener("formset:added", (event) => {
    for (const field of event.target.querySelectorAll(".date-field")) htmx.process(field);
  });

  const rows = () => [...document.querySelectorAll("#announced-group .inline-related:not(.empty-form)")];
  const dateOf = (row) => row.querySelector("input[name$='-date']:not([type=hidden])");

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-announced]");
    const add = document.querySelector("#announced-group .add-row a");
    if (!link || !add) return;
    const wanted = link.dataset.announced;
    let row = rows().find((one) => dateOf(one) && dateOf(one).value === wanted);
    if (!row) {
      add.click();
      row = rows().at(-1);
      dateOf(row).value = wanted;
      dateOf(row).dispatchEvent(new Event("input", { bubbles: true }));
    }
    event.preventDefault();
    for (let box = row.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    row.scrollIntoView({ block: "center" });
    row.querySelector("input[name$='-announced_on']").focus({ preventScroll: true });
  });
})();
