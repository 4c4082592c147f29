/* Sends chosen papers one after the other and shows how far it is. Without it the forms send them. */
(() => {
  "use strict";
  const template = document.getElementById("upload-words");
  if (!template) return;
  const words = template.dataset;
  const LARGE = 1.5 * 2 ** 20; // bytes; smaller pictures go as they are
  const SIDE = 2500; // pixels of the longest side: a page of A4 at 200 dots an inch
  const QUALITY = 0.85;
  const STALL = 45_000; // milliseconds without a sign of life before the line counts as dropped
  const SPEAK = 1000; // milliseconds between two sentences about the same file

  let batch = [];
  let running = false;
  let spoke = 0;

  const fill = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (all, name) => facts[name] ?? all);

  function tell(job, sentence, { now = true } = {}) {
    if (!now && Date.now() - spoke < SPEAK) return;
    spoke = Date.now();
    job.section.querySelector("[data-upload-status]").textContent = sentence;
  }

  /* A photo of a phone, turned upright and made smaller; any other file as it is. */
  async function smaller(file, accept) {
    const photo = /^image\/(jpeg|png|webp)$/.test(file.type) && accept.includes("image/jpeg");
    if (!photo || file.size <= LARGE) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const share = Math.min(1, SIDE / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * share);
      canvas.height = Math.round(picture.height * share);
      const context = canvas.getContext("2d", { alpha: false });
      context.fillStyle = "#fff";
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.imageSmoothingQuality = "high";
      context.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
      if (!made || made.size >= file.size) return file;
      return new File([made], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: made.type });
    } catch {
      return file; // the server says what is wrong with it
    }
  }

  /* Show a row's state; whoever was on a button that goes is led to one that stays. */
  function show(job, state, sentence = "") {
    const { row } = job;
    const held = row.contains(document.activeElement);
    job.state = state;
    for (const part of row.querySelectorAll("[data-on]")) part.hidden = !part.dataset.on.split(" ").includes(state);
    row.querySelector("[data-why]").textContent = sentence;
    if (held && document.activeElement.closest("[hidden]")) {
      (row.querySelector("button:not([hidden])") ?? job.input).focus();
    }
  }

  function leave(job) {
    if (job.row.contains(document.activeElement)) job.input.focus();
    job.row.remove();
  }

  function progress(job, percent) {
    job.row.querySelector("progress").value = percent;
    const facts = { n: batch.indexOf(job) + 1, all: batch.length, percent };
    tell(job, fill(words.sending, facts), { now: percent === 0 });
  }

  function post(job, file) {
    const { form } = job.input;
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    data.append(job.input.name, file, file.name);
    const request = new XMLHttpRequest();
    job.stop = () => request.abort();
    return new Promise((settle) => {
      let stall;
      const end = (outcome) => { clearTimeout(stall); settle(outcome); };
      const alive = () => {
        clearTimeout(stall);
        stall = setTimeout(() => { end({ lost: true }); request.abort(); }, STALL);
      };
      request.open("POST", form.action);
      request.responseType = "document";
      request.upload.addEventListener("progress", (event) => {
        alive();
        if (event.lengthComputable) progress(job, Math.floor((event.loaded / event.total) * 100));
      });
      request.upload.addEventListener("load", () => {
        show(job, "checking");
        tell(job, words.checking);
      });
      request.addEventListener("load", () => end({ page: request.response }));
      request.addEventListener("error", () => end({ lost: true }));
      request.addEventListener("abort", () => end({ cancelled: true }));
      alive();
      request.send(data);
    });
  }

  /* Bring the paper's state and files up to date, and keep everything that was there in place. */
  function refresh(section, fresh) {
    section.querySelector(".mc-need").replaceWith(fresh.querySelector(".mc-need"));
    const [old, now] = [section, fresh].map((each) => each.querySelector("[data-upload-files]"));
    const list = old.querySelector("ul");
    const files = now.querySelector("ul");
    if (!list || !files) return old.replaceChildren(...now.childNodes);
    const address = (item) => item.querySelector("a[href]").getAttribute("href");
    const had = new Map([...list.children].map((item) => [address(item), item]));
    for (const item of [...files.children]) if (!had.delete(address(item))) list.append(item);
    for (const gone of had.values()) gone.remove();
  }

  const refusalIn = (page) => page.querySelector("#errors li, [role=status].mc-note--bad")?.textContent.trim();

  async function send(job) {
    progress(job, 0);
    show(job, "sending");
    const file = await smaller(job.file, job.input.accept);
    if (job.state === "cancelled") return;
    const outcome = await post(job, file);
    const fresh = outcome.page?.getElementById(job.section.id);
    if (outcome.cancelled) return;
    if (outcome.lost) return show(job, "lost", words.lost);
    if (!fresh) return show(job, "lost", words.failed);
    const refusal = refusalIn(outcome.page);
    refresh(job.section, fresh);
    if (refusal) return show(job, "refused", refusal.replace(`${file.name}: `, ""));
    job.state = "added";
    const group = job.input.closest(".mc-group--error");
    group?.querySelector(".mc-error")?.remove();
    group?.classList.remove("mc-group--error");
    leave(job);
  }

  function summary(job) {
    const count = (state) => batch.filter((each) => each.section === job.section && each.state === state).length;
    const told = [["added", words.added], ["refused", words.refused], ["lost", words.lost]];
    const said = told.filter(([state]) => count(state)).map(([state, text]) => fill(text, { n: count(state) }));
    tell(job, said.join(" "));
  }

  async function run() {
    if (running) return;
    running = true;
    for (let job; (job = batch.find((each) => each.state === "waiting")); ) {
      await send(job);
      if (!batch.some((each) => each.section === job.section && each.state === "waiting")) summary(job);
    }
    running = false;
  }

  /* Put files into the line: into the batch on its way, or into a new one. */
  function add(...jobs) {
    batch = [...(running ? batch.filter((each) => !jobs.includes(each)) : []), ...jobs];
    for (const job of jobs) show(job, "waiting");
    run();
  }

  function cancel(job) {
    job.state = "cancelled";
    job.stop?.();
    leave(job);
  }

  function rowFor(job) {
    job.row = template.content.firstElementChild.cloneNode(true);
    for (const place of job.row.querySelectorAll("[data-name]")) place.textContent = job.file.name;
    job.row.querySelector("progress").setAttribute("aria-label", fill(words.progress, { file: job.file.name }));
    const acts = { cancel, dismiss: leave, retry: add };
    for (const button of job.row.querySelectorAll("[data-act]")) {
      button.addEventListener("click", () => acts[button.dataset.act](job));
    }
    job.section.querySelector("[data-upload-queue]").append(job.row);
  }

  for (const input of document.querySelectorAll("input[data-upload]")) {
    const section = input.closest("section");
    section.querySelector("[data-upload-send]")?.remove();
    input.addEventListener("change", () => {
      const jobs = [...input.files].map((file) => ({ file, input, section }));
      jobs.forEach(rowFor);
      input.value = "";
      add(...jobs);
    });
  }

  addEventListener("beforeunload", (event) => { if (running) event.preventDefault(); });
})();
