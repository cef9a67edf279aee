// A place to write: texts with what belongs to each, looked at for what could give somebody away.

const PAUSE = 700;

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
  const words = () => model.get("words");

  // Typing is sent on after a short rest, and at once when the field or the page is left.
  function later(id, values) {
    clearTimeout(waiting.get(id)?.timer);
    const begun = waiting.get(id);
    const all = { ...begun?.values, ...values };
    // What was read when the typing began: what somebody else writes meanwhile is not its base.
    const stamp = begun?.stamp ?? rows.get(id)?.stamp ?? "";
    waiting.set(id, { values: all, stamp, timer: setTimeout(() => flush(id), PAUSE) });
  }

  function flush(id) {
    const kept = waiting.get(id);
    if (!kept) return;
    clearTimeout(kept.timer);
    waiting.delete(id);
    model.send({ kind: "write", id, values: kept.values, stamp: kept.stamp });
  }

  const flushAll = () => [...waiting.keys()].forEach(flush);

  function grow(area) {
    if (!area.scrollHeight) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }

  function field(item, { name, label, choices, type }) {
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
    input.id = `${own}-${item.id}-${name}`;
    caption.htmlFor = input.id;
    input.value = item.values[name] ?? "";
    input.disabled = !model.get("kept");
    input.addEventListener("change", () => {
      later(item.id, { [name]: input.value });
      flush(item.id);
    });
    wrap.append(caption, input);
    return wrap;
  }

  function make(item) {
    const row = element("div", "ch-text");
    const fields = element("div", "ch-fields");
    fields.append(...model.get("fields").map((one) => field(item, one)));
    const area = element("textarea");
    area.id = `${own}-${item.id}`;
    area.rows = model.get("rows");
    area.value = item.values.text ?? "";
    area.setAttribute("aria-label", model.get("label"));
    area.placeholder = model.get("label");
    area.disabled = !model.get("kept");
    area.addEventListener("input", () => {
      grow(area);
      later(item.id, { text: area.value });
    });
    area.addEventListener("blur", () => flush(item.id));
    const found = element("div", "ch-found");
    found.setAttribute("role", "status");
    const remove = element("button", "ch-remove", words().remove);
    remove.type = "button";
    remove.hidden = !model.get("several") || !model.get("kept");
    remove.addEventListener("click", () => {
      flush(item.id);
      model.send({ kind: "remove", id: item.id });
    });
    fields.append(remove);
    row.append(fields, area, found);
    return { row, area, found, fields };
  }

  // What seems to give somebody away is shown where it stands, with what could stand there.
  function explain(item, found) {
    found.replaceChildren();
    found.hidden = !item.found.length && !item.said;
    if (item.said) found.append(element("p", "ch-said", item.said));
    for (const one of item.found) {
      const line = element("p", "ch-finding");
      const piece = element("mark", "", one.piece);
      line.append(piece, element("span", "", ` ${one.why} `));
      for (const offer of one.offers) {
        const button = element("button", "ch-offer", offer);
        button.type = "button";
        button.addEventListener("click", () => model.send({ kind: "replace", id: item.id, piece: one.piece, offer }));
        line.append(button);
      }
      const keep = element("button", "ch-offer", words().keep);
      keep.type = "button";
      keep.addEventListener("click", () => model.send({ kind: "keep", id: item.id, piece: one.piece }));
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
    const items = model.get("items");
    for (const [id, { row }] of rows) {
      if (!items.some((item) => item.id === id)) {
        row.remove();
        rows.delete(id);
      }
    }
    for (const item of items) {
      if (!rows.has(item.id)) rows.set(item.id, make(item));
      const { row, area, found, fields } = rows.get(item.id);
      if (!waiting.has(item.id)) rows.get(item.id).stamp = item.stamp;
      if (row.parentElement !== list) list.append(row);
      // What is being typed is newer than what comes back.
      if (!waiting.has(item.id) && area.value !== (item.values.text ?? "")) {
        const at = area.selectionStart;
        area.value = item.values.text ?? "";
        area.setSelectionRange(at, at);
      }
      for (const input of fields.querySelectorAll("select, input")) {
        if (!waiting.has(item.id) && input !== document.activeElement) input.value = item.values[input.name] ?? "";
      }
      grow(area);
      explain(item, found);
    }
  }

  add.addEventListener("click", () => model.send({ kind: "add" }));
  function arrive(message) {
    if (message.kind === "added") rows.get(message.id)?.area.focus();
  }

  addEventListener("pagehide", flushAll);
  model.on("change:items change:title change:hint change:add", write);
  model.on("msg:custom", arrive);
  write();
  return () => {
    flushAll();
    removeEventListener("pagehide", flushAll);
    model.off("change:items change:title change:hint change:add", write);
    model.off("msg:custom", arrive);
  };
}

export default { render };
