/* Draw a mark on a picture: fills the numbers of the form, which work by themselves. */
(() => {
  "use strict";
  const place = document.querySelector("[data-mark]");
  const form = document.querySelector("[data-mark-form]");
  if (!place || !form) return;
  const svg = place.querySelector("svg");
  const names = ["trai", "tren", "rong", "cao"];
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  drawn.classList.add("is-new");
  svg.append(drawn);
  let from = null;

  const at = (event) => {
    const box = svg.getBoundingClientRect();
    const part = (value, size) => Math.min(Math.max(value / size, 0), 1) * 100;
    return [part(event.clientX - box.left, box.width), part(event.clientY - box.top, box.height)];
  };

  function show() {
    const [x, y, width, height] = names.map((name) => Number(form.elements[name].value || 0) * 10);
    Object.entries({ x, y, width, height }).forEach(([k, v]) => drawn.setAttribute(k, String(v)));
  }

  place.addEventListener("pointerdown", (event) => {
    from = at(event);
    place.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  place.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = at(event);
    const low = [0, 1].map((i) => Math.floor(Math.min(from[i], to[i])));
    const size = [0, 1].map((i) => Math.ceil(Math.abs(to[i] - from[i])));
    [...low, ...size].forEach((value, i) => { form.elements[names[i]].value = String(value); });
    show();
  });
  place.addEventListener("pointerup", () => {
    from = null;
    form.elements.loi.focus();
  });
  form.addEventListener("input", show);
  show();
})();
