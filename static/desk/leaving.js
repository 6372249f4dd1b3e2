/* Warns before typed work is left: a link out of a form that differs from what the server sent. */
(() => {
  let sending = false;

  const chosen = (option, select) =>
    option.defaultSelected || (!select.multiple && option.index === 0 && !select.querySelector("option[selected]"));

  const differs = (field) => {
    if (field.disabled || field.type === "hidden" || field.type === "submit" || field.type === "button") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((option) => option.selected !== chosen(option, field));
    return field.value !== field.defaultValue;
  };

  const unsaved = () => {
    const form = document.querySelector(".change-form #content-main form");
    // A form that came back with errors holds what nobody has saved.
    return form && (document.querySelector(".errornote") || [...form.elements].some(differs));
  };

  addEventListener("submit", (event) => { sending = !event.defaultPrevented; });
  addEventListener("pageshow", () => { sending = false; });
  addEventListener("beforeunload", (event) => {
    if (!sending && unsaved()) event.preventDefault();
  });
})();
