/* Keeps what was typed on a page of a form until the server has it: the line may drop. Copies stay in
   this browser, at most a day; signing out, filing and another person's coming remove them. No file is ever copied. */
(() => {
  "use strict";
  const PREFIX = "motcua.unsent.";
  const SENT = "motcua.sent";
  const WHO = "motcua.unsent-who";
  const DAY = 86_400_000; // milliseconds
  const LEAVE = "/tai-khoan/dang-xuat/";
  let kept, session;
  try {
    [kept, session] = [localStorage, sessionStorage];
  } catch {
    return; // this browser keeps nothing
  }

  const read = (key) => { try { return JSON.parse(kept.getItem(key)); } catch { return null; } };
  const forget = (prefix) => {
    for (const key of Object.keys(kept)) if (key.startsWith(prefix)) kept.removeItem(key);
  };
  const { who } = document.currentScript.dataset;
  if (kept.getItem(WHO) !== who) {
    forget(PREFIX);
    kept.setItem(WHO, who);
  }
  for (const key of Object.keys(kept)) {
    if (key.startsWith(PREFIX) && !(Date.now() - read(key)?.at < DAY)) kept.removeItem(key);
  }

  const form = document.querySelector("form[data-unsent]");
  const key = form && PREFIX + form.dataset.unsent;

  /* The page after the one that was sent: the server has what was typed there. */
  const sent = JSON.parse(session.getItem(SENT) ?? "null");
  session.removeItem(SENT);
  const from = document.referrer && new URL(document.referrer).pathname;
  if (sent && from === sent.page && location.pathname !== sent.page) kept.removeItem(sent.key);
  if (form?.dataset.unsentAnswered !== undefined) kept.removeItem(key);
  if (document.querySelector("[data-unsent-filed]")) forget(PREFIX);

  document.addEventListener("submit", ({ target }) => {
    if (new URL(target.action).pathname === LEAVE) {
      forget(PREFIX);
      kept.removeItem(WHO);
    }
    if (target.dataset.unsentDrop) forget(PREFIX + target.dataset.unsentDrop);
  });
  if (!form) return;

  const typed = () => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");

  /* What the server put into the form, whatever was typed since. */
  function held() {
    const fields = [];
    for (const field of form.elements) {
      if (!field.name || field.disabled || ["submit", "button", "file", "fieldset"].includes(field.type)) continue;
      if (field.type === "radio" || field.type === "checkbox") {
        if (field.defaultChecked) fields.push([field.name, field.value]);
      } else if (field instanceof HTMLSelectElement) {
        const chosen = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
        if (chosen) fields.push([field.name, chosen.value]);
      } else fields.push([field.name, field.defaultValue]);
    }
    return fields;
  }

  const told = (fields) => JSON.stringify(fields.filter(([name, value]) => value && !["csrfmiddlewaretoken", "shown"].includes(name)));

  /* A list or row that was fetched in place was saved with all that had been typed until then. */
  let [typedAt, askedAt] = [0, -1];
  form.addEventListener("htmx:before:request", () => { askedAt = Date.now(); });
  document.addEventListener("htmx:after:swap", () => { if (typedAt <= askedAt) kept.removeItem(key); });

  function keep() {
    typedAt = Date.now();
    try {
      kept.setItem(key, JSON.stringify({ at: Date.now(), fields: typed() }));
    } catch { /* full: typing goes on */ }
  }

  /* Hand the copy to the server as if the page had been sent, so that dependent questions appear. */
  function useAgain(copy) {
    const again = document.createElement("form");
    again.method = "post";
    again.action = form.action;
    const token = form.elements.csrfmiddlewaretoken.value;
    for (const [name, value] of [...copy.fields, ["csrfmiddlewaretoken", token], ["again", "1"]]) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      again.append(field);
    }
    document.body.append(again);
    again.submit();
  }

  function offer(copy) {
    const place = document.querySelector("[data-unsent-place]");
    const words = document.getElementById("unsent-offer");
    const [when, today] = [new Date(copy.at), new Date().toDateString()];
    const facts = {
      time: `${when.getHours()}:${String(when.getMinutes()).padStart(2, "0")}`,
      day: `${when.getDate()}/${when.getMonth() + 1}`,
    };
    const sentence = when.toDateString() === today ? words.dataset.today : words.dataset.before;
    place.append(words.content.cloneNode(true));
    place.querySelector("[data-when]").textContent = sentence.replace(/\{(\w+)\}/g, (all, name) => facts[name]);
    const acts = {
      use: () => useAgain(copy),
      drop: () => {
        kept.removeItem(key);
        place.replaceChildren();
        document.querySelector("h1").tabIndex = -1;
        document.querySelector("h1").focus();
      },
    };
    for (const button of place.querySelectorAll("[data-act]")) {
      button.addEventListener("click", acts[button.dataset.act]);
    }
  }

  const copy = read(key);
  if (copy && told(copy.fields) === told(held())) kept.removeItem(key);
  else if (copy && told(copy.fields) !== told(typed())) offer(copy);

  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", () => session.setItem(SENT, JSON.stringify({ key, page: location.pathname })));
})();
