/* Sends chosen files part by part (tus 1.0.0, tus.io), so that a line that drops costs the last part at most.
   Without it the form sends them. A page uses it so, with the macros of backbone/uploads.html:

     <form method="post" enctype="multipart/form-data"> … the CSRF field …
     <section id="S">                                       what is drawn again when a file was taken
       <div class="mc-need">…</div>                         its heading and state, replaced (may be left out)
       <input type="file" name="F" id="I" data-upload="{{ url("files:uploads") }}" accept="…" multiple>
       <div data-upload-send>…button…</div>                 for readers without scripts; removed
       {{ uploads.place() }}                                where rows and the running word appear
       <div data-upload-files><ul><li><a href="…">…         the files; each is known by its first link
     </section> … {{ uploads.words() }}                     once on the page

   The form may stand in the section or around it; an input may have its own (to replace one file by another).
   When a file has arrived, the input's form is posted as it stands, with F=<id of the file> in place of files and
   data-upload-also="name=value" (if given) beside it, and the section is drawn again from the page that answers: a
   refusal in it is a line of #errors. A file that did not arrive before the page was left is asked for again; which
   ones is kept in this browser for a day and forgotten on signing out: names and addresses, no content. */
(() => {
  "use strict";
  const template = document.getElementById("upload-words");
  if (!template) return;
  const words = template.dataset;
  const KB = 1024;
  const LARGE = 700 * KB; // bytes; smaller pictures go as they are
  const SIDE = 2200; // pixels of the longest side: a page of A4 at 190 dots an inch
  const QUALITY = 0.75;
  const [LEAST, FIRST, MOST] = [32 * KB, 128 * KB, 1024 * KB]; // bytes of a part
  const [QUICK, SLOW] = [1000, 5000]; // milliseconds a part takes: then the next is twice, or half, as large
  const STALL = 45_000; // milliseconds without a sign of life before the line counts as dropped
  const LONGEST = 30_000; // milliseconds between two tries
  const PARTS = "application/offset+octet-stream";
  const PREFIX = "motcua.unsent.tep "; // unsent.js forgets what begins so

  let batch = [];
  let running = false;

  class Lost extends Error {}
  class Stop extends Error {
    constructor(state, sentence) {
      super(sentence);
      this.state = state;
    }
  }

  const fill = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (all, name) => facts[name] ?? all);
  const percentOf = (job, bytes) => Math.floor((bytes / job.size) * 100);

  function sizeWords(bytes) {
    const [amount, unit] = bytes < KB * KB ? [Math.max(1, Math.round(bytes / KB)), "kB"] : [bytes / KB / KB, "MB"];
    return `${amount.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${unit}`;
  }

  function tell(job, sentence) {
    job.section.querySelector("[data-upload-status]").textContent = sentence;
  }

  /* What this browser remembers of an upload: {at, name, size, address, offset}; nothing where it keeps nothing. */
  const memory = {
    read: (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    write: (key, told) => { try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), ...told })); } catch { /* full */ } },
    forget: (key) => { try { localStorage.removeItem(key); } catch { /* none */ } },
    keys: (start) => { try { return Object.keys(localStorage).filter((key) => key.startsWith(start)); } catch { return []; } },
  };
  const placeOf = (input) => `${PREFIX}${location.pathname} ${input.id} `;

  /* A photo of a phone, turned upright and made smaller; any other file, or one that does not gain, as it is. */
  async function smaller(file, accept) {
    const photo = /^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) && accept.includes("image/jpeg");
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
      if (!made || made.size >= file.size * 0.9) return file;
      return new File([made], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: made.type });
    } catch {
      return file; // the server says what is wrong with it
    }
  }

  /* By what a file is known again: a hash of its bytes (cyrb53, public domain) and their number. */
  async function markOf(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (let i = 0; i < bytes.length; i++) {
      a = Math.imul(a ^ bytes[i], 2654435761);
      b = Math.imul(b ^ bytes[i], 1597334677);
    }
    return [a >>> 0, b >>> 0, bytes.length].map((part) => part.toString(36)).join("-");
  }

  /* Show a row's state; whoever was on a button that goes is led to one that stays. */
  function show(job, state, sentence = "") {
    const { row } = job;
    const held = row.contains(document.activeElement);
    job.state = state;
    for (const part of row.querySelectorAll("[data-on]")) part.hidden = !part.dataset.on.split(" ").includes(state);
    for (const why of row.querySelectorAll("[data-why]")) why.textContent = sentence;
    if (held && document.activeElement.closest("[hidden]")) {
      (row.querySelector("button:not([hidden])") ?? inputOf(job)).focus();
    }
  }

  /* The input of a job, or the section's own when the file it was to replace is gone. */
  const inputOf = (job) => (job.input.isConnected ? job.input : job.section.querySelector("input[data-upload]"));

  function leave(job) {
    if (job.row.contains(document.activeElement)) inputOf(job).focus();
    job.row.remove();
  }

  function progress(job, bytes) {
    const percent = percentOf(job, bytes);
    job.row.querySelector("progress").value = percent;
    job.row.querySelector("[data-percent]").textContent = fill(words.part, { percent, size: sizeWords(job.size) });
    const quarter = Math.floor(percent / 25);
    if (job.state === "sending" && job.told !== quarter) {
      job.told = quarter;
      tell(job, fill(words.sending, { n: batch.indexOf(job) + 1, all: batch.length, percent }));
    }
  }

  /* Ask the server something. A line that drops or stalls, and a server that cannot now, count as lost. */
  function call(job, method, url, { headers = {}, body = null, type = "", sent } = {}) {
    const request = new XMLHttpRequest();
    job.stop = () => request.abort();
    return new Promise((settle, fail) => {
      let stall;
      const alive = () => { clearTimeout(stall); stall = setTimeout(() => request.abort(), STALL); };
      request.open(method, url);
      request.responseType = type;
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.addEventListener("progress", (event) => { alive(); sent?.(event.loaded); });
      request.addEventListener("loadend", () => {
        clearTimeout(stall);
        if (request.status && request.status < 500 && request.status !== 429) return settle(request);
        fail(new Lost(request.status ? words.busy : words.lost));
      });
      alive();
      request.send(body);
    });
  }

  function tus(job, method, url, { headers = {}, ...more } = {}) {
    const token = inputOf(job).form.elements.csrfmiddlewaretoken.value;
    const all = { Accept: "application/json", "Tus-Resumable": "1.0.0", "X-CSRFToken": token, ...headers };
    return call(job, method, url, { headers: all, ...more });
  }

  function heard(job, answer) {
    job.offset = Number(answer.getResponseHeader("Upload-Offset") ?? 0);
    job.kept = answer.getResponseHeader("Upload-File");
    memory.write(job.key, { name: job.name, size: job.size, address: job.address, offset: job.offset });
  }

  function refusal({ status, responseText }) {
    if (status === 401 || status === 403) return new Stop("failed", words.expired);
    try {
      return new Stop("refused", JSON.parse(responseText).title);
    } catch {
      return new Stop("failed", words.failed);
    }
  }

  /* Find how far an upload is that began before, or begin one. */
  async function begin(job) {
    if (job.address) {
      const known = await tus(job, "HEAD", job.address);
      if (known.status === 200) return heard(job, known);
      memory.forget(job.key);
    }
    if (!job.ready) throw new Stop("failed", words.failed);
    const name = btoa(String.fromCharCode(...new TextEncoder().encode(job.ready.name.slice(-200))));
    const headers = { "Upload-Length": job.size, "Upload-Metadata": `filename ${name}` };
    const made = await tus(job, "POST", job.input.dataset.upload, { headers });
    if (made.status !== 201) throw refusal(made);
    job.address = made.getResponseHeader("Location");
    heard(job, made);
  }

  async function transfer(job) {
    for (await begin(job); !job.kept; ) {
      const start = job.offset;
      const began = performance.now();
      const answer = await tus(job, "PATCH", job.address, {
        body: job.ready?.slice(start, start + job.part) ?? new Blob(),
        headers: { "Content-Type": PARTS, "Upload-Offset": start },
        sent: (bytes) => {
          progress(job, start + bytes);
          if (start + bytes >= job.size && job.state === "sending") {
            show(job, "checking");
            tell(job, words.checking);
          }
        },
      });
      const took = performance.now() - began;
      if (answer.status === 204 || answer.status === 409) heard(job, answer);
      else if (answer.status === 404) await begin(job);
      else throw refusal(answer);
      if (took < QUICK) job.part = Math.min(MOST, job.part * 2);
      if (took > SLOW) job.part = Math.max(LEAST, job.part / 2);
    }
  }

  /* Bring the paper's state and files up to date, and keep everything that was there in place. */
  function refresh(section, fresh) {
    section.querySelector(".mc-need")?.replaceWith(fresh.querySelector(".mc-need"));
    const [old, now] = [section, fresh].map((each) => each.querySelector("[data-upload-files]"));
    const list = old.querySelector("ul");
    const files = now.querySelector("ul");
    const address = (item) => item.querySelector("a[href]").getAttribute("href");
    if (list && files) {
      const had = new Map([...list.children].map((item) => [address(item), item]));
      for (const item of [...files.children]) if (!had.delete(address(item))) list.append(item);
      for (const gone of had.values()) gone.remove();
    } else old.replaceChildren(...now.childNodes);
    for (const button of section.querySelectorAll("[data-upload-send]")) button.remove();
  }

  const refusalIn = (page) => page.querySelector("#errors li, [role=status].mc-note--bad")?.textContent.trim();

  /* Give the file that arrived to the page's form, as a reader without scripts gives files. */
  async function hand(job) {
    const { form, name, dataset } = job.input;
    const data = new FormData(form);
    for (const each of new Set(data.keys())) {
      const ids = data.getAll(each).filter((value) => !(value instanceof File)); // kept before, under the same name
      data.delete(each);
      for (const value of ids) data.append(each, value);
    }
    if (dataset.uploadAlso) data.append(...dataset.uploadAlso.split("="));
    data.append(name, job.kept);
    const { response } = await call(job, "POST", form.action, { body: data, type: "document" });
    const fresh = response?.getElementById(job.section.id);
    if (!fresh) throw new Stop("failed", words.expired);
    const said = refusalIn(response);
    refresh(job.section, fresh);
    if (said) throw new Stop("refused", said.replace(/^[^:]*\.\w+: /, ""));
  }

  /* Wait until the line may be back, or somebody asks to try now or gives up. */
  async function pause(job, wait) {
    let timer;
    await new Promise((go) => {
      timer = setTimeout(go, wait);
      addEventListener("online", go, { once: true });
      job.stop = job.goOn = go;
    });
    clearTimeout(timer);
  }

  async function deliver(job) {
    for (let tries = 0; ; ) {
      const before = job.offset;
      try {
        await transfer(job);
        return await hand(job);
      } catch (error) {
        if (job.state === "cancelled" || !(error instanceof Lost)) throw error;
        tries = job.offset > before ? 0 : tries + 1;
        job.part = Math.max(LEAST, job.part / 2);
        show(job, "lost", error.message);
        progress(job, job.offset);
        tell(job, `${job.name}: ${error.message}`);
        await pause(job, Math.min(LONGEST, 500 * 2 ** tries));
        if (job.state === "cancelled") throw error;
        show(job, "sending");
      }
    }
  }

  async function prepare(job) {
    show(job, "sending");
    if (!job.file) return; // it has arrived; only its form has not been sent
    job.ready ??= await smaller(job.file, job.input.accept);
    job.size = job.ready.size;
    job.key ??= placeOf(job.input) + (await markOf(job.ready));
    job.address ??= memory.read(job.key)?.address;
    for (const row of job.section.querySelectorAll("[data-upload-queue] > li")) if (row.dataset.key === job.key) row.remove();
    progress(job, 0);
  }

  async function send(job) {
    try {
      await prepare(job);
      if (job.state === "cancelled") return;
      await deliver(job);
      job.state = "added";
      memory.forget(job.key);
      const group = inputOf(job).closest(".mc-group--error");
      group?.querySelector(".mc-error")?.remove();
      group?.classList.remove("mc-group--error");
      leave(job);
    } catch (error) {
      if (job.state === "cancelled") return;
      show(job, error.state ?? "failed", error.state ? error.message : words.failed);
      if (job.state === "refused") drop(job);
    }
  }

  /* Tell the server that an upload is given up; if it does not hear, it forgets it after a day. */
  function drop(job) {
    memory.forget(job.key);
    if (job.address && !job.kept) tus(job, "DELETE", job.address).catch(() => {});
  }

  function summary(job) {
    const count = (...states) => batch.filter((each) => each.section === job.section && states.includes(each.state)).length;
    const [added, not] = [count("added"), count("refused", "failed")];
    const said = [added && fill(words.added, { n: added }), not && fill(words.refused, { n: not })];
    tell(job, said.filter(Boolean).join(" "));
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
    drop(job);
    leave(job);
  }

  const acts = {
    cancel,
    dismiss: leave,
    retry: (job) => (job.state === "lost" ? job.goOn() : add(job)),
    choose: (job) => job.input.click(),
  };

  function rowFor(job) {
    Object.assign(job, { section: job.input.closest("section"), part: FIRST, offset: 0 });
    job.row = template.content.firstElementChild.cloneNode(true);
    for (const place of job.row.querySelectorAll("[data-name]")) place.textContent = job.name;
    job.row.querySelector("progress").setAttribute("aria-label", fill(words.progress, { file: job.name }));
    for (const button of job.row.querySelectorAll("[data-act]")) {
      button.addEventListener("click", () => acts[button.dataset.act](job));
    }
    job.section.querySelector("[data-upload-queue]").append(job.row);
  }

  /* A file that did not arrive before the page was left: it is here by now, or is asked for again. */
  async function recall(input, key) {
    const { name, size, address, offset } = memory.read(key);
    const job = { input, key, name, size, address };
    const ask = (bytes) => {
      show(job, "again", fill(words.again, { percent: percentOf(job, bytes) }));
      job.row.querySelector("progress").value = percentOf(job, bytes);
    };
    let known;
    rowFor(job);
    job.row.dataset.key = key;
    ask(offset);
    try {
      known = await tus(job, "HEAD", address);
    } catch {
      return; // no line: the file can be chosen all the same
    }
    if (!job.row.isConnected) return;
    if (known.status !== 200) {
      memory.forget(key);
      return leave(job);
    }
    heard(job, known);
    if (job.offset === size) return add(job); // only its last answer was not heard
    ask(job.offset);
  }

  for (const input of document.querySelectorAll("input[data-upload]")) {
    for (const key of memory.keys(placeOf(input))) recall(input, key);
  }
  for (const button of document.querySelectorAll("[data-upload-send]")) button.remove();

  document.addEventListener("change", ({ target: input }) => {
    if (!input.matches("input[data-upload]")) return;
    const jobs = [...input.files].map((file) => ({ file, input, name: file.name, size: file.size }));
    jobs.forEach(rowFor);
    input.value = "";
    add(...jobs);
  });

  addEventListener("beforeunload", (event) => { if (running) event.preventDefault(); });
})();
