/* Counts the signs of a text that has a limit; the limit itself is said in the help, and kept by the server. */
const countSigns = (field) => {
  const told = field.nextElementSibling;
  // What is typed before the page has been read to its end is counted then.
  if (!told?.classList.contains("counter")) return;
  // As the server counts: characters, and two of them for the end of a line.
  const signs = [...field.value.replace(/\n/g, "\r\n")].length;
  told.textContent = `${signs} / ${field.dataset.limit}`;
  told.classList.toggle("over", signs > Number(field.dataset.limit));
};
addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("[data-limit]")) {
    const told = document.createElement("span");
    told.className = "counter";
    told.setAttribute("aria-hidden", "true");
    field.after(told);
    countSigns(field);
  }
});
// A row that is added later is a copy of the empty one, counter and all.
addEventListener("input", ({ target }) => {
  if (target.dataset.limit) countSigns(target);
});
