/* Keys and counting for the worklist and the officer's dossier. Everything works without it. */
(() => {
  "use strict";
  const OFF = "motcua.keys-off";
  const table = document.querySelector("[data-worklist]");
  const rows = table ? [...table.tBodies[0].rows] : [];
  const form = document.getElementById("chon");
  const bar = document.querySelector("[data-bulk]");
  const help = document.querySelector("[data-keys]");
  let current = -1;

  const boxOf = (row) => row.querySelector("input[type=checkbox]");

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

  function go(step) {
    if (!rows.length) return;
    current = Math.min(Math.max(current + step, 0), rows.length - 1);
    rows.forEach((row, i) => row.classList.toggle("is-cur", i === current));
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

  function press(key) {
    const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return false;
    if (target.matches("input")) target.focus();
    else target.click();
    return true;
  }

  const off = () => localStorage.getItem(OFF) === "1";

  document.addEventListener("keydown", (event) => {
    if (off() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const acts = { j: () => go(1), k: () => go(-1), x: choose, "?": () => help?.focus() };
    const act = rows.length || event.key === "?" ? acts[event.key] : undefined;
    if (act) act();
    else if (!press(event.key)) return;
    event.preventDefault();
  });

  rows.forEach((row, i) => row.addEventListener("focusin", () => {
    current = i;
    rows.forEach((other) => other.classList.toggle("is-cur", other === row));
  }));
  form?.addEventListener("change", count);
  form?.addEventListener("reset", () => setTimeout(count));
  form?.addEventListener("submit", () => bar?.querySelector("button[type=submit]")?.setAttribute("disabled", ""));
  addEventListener("pageshow", () => {
    bar?.querySelector("button[type=submit]")?.removeAttribute("disabled");
    count();
  });

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
