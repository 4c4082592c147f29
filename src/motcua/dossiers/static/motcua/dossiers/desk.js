/* Keys and counting for the worklist and the officer's dossier. Everything works without it. */
(() => {
  "use strict";
  const OFF = "motcua.keys-off";
  const PATIENCE = 1500;
  const PLACE = "motcua.worklist-place";
  const table = document.querySelector("[data-worklist]");
  const rows = table ? [...table.tBodies[0].rows] : [];
  const form = document.getElementById("chon");
  const taking = document.getElementById("buoc");
  const bar = document.querySelector("[data-bulk]");
  const help = document.querySelector("[data-keys]");
  let current = -1;
  let before = "";
  let timer = 0;
  let from = 0;

  const boxOf = (row) => row.querySelector("input[type=checkbox]");
  const off = () => localStorage.getItem(OFF) === "1";

  function count() {
    let chosen = 0;
    for (const row of rows) {
      const on = Boolean(boxOf(row)?.checked);
      row.classList.toggle("is-sel", on);
      chosen += on;
    }
    if (!bar) return;
    const words = chosen === 0 ? "none" : chosen === 1 ? "one" : "many";
    bar.querySelector("strong").textContent = bar.dataset[words].replace("{n}", String(chosen));
  }

  function show(i) {
    current = i;
    rows.forEach((row, n) => row.classList.toggle("is-cur", n === current));
  }

  function go(step) {
    const next = current < 0 ? from : current + step;
    show(Math.min(Math.max(next, 0), rows.length - 1));
    const link = rows[current].querySelector("a");
    link.focus();
    link.scrollIntoView({ block: "nearest" });
  }

  function choose() {
    const box = current >= 0 ? boxOf(rows[current]) : null;
    if (!box) return;
    box.checked = !box.checked;
    count();
  }

  /* When the list comes back after a step, J and K go on where the row was, or behind it. */
  const place = {
    keep: () => {
      const told = JSON.stringify({ at: current, row: rows[current].dataset.case });
      try { sessionStorage.setItem(PLACE, told); } catch { /* keeps nothing: the first again */ }
    },
    come: () => {
      try {
        const { at, row } = JSON.parse(sessionStorage.getItem(PLACE)) ?? { at: 0 };
        sessionStorage.removeItem(PLACE);
        from = at + (rows[at]?.dataset.case === row);
      } catch { /* keeps nothing: the first again */ }
    },
  };

  /* Go to a step's page of the row; one that needs no words is taken at once. */
  function step(slug, seen) {
    const row = rows[current];
    if (!row || !slug) return;
    const address = `${row.dataset.case}${slug}/`;
    if (seen === undefined) {
      location.href = `${address}?${new URL(row.querySelector("a").href).searchParams}`;
    } else if (taking) {
      place.keep();
      taking.action = address;
      taking.elements.seen.value = seen;
      taking.requestSubmit();
    }
  }

  function onward() {
    if (form?.querySelector("tbody input:checked")) {
      bar?.querySelector("button[name=viec]")?.click();
      return;
    }
    const row = rows[current];
    step(row?.dataset.onward, row?.dataset.seen);
  }

  const acts = {
    j: () => go(1),
    k: () => go(-1),
    x: choose,
    a: onward,
    s: () => step("yeu-cau-bo-sung"),
    r: () => step(rows[current]?.dataset.back),
    f: () => step("giao"),
  };

  function press(key) {
    const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return false;
    if (target.matches("input:not([type=checkbox]), textarea")) target.focus();
    else target.click();
    return true;
  }

  function answer(key) {
    clearTimeout(timer);
    const both = before ? `${before} ${key}` : key;
    before = "";
    if (both !== key) return press(both);
    if (key === "?") return Boolean(help) && (help.focus(), help.scrollIntoView(), true);
    if (key === "g" && document.querySelector("[data-key^='g ']")) {
      before = "g";
      timer = setTimeout(() => { before = ""; }, PATIENCE);
      return true;
    }
    if (rows.length && key in acts) {
      acts[key]();
      return true;
    }
    return press(key);
  }

  document.addEventListener("keydown", (event) => {
    if (off() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.repeat && !"jk".includes(event.key)) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select")) return;
    if (answer(event.key)) event.preventDefault();
  });

  rows.forEach((row, i) => row.addEventListener("focusin", () => show(i)));
  form?.addEventListener("change", count);
  form?.addEventListener("reset", () => setTimeout(count));
  addEventListener("pageshow", count);
  if (table) place.come();

  if (help) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "mc-link";
    const say = () => { button.textContent = off() ? help.dataset.on : help.dataset.off; };
    button.addEventListener("click", () => {
      localStorage.setItem(OFF, off() ? "0" : "1");
      say();
    });
    say();
    help.querySelector(".mc-keys")?.append(button);
  }
})();
