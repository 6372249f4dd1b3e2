/* Keys of the forms: Ctrl or Cmd with S saves and stays, with Enter saves and closes. After a save that was refused, the
   first field to correct has the focus, or the first question where two people changed the same. */
(() => {
  const form = () => document.querySelector(".change-form #content-main form[id$='_form']");
  const buttons = { s: "[name=_continue]", Enter: "[name=_save]" };

  const button = (key) => {
    const found = form();
    return found && (found.querySelector(`.submit-row ${buttons[key]}`) || found.querySelector(".submit-row .default"));
  };

  addEventListener("keydown", (event) => {
    const key = event.key === "Enter" ? "Enter" : event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || !(key in buttons)) return;
    const pressed = button(key);
    if (!pressed) return;
    event.preventDefault();
    // What is typed in a list of suggestions or a date counts as changed only when it is left.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (!event.repeat) pressed.click();
  });

  addEventListener("DOMContentLoaded", () => {
    const found = form();
    if (!found) return;
    for (const hint of found.querySelectorAll(".keys")) hint.hidden = false;
    for (const [key, name] of Object.entries({ s: "Control+S Meta+S", Enter: "Control+Enter Meta+Enter" })) {
      const pressed = button(key);
      if (pressed) pressed.setAttribute("aria-keyshortcuts", name);
    }
    const asked = found.querySelector(".lost .conflict input") || found.querySelector(".lost input");
    const list = [...found.querySelectorAll(".errorlist")].find((one) => one.closest(".form-row, .inline-related"));
    const row = list && list.closest(".fieldBox, .form-row, .inline-related");
    const wrong = row && row.querySelector("input:not([type=hidden]), select, textarea");
    const first = asked || wrong;
    if (!first) return;
    for (let box = first.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    first.focus();
  });
})();
