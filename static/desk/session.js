/* Before a form is sent, asks whether its editor is still signed in: a form sent by nobody would lose what was typed. */
addEventListener("DOMContentLoaded", () => {
  const notice = document.getElementById("signed-out");
  const form = notice && notice.closest("form");
  if (!form) return;
  let asked = false;

  const token = async () => {
    const answer = await fetch(notice.dataset.ask, { redirect: "manual", cache: "no-store" });
    if (!answer.ok) throw new Error("no answer");
    return (await answer.json()).token;
  };

  form.addEventListener("submit", async (event) => {
    if (asked) return;
    event.preventDefault();
    try {
      const fresh = await token();
      notice.hidden = fresh !== null;
      if (fresh === null) {
        notice.scrollIntoView();
        return;
      }
      // Whoever signed in anew has a new token.
      form.elements.csrfmiddlewaretoken.value = fresh;
    } catch {
      // The site does not answer: let the browser say so.
    }
    asked = true;
    form.requestSubmit(event.submitter);
  });
  addEventListener("pageshow", () => { asked = false; });
  // A part of the page was asked for, and refused: the server names the event in its answer.
  document.body.addEventListener("signed-out", () => { notice.hidden = false; });
});
