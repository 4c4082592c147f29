/* Signatures drawn on a pad: an SVG path, at most 20 kB, in the hidden box beside it. */
(() => {
  "use strict";
  const MOST = 20_000;
  let pen = null;
  const strokesOf = (pad) => pad.closest("[data-sign]").querySelector("input[type=hidden]");
  const tell = (pad) => strokesOf(pad).dispatchEvent(new Event("input", { bubbles: true }));

  function draw(pad, path) {
    if (path.length > MOST) return;
    strokesOf(pad).value = path;
    pad.querySelector(".mc-sign__ink").setAttribute("d", path);
    pad.parentElement.querySelector("[data-sign-clear]").hidden = !path;
  }

  function at(pad, { clientX, clientY }) {
    const { left, top, width, height } = pad.getBoundingClientRect();
    const within = (share, most) => Math.max(0, Math.min(most, Math.round(share * most)));
    return `${within((clientX - left) / width, 600)} ${within((clientY - top) / height, 200)}`;
  }

  document.addEventListener("pointerdown", (event) => {
    const pad = event.target.closest?.("[data-sign] .mc-sign__pad");
    if (!pad || event.button) return;
    pad.setPointerCapture(event.pointerId);
    pen = pad;
    const here = at(pad, event);
    draw(pad, `${strokesOf(pad).value}M${here}L${here}`);
  });
  document.addEventListener("pointermove", (event) => {
    if (pen && event.isPrimary) draw(pen, `${strokesOf(pen).value}L${at(pen, event)}`);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      if (pen) tell(pen);
      pen = null;
    });
  }
  document.addEventListener("click", ({ target }) => {
    const clear = target.closest?.("[data-sign-clear] button");
    const pad = clear?.closest("[data-sign]").querySelector(".mc-sign__pad");
    if (!pad) return;
    draw(pad, "");
    clear.closest("fieldset").querySelector("input:not([type=hidden])").focus();
    tell(pad);
  });

  function begin() {
    for (const sign of document.querySelectorAll("[data-sign]")) sign.hidden = false;
  }
  document.addEventListener("htmx:after:swap", begin);
  begin();
})();
