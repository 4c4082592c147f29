/* A page of a form: questions come and go as one types, figures are worked out, places found.
   The server judges again whatever is shown here. Conditions are trees, evaluated by expressions.js. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-form]");
  if (!form) return;
  const known = JSON.parse(form.dataset.known);
  const { today } = form.dataset;
  const english = document.documentElement.lang === "en";
  const { value: evaluate, exact } = window.motcuaExpressions ?? {};

  /* ── what was typed, as answers: the same readings as the server's ── */
  const tidy = (text) => text.normalize("NFC").trim();

  function number(text, decimals) {
    if (!decimals) {
      const whole = /^-?(?:\d{1,15}|\d{1,3}([., ])\d{3}(?:\1\d{3}){0,3})$/.test(text);
      return whole ? Number(text.replace(/[., ]/g, "")) : text || undefined;
    }
    const found = /^(-?)(?:(\d{1,12})|(\d{1,3}([., ])\d{3}(?:\4\d{3}){0,2}))(?:([.,])(\d+))?$/.exec(text);
    if (!found) return text || undefined;
    let [, sign, plain, grouped, gap, point, places = ""] = found;
    if (point === "." && plain && places.length === 3 && plain !== "0" && plain.length <= 3) [plain, places] = [plain + places, ""];
    if (places.length > decimals || (point && point === gap)) return text;
    return Number(`${sign}${(grouped ?? plain).replace(/[., ]/g, "")}.${places || 0}`);
  }

  function day([d, m, y]) {
    if (!/^\d{4}$/.test(y) || !/^\d{0,2}$/.test(d + m)) return undefined;
    const parts = [y, m, d].filter(Boolean).map((part) => part.padStart(2, "0"));
    const made = new Date(`${parts.join("-")}T00:00Z`);
    return (d && !m) || Number.isNaN(+made) || (d && made.getUTCDate() !== +d) ? undefined : parts.join("-");
  }

  const boxes = (place, name) => [...place.querySelectorAll(`[name="${name}"]`)];
  const given = (box) => !["radio", "checkbox"].includes(box.type) || box.checked;
  const text = (place, name) => tidy(boxes(place, name).find(given)?.value ?? "") || undefined;
  const date = (place, name) => day(["day", "month", "year"].map((part) => text(place, `${name}-${part}`) ?? ""));

  function block(place, name) {
    const parts = {};
    for (const box of place.querySelectorAll(`[name^="${name}."]`)) {
      const part = box.name.slice(name.length + 1).replace(/-(day|month|year)$/, "");
      const value = box.name.endsWith(part) ? text(place, `${name}.${part}`) : date(place, `${name}.${part}`);
      if (value !== undefined) parts[part] = value;
    }
    return parts;
  }

  const read = {
    text,
    date,
    block,
    number: (place, name) => number(text(place, name) ?? "", +(place.dataset.decimals ?? 0)),
    truth: (place, name) => ({ yes: true, no: false })[text(place, name)],
    list: (place, name) => boxes(place, name).filter(given).flatMap((box) => (box.files ? [...box.files].map((file) => file.name) : box.value)).filter(Boolean),
    rows: (place, name, answers) => [...place.querySelectorAll("[data-row]")].map((row) => judge(row, answers, {})),
    computed: () => undefined,
    nothing: () => undefined,
  };

  /* ── showing, asking, working out, in the order of the page ── */
  const inner = (place) => [...place.querySelectorAll("[data-field]")].filter((field) => field.parentElement.closest("[data-field],[data-row]") === (place.matches("[data-row]") ? place : null));

  function said(value, format) {
    if (value === null || value === undefined) return "–";
    if (typeof value === "boolean") return english ? (value ? "Yes" : "No") : (value ? "Có" : "Không");
    const words = String(value);
    if (format === "date") return words.split("-").reverse().map(Number).join("/");
    if (!/^-?\d+(\.\d+)?$/.test(words) || format === "text") return words;
    const [whole, rest] = words.split(".");
    const [point, comma] = english ? [",", "."] : [".", ","];
    return whole.replace(/\B(?=(\d{3})+$)/g, point) + (rest ? comma + rest : "");
  }

  function judge(place, outside, answers) {
    const row = place.matches?.("[data-row]") ? answers : undefined;
    const ask = (tree, how = evaluate) => how(JSON.parse(tree), row ? outside : answers, { today, row });
    for (const field of inner(place)) {
      const { field: name, reads, show, need, reckon, format } = field.dataset;
      if (show) field.hidden = ask(show) !== true;
      if (field.hidden) continue;
      if (need) mark(field, ask(need) === true);
      const value = reckon ? ask(reckon) : read[reads](field, name, answers);
      if (reckon) {
        tell(field.querySelector("[data-made]"), said(ask(reckon, exact), format));
        const unit = field.querySelector("[data-made-unit]");
        if (unit) unit.hidden = value === null;
      }
      if (value !== undefined && value !== null) answers[name.split(".").pop()] = value;
    }
    return answers;
  }

  function tell(place, words) {
    if (place.textContent !== words) place.textContent = words;
  }

  function mark(field, required) {
    const head = field.querySelector(".mc-label,.mc-legend");
    const there = head.querySelector(":scope > .mc-optional");
    if (there) there.hidden = required;
    else if (!required) head.append(" ", Object.assign(document.createElement("span"), { className: "mc-optional", textContent: form.dataset.optional }));
  }

  function judgeAll() {
    const page = form.querySelector("#questions");
    judge(page, {}, { ...known });
    const tops = inner(page);
    const cells = tops.filter((field) => !field.hidden).flatMap((field) => [...field.querySelectorAll("[data-field][data-show]")]);
    form.elements.shown.value = [...tops, ...cells].filter((field) => !field.hidden).map((field) => field.dataset.field).join(" ");
    for (const section of page.querySelectorAll("[data-section]")) {
      section.hidden = tops.filter((field) => section.contains(field)).every((field) => field.hidden);
    }
    for (const point of form.querySelectorAll("[data-map]")) showMap(point);
  }

  /* ── numbers get their points when one leaves the box; four digits may be a year ── */
  form.addEventListener("change", ({ target }) => {
    const field = target.closest?.('[data-reads="number"]');
    const value = field && number(tidy(target.value), +(field.dataset.decimals ?? 0));
    if (typeof value === "number" && Math.abs(value) >= 10000) target.value = said(value, "number");
  });

  /* ── rows: nothing typed is lost without asking ── */
  document.addEventListener("click", (event) => {
    const summary = event.target.closest(".mc-ask > summary");
    for (const open of document.querySelectorAll(".mc-ask[open]")) if (!open.contains(event.target)) open.open = false;
    const row = summary?.closest("[data-row]");
    if (!row) return;
    const typed = [...row.querySelectorAll("input,select,textarea")].some((box) => given(box) && box.value);
    if (typed) return;
    event.preventDefault();
    summary.parentElement.querySelector("button").click();
  });
  document.addEventListener("keydown", ({ key, target }) => {
    const ask = key === "Escape" && target.closest?.(".mc-ask[open]");
    if (!ask) return;
    ask.open = false;
    ask.querySelector("summary").focus();
  });

  /* ── places ── */
  function showMap(link) {
    const [lat, lng] = ["lat", "lng"].map((part) => text(link.closest("fieldset"), `${link.closest("[data-field]").dataset.field}.${part}`)?.replace(",", "."));
    link.parentElement.hidden = !(lat && lng);
    link.href = link.dataset.map.replace("{lat}", encodeURIComponent(lat)).replace("{lng}", encodeURIComponent(lng));
  }

  function locate(place) {
    const told = place.parentElement.querySelector("[data-locate-told]");
    told.textContent = told.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const found = [coords.latitude, coords.longitude];
        for (const [n, box] of [...place.parentElement.querySelectorAll(".mc-point input")].entries()) {
          box.value = found[n].toFixed(6).replace(".", english ? "." : ",");
          box.dispatchEvent(new Event("input", { bubbles: true }));
        }
        told.textContent = told.dataset.done.replace("{m}", Math.ceil(coords.accuracy));
      },
      () => { told.textContent = told.dataset.refused; },
      { enableHighAccuracy: true, timeout: 20_000 },
    );
  }
  form.addEventListener("click", ({ target }) => {
    const place = target.closest("[data-locate]");
    if (place) locate(place);
  });

  function begin() {
    if (navigator.geolocation) for (const place of form.querySelectorAll("[data-locate]")) place.hidden = false;
    judgeAll();
  }

  form.addEventListener("input", judgeAll);
  form.addEventListener("change", judgeAll);
  document.addEventListener("htmx:after:swap", begin);
  document.addEventListener("htmx:error", ({ target }) => {
    const told = form.querySelector("[data-form-told]");
    if (form.contains(target)) target.after(told);
    told.textContent = "";
    told.textContent = form.dataset.dropped;
  });
  begin();
})();
