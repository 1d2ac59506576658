/* While somebody types: the catalogue's messages beside the fields, the five axes, and the draft. Without it all works by the buttons. */
(function () {
  "use strict";

  const panel = document.querySelector("[data-orden-check]");
  const form = panel && document.querySelector(panel.dataset.ordenForm);
  if (!form) return;

  const touched = new Set();
  const sent = { check: 0 };
  let fileChanged = false;
  let checking, saving;

  function send(address, body) {
    return fetch(address, { method: "POST", body, headers: { Accept: "application/json" } }).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    });
  }

  function inputsOf(name) {
    return Array.from(form.elements).filter((input) => input.name === name);
  }

  /* The place for a field's messages; stock's fields get one. */
  function placeFor(input) {
    const field = input.closest(".o-field, .form-group");
    if (!field) return null;
    let place = field.querySelector(":scope > [data-orden-said], :scope > .controls > [data-orden-said]");
    if (!place) {
      place = document.createElement("div");
      place.dataset.ordenSaid = "";
      place.id = input.id + "-said";
      input.setAttribute("aria-describedby", [place.id, input.getAttribute("aria-describedby") || ""].join(" ").trim());
      (field.querySelector(":scope > .controls") || field).prepend(place);
    }
    field.querySelectorAll(".error-block").forEach((old) => old.remove());
    return place;
  }

  function show(name, errors, advice) {
    const input = inputsOf(name)[0];
    const place = input && placeFor(input);
    if (!place) return;
    const messages = errors.map((text) => ["error", text]).concat(errors.length ? [] : advice.map((text) => ["advice", text]));
    place.replaceChildren(
      ...messages.map(([look, text]) => {
        const line = panel.querySelector(`template[data-orden-look="${look}"]`).content.cloneNode(true);
        line.querySelector("span").textContent = text;
        return line;
      })
    );
    const field = input.closest(".o-field, .form-group");
    field.classList.toggle(field.matches(".o-field") ? "o-field--error" : "error", errors.length > 0);
    if (errors.length) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  /* The form without the file itself: its name is enough to judge. */
  function values() {
    const body = new FormData(form);
    const file = body.get("upload");
    if (file instanceof File && file.name) body.set("upload", new File([], file.name));
    return body;
  }

  function check() {
    const number = ++sent.check;
    send(panel.dataset.ordenCheck, values()).then(
      (answer) => {
        if (number !== sent.check) return;
        touched.forEach((name) => show(name, answer.errors[name] || [], answer.advice[name] || []));
        panel.querySelector("[data-orden-axes]").innerHTML = answer.axes;
      },
      () => undefined
    );
  }

  function save() {
    const body = new FormData(form);
    if (!fileChanged) body.delete("upload");
    send(panel.dataset.ordenDraft, body).then(
      (answer) => {
        fileChanged = false;
        document.querySelector("[data-orden-saved]").textContent = answer.saved;
      },
      () => undefined
    );
  }

  function changed(event) {
    const name = event.target.name;
    if (!name) return;
    touched.add(name);
    if (name === "upload" || name === "file_url") ["upload", "file_url"].forEach((other) => touched.add(other));
    if (event.type === "change" && event.target.type === "file") fileChanged = true;
    clearTimeout(checking);
    checking = setTimeout(check, 250);
  }

  form.addEventListener("focusout", changed);
  form.addEventListener("change", changed);
  if (panel.dataset.ordenDraft) {
    form.addEventListener("input", () => {
      clearTimeout(saving);
      saving = setTimeout(save, 2500);
    });
  }
  form.addEventListener("submit", () => {
    clearTimeout(saving);
    clearTimeout(checking);
  });
})();
