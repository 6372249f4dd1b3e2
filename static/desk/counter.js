/* Counts the signs of a text that has a limit; the limit itself is said in the help, and kept by the server. */
addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("[data-limit]")) {
    const limit = Number(field.dataset.limit);
    const count = document.createElement("span");
    count.className = "counter";
    count.setAttribute("aria-hidden", "true");
    const show = () => {
      // As the server counts: characters, and two of them for the end of a line.
      const signs = [...field.value.replace(/\n/g, "\r\n")].length;
      count.textContent = `${signs} / ${limit}`;
      count.classList.toggle("over", signs > limit);
    };
    field.after(count);
    field.addEventListener("input", show);
    show();
  }
});
