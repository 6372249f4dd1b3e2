/* Warns before typed work is left: a link out of a form that differs from what the server sent. */
(() => {
  let sending = false;
  let rows = 0;

  const chosen = (option, select) =>
    option.defaultSelected || (!select.multiple && option.index === 0 && !select.querySelector("option[selected]"));

  const differs = (field) => {
    if (field.disabled || ["hidden", "submit", "button"].includes(field.type)) return false;
    // The choices of a merge are made of what came back from a save that was refused: nobody has saved it.
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((option) => option.selected !== chosen(option, field));
    return field.value !== field.defaultValue;
  };

  const form = () => document.querySelector(".change-form #content-main form[id$='_form']");
  const typed = (found) => [...found.elements].filter((field) => field.name && !field.name.includes("__prefix__"));

  const unsaved = () => {
    const found = form();
    if (!found) return false;
    // A form that came back with errors holds what nobody has saved; a row that an editor put there may be empty yet.
    return found.querySelector(".errornote") || rows > 0 || typed(found).some(differs);
  };

  addEventListener("submit", (event) => { if (event.target === form()) sending = !event.defaultPrevented; });
  addEventListener("pageshow", () => { sending = false; });
  addEventListener("formset:added", () => { rows += 1; });
  addEventListener("formset:removed", () => { rows -= 1; });
  addEventListener("beforeunload", (event) => {
    if (!sending && unsaved()) event.preventDefault();
  });
})();
