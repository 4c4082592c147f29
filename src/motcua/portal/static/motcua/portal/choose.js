/* Finds among many boxes to tick by a few letters, with or without their marks. Without it all are there. */
(() => {
  "use strict";
  const bare = (text) =>
    text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{Mn}/gu, "");
  for (const list of document.querySelectorAll("[data-choose]")) {
    const box = list.querySelector("[data-choose-find]");
    const none = list.querySelector("[data-choose-none]");
    const groups = [...list.querySelectorAll("details")];
    const were = groups.map((group) => group.open);
    box.closest("[hidden]").hidden = false;
    box.addEventListener("input", () => {
      const words = bare(box.value).split(/\s+/).filter(Boolean);
      let left = 0;
      groups.forEach((group, place) => {
        const field = bare(group.querySelector("summary").textContent);
        let here = 0;
        for (const each of group.querySelectorAll(".mc-choice__i")) {
          const text = `${field} ${bare(each.textContent)}`;
          each.hidden = !words.every((word) => text.includes(word));
          here += each.hidden ? 0 : 1;
        }
        group.hidden = here === 0;
        group.open = words.length ? here > 0 : were[place];
        left += here;
      });
      none.hidden = left > 0;
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
})();
