/* Keeps the progress of a running harvest up to date in its place; without scripts the page loads itself anew. */
(function () {
  "use strict";

  const EVERY = 5000;
  const PLACE = "[data-harvest-progress]";
  const place = document.querySelector(PLACE);

  async function look() {
    try {
      const answer = await fetch(window.location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const news = page.querySelector(PLACE);
      if (answer.ok && !news) {
        window.location.reload();
        return;
      }
      if (news) {
        place.replaceChildren(...news.childNodes);
      }
    } catch (error) {
      console.warn("The progress could not be read; it is asked for again.", error);
    }
    setTimeout(look, EVERY);
  }

  if (place) {
    setTimeout(look, EVERY);
  }
})();
