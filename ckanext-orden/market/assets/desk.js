/* The form for an offer: the fields of the chosen price mode, and the box that buyers will see. Without it, buttons do the same. */
(function () {
  "use strict";

  const form = document.querySelector("[data-orden-preview]");
  const box = document.querySelector("[data-orden-box]");
  if (!form || !box) return;

  const WAIT = 400;
  let waiting, asked = 0;

  function needIn(field, mode) {
    const needs = field.dataset.ordenNeeds.trim().split(/\s+/).map((pair) => pair.split(":"));
    return (needs.find(([name]) => name === mode) || ["", "may"])[1];
  }

  function showFields() {
    const chosen = form.querySelector("input[name=price_mode]:checked");
    form.querySelectorAll("[data-orden-needs]").forEach((field) => {
      const need = needIn(field, chosen ? chosen.value : "");
      field.hidden = need === "no";
      field.querySelectorAll("[data-orden-need]").forEach((mark) => { mark.hidden = mark.dataset.ordenNeed !== need; });
    });
  }

  function preview() {
    const number = ++asked;
    fetch(form.dataset.ordenPreview, { method: "POST", body: new FormData(form) })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))))
      .then((part) => { if (number === asked) box.innerHTML = part; })
      .catch(() => {}); /* the box stays as it was; saving tells what is wrong */
  }

  /* The box has the buttons that buyers will have; they must not lead away from what is typed. */
  box.addEventListener("click", (event) => { if (event.target.closest("a")) event.preventDefault(); });

  form.querySelectorAll("[data-orden-plain]").forEach((button) => { button.hidden = true; });
  form.addEventListener("input", () => {
    showFields();
    clearTimeout(waiting);
    waiting = setTimeout(preview, WAIT);
  });
  showFields();

  /* A link to a field under a fold opens it. */
  function unfold() {
    const target = location.hash.startsWith("#field-") && document.getElementById(location.hash.slice(1));
    const fold = target && target.closest("details");
    if (fold && !fold.open) { fold.open = true; target.scrollIntoView(); }
  }
  addEventListener("hashchange", unfold);
  unfold();
})();
