/* The search box: what somebody may mean, while it is typed. An ARIA combobox; without scripts the box is a search field. */
(function () {
  "use strict";

  const WAIT = 90;
  const REMEMBERED = 60;

  function combobox(input) {
    const list = document.getElementById(input.dataset.ordenSuggest);
    const told = document.getElementById(input.dataset.ordenSuggest + "-told");
    const answers = new Map();
    let options = [], active = -1, waiting, asking;

    function close() {
      clearTimeout(waiting);
      if (asking) asking.abort();
      list.hidden = true;
      told.textContent = "";
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    }

    function choose(number) {
      active = number;
      options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
      if (active < 0) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      input.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    }

    function option(row, number) {
      const part = list.querySelector("template").content.firstElementChild.cloneNode(true);
      part.id = list.id + "-" + number;
      part.dataset.url = row.url;
      part.querySelector("[data-title]").textContent = row.title;
      part.querySelector("[data-beside]").textContent = row.organization || (row.count || "").toLocaleString();
      return part;
    }

    function show(rows) {
      options = rows.map(option);
      list.querySelectorAll("[data-kind]").forEach((group) => {
        const members = options.filter((_, number) => rows[number].kind === group.dataset.kind);
        group.querySelectorAll("[role=option]").forEach((old) => old.remove());
        group.append(...members);
        group.hidden = members.length === 0;
      });
      options = Array.from(list.querySelectorAll("[data-kind] [role=option]"));
      if (!options.length) {
        close();
        return;
      }
      list.hidden = false;
      list.scrollTop = 0;
      input.setAttribute("aria-expanded", "true");
      told.textContent = told.dataset.words.replace("{n}", options.length);
      choose(-1);
    }

    async function ask(words) {
      if (asking) asking.abort();
      if (answers.has(words)) {
        show(answers.get(words));
        return;
      }
      asking = new AbortController();
      try {
        const address = list.dataset.address + "?" + new URLSearchParams({ q: words });
        const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const rows = (await answer.json()).result;
        if (answers.size >= REMEMBERED) answers.clear();
        answers.set(words, rows);
        show(rows);
      } catch (error) {
        if (error.name !== "AbortError") close(); /* the search itself goes on without suggestions */
      }
    }

    function typed() {
      clearTimeout(waiting);
      const words = input.value.trim();
      if (words) waiting = setTimeout(ask, WAIT, words);
      else close();
    }

    function go(option) {
      window.location.assign(option.dataset.url);
    }

    function step(by) {
      if (list.hidden) {
        typed();
        return;
      }
      const places = options.length + 1; /* one of them is the input itself */
      choose(((active + 1 + by + places) % places) - 1);
    }

    const KEYS = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Escape: () => list.hidden ? false : close(),
      Enter: () => active < 0 ? false : go(options[active]),
    };

    input.addEventListener("keydown", (event) => {
      /* While kana become kanji the keys belong to the input method. */
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || !Object.hasOwn(KEYS, event.key)) return;
      if (KEYS[event.key]() !== false) event.preventDefault();
    });
    input.addEventListener("input", typed);
    input.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); /* the input keeps the focus */
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) go(option);
    });

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
  }

  document.querySelectorAll("[data-orden-suggest]").forEach(combobox);
})();
