// A place to write: texts with what belongs to each, looked at for what could give somebody away.
// Each is sealed here and handed to the server; the kernel of the page only hears of it.

const PAUSE = 700;
// Whoever types on without a rest is not behind by more than this.
const LONGEST_WAIT = 600;

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

let places = 0;

function render({ model, el }) {
  const own = `ch-writing-${places++}`;
  el.classList.add("ch-writing");
  const title = element("h2");
  const hint = element("p", "ch-why");
  const list = element("div", "ch-texts");
  const add = element("button", "ch-quiet");
  add.type = "button";
  el.append(title, hint, list, add);
  const rows = new Map();
  const waiting = new Map();
  const gone = new Map();
  const words = () => model.get("words");
  // Only a page of the server keeps something, and it has the outbox.
  const outbox = () => import(new URL(document.body.dataset.outbox, location).href);
  // Loaded and tried now, while there is a server, so that the first text is sealed as quickly as
  // all others; a text that is added has its cursor at once.
  let newId;
  add.disabled = true;
  if (model.get("kept")) {
    outbox().then((box) => {
      newId = box.newId;
      add.disabled = false;
      return box.seal("", model.get("place").to);
    });
  }

  // Typing is sealed after a short rest, and at once when the field or the page is left.
  function later(id, values) {
    const begun = waiting.get(id);
    clearTimeout(begun?.timer);
    const all = { ...begun?.values, ...values };
    // What was read when the typing began: what somebody else writes meanwhile is not its base.
    const seen = begun?.seen ?? rows.get(id).entry;
    const first = begun?.first ?? Date.now();
    const rest = Math.max(0, Math.min(PAUSE, first + LONGEST_WAIT - Date.now()));
    waiting.set(id, { values: all, seen, first, timer: setTimeout(() => flush(id), rest) });
  }

  // One after the other, as they were written.
  let last = Promise.resolve();
  function flush(id, out = false) {
    const kept = waiting.get(id);
    const row = rows.get(id);
    if (!kept || !row) return last;
    clearTimeout(kept.timer);
    const length = kept.values.text?.length ?? 0;
    const long = length > model.get("longest");
    row.said.textContent = long ? words().too_long.replace("{n}", length) : "";
    if (long) return last;
    waiting.delete(id);
    last = last.then(() => keep(row, kept, out)).catch((problem) => {
      console.warn("A text could not be sealed.", problem);
      // What could not be sealed is tried again, with what was typed since.
      if (!waiting.has(id)) waiting.set(id, { ...kept, timer: setTimeout(() => flush(id, out), PAUSE) });
    });
    return last;
  }

  async function keep(row, { seen, values }, out) {
    const { changed, keep: seal } = await outbox();
    const entry = changed(seen, row.own, values, out);
    const page = await seal(model.get("place"), entry);
    row.own = entry;
    // What was read while this was sealed stands there still.
    if (row.entry === seen) row.entry = entry;
    if (out) gone.set(entry.id, entry.turn);
    tell({ kind: "write", entry, page });
  }

  // A kernel that has died hears nothing; what is written is kept without it.
  function tell(message) {
    try {
      model.send(message);
    } catch (problem) {
      console.warn("The kernel of this page does not hear.", problem?.name);
    }
  }

  const flushAll = () => [...waiting.keys()].forEach((id) => flush(id));

  function grow(area) {
    if (!area.scrollHeight) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }

  function field({ id, words: held }, { name, label, choices, type }) {
    const wrap = element("div", "ch-field");
    const caption = element("label", "", label);
    const input = element(choices.length ? "select" : "input");
    if (!choices.length) input.type = type;
    for (const [value, word] of choices) {
      const option = element("option", "", word);
      option.value = value;
      input.append(option);
    }
    input.name = name;
    input.id = `${own}-${id}-${name}`;
    caption.htmlFor = input.id;
    input.value = held[name] ?? "";
    input.disabled = !model.get("kept");
    input.addEventListener("change", () => {
      later(id, { [name]: input.value });
      flush(id);
    });
    wrap.append(caption, input);
    return wrap;
  }

  function make(entry) {
    const { id } = entry;
    const row = element("div", "ch-text");
    const fields = element("div", "ch-fields");
    fields.append(...model.get("fields").map((one) => field(entry, one)));
    const area = element("textarea");
    area.id = `${own}-${id}`;
    area.rows = model.get("rows");
    area.value = entry.words.text ?? "";
    area.setAttribute("aria-label", model.get("label"));
    area.placeholder = model.get("label");
    area.disabled = !model.get("kept");
    area.addEventListener("input", () => {
      grow(area);
      later(id, { text: area.value });
    });
    area.addEventListener("blur", () => flush(id));
    const said = element("p", "ch-said");
    const found = element("div", "ch-found");
    for (const place of [said, found]) place.setAttribute("role", "status");
    const kept = element("p", "ch-kept");
    const remove = element("button", "ch-remove", words().remove);
    remove.type = "button";
    remove.hidden = !model.get("several") || !model.get("kept");
    remove.addEventListener("click", () => {
      later(id, {});
      row.remove();
      gone.set(id, Infinity);
      flush(id, true);
      rows.delete(id);
    });
    fields.append(remove);
    row.append(fields, area, kept, said, found);
    return { row, area, found, said, kept, fields, entry };
  }

  // What seems to give somebody away is shown where it stands, with what could stand there.
  function explain(id, pieces, found) {
    found.replaceChildren();
    found.hidden = !pieces.length;
    // What is typed goes first: the answer is about all of it.
    const ask = (asked) => flush(id).then(() => tell({ ...asked, id }));
    for (const one of pieces) {
      const line = element("p", "ch-finding");
      const piece = element("mark", "", one.piece);
      line.append(piece, element("span", "", ` ${one.why} `));
      for (const offer of one.offers) {
        const button = element("button", "ch-offer", offer);
        button.type = "button";
        button.addEventListener("click", () => ask({ kind: "replace", piece: one.piece, offer }));
        line.append(button);
      }
      const keep = element("button", "ch-offer", words().keep);
      keep.type = "button";
      keep.addEventListener("click", () => ask({ kind: "keep", piece: one.piece }));
      line.append(keep);
      found.append(line);
    }
  }

  function write() {
    title.textContent = model.get("title");
    title.hidden = !model.get("title");
    hint.textContent = model.get("hint");
    hint.hidden = !model.get("hint");
    add.textContent = model.get("add");
    add.hidden = !model.get("several") || !model.get("kept");
    const items = model.get("items").filter(({ entry, mine }) => (gone.get(entry.id) ?? 0) <= mine);
    for (const [id, { row, known }] of rows) {
      // A row that was added here is not known to the kernel before something stands in it.
      if (known && !items.some(({ entry }) => entry.id === id)) {
        row.remove();
        rows.delete(id);
      }
    }
    for (const { entry, mine, found } of items) {
      const { id } = entry;
      if (!rows.has(id)) rows.set(id, make(entry));
      const row = rows.get(id);
      row.known = true;
      if (row.row.parentElement !== list) list.append(row.row);
      // What is being typed, or was sealed here since, is newer than what comes back.
      if (!waiting.has(id) && mine >= (row.own?.turn ?? 0)) show(row, entry);
      explain(id, found, row.found);
    }
    mark();
  }

  function show(row, entry) {
    row.entry = entry;
    const { area, fields } = row;
    if (area.value !== (entry.words.text ?? "")) {
      const at = area.selectionStart;
      area.value = entry.words.text ?? "";
      area.setSelectionRange(at, at);
    }
    for (const input of fields.querySelectorAll("select, input")) {
      if (input !== document.activeElement) input.value = entry.words[input.name] ?? "";
    }
    grow(area);
  }

  // "Kept" stands beside a text that lies in the workspace, and goes when the next one is late.
  async function mark(event) {
    if (!model.get("kept")) return;
    const { keptAt } = await outbox();
    for (const [id, { kept }] of rows) {
      const at = event?.detail ? undefined : keptAt.get(id);
      const time = at?.toLocaleTimeString(document.documentElement.lang, { timeStyle: "short", hourCycle: "h23" });
      kept.textContent = time ? words().kept.replace("{time}", time) : "";
    }
  }

  add.addEventListener("click", () => {
    const { kind, words: begun } = model.get("place");
    const entry = { id: newId(), kind, words: begun, turn: 0, writer: "", after: "" };
    const row = make(entry);
    rows.set(entry.id, row);
    list.append(row.row);
    row.area.focus();
  });
  function arrive(message) {
    if (message.kind !== "put" || !rows.has(message.id)) return;
    later(message.id, message.values);
    const { area } = rows.get(message.id);
    area.value = message.values.text ?? area.value;
    flush(message.id);
  }

  const names = "change:items change:title change:hint change:add";
  addEventListener("pagehide", flushAll);
  document.addEventListener("ch-kept", mark);
  model.on(names, write);
  model.on("msg:custom", arrive);
  write();
  return () => {
    flushAll();
    removeEventListener("pagehide", flushAll);
    document.removeEventListener("ch-kept", mark);
    model.off(names, write);
    model.off("msg:custom", arrive);
  };
}

export default { render };
