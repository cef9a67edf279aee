// The steps of a meeting: where it is, how long each step may take, and in which order.

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

function filled(text, values) {
  return text.replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);
}

function render({ model, el }) {
  el.classList.add("ch-stepper");
  const nav = element("nav");
  const list = element("ol", "ch-stages");
  const clock = element("div", "ch-clock");
  const bar = element("progress");
  const said = element("span");
  const arrange = element("details", "ch-arrange");
  const summary = element("summary");
  const rows = element("ul");
  arrange.append(summary, rows);
  arrange.hidden = !model.get("kept");
  clock.append(bar, said);
  nav.append(list);
  el.append(nav, clock, arrange);
  let since = Date.now();

  const words = () => model.get("words");
  const steps = () => model.get("steps");
  const now = () => steps().find((step) => step.code === model.get("at"));
  const tell = () => model.send({ kind: "arrange", steps: steps().map(({ code, minutes, skipped }) => ({ code, minutes, skipped })) });

  function change(code, values) {
    model.set("steps", steps().map((step) => (step.code === code ? { ...step, ...values } : step)));
    model.save_changes();
    tell();
  }

  function move(code, by) {
    const all = [...steps()];
    const from = all.findIndex((step) => step.code === code);
    const to = from + by;
    if (to < 0 || to >= all.length) return;
    [all[from], all[to]] = [all[to], all[from]];
    model.set("steps", all);
    model.save_changes();
    tell();
    rows.querySelector(`[data-code="${code}"] button`)?.focus();
  }

  function row(step) {
    const line = element("li");
    line.dataset.code = step.code;
    const up = element("button", "ch-offer", words().earlier);
    const down = element("button", "ch-offer", words().later);
    for (const [button, by] of [[up, -1], [down, 1]]) {
      button.type = "button";
      button.setAttribute("aria-label", `${step.title}: ${button.textContent}`);
      button.addEventListener("click", () => move(step.code, by));
    }
    const minutes = element("input");
    minutes.type = "number";
    minutes.min = 0;
    minutes.max = 120;
    minutes.value = step.minutes;
    minutes.addEventListener("change", () => change(step.code, { minutes: Math.max(0, Math.min(120, Number(minutes.value) || 0)) }));
    const time = element("label");
    time.append(minutes, element("span", "", ` ${words().minutes}`));
    const skip = element("input");
    skip.type = "checkbox";
    skip.checked = step.skipped;
    skip.addEventListener("change", () => change(step.code, { skipped: skip.checked }));
    const skipping = element("label");
    skipping.append(skip, element("span", "", ` ${words().skip}`));
    minutes.setAttribute("aria-label", `${step.title}: ${words().minutes}`);
    skip.setAttribute("aria-label", `${step.title}: ${words().skip}`);
    line.append(element("b", "", step.title), time, skipping, up, down);
    return line;
  }

  function stage(step, place) {
    const item = element("li");
    const button = element("button", "ch-stage");
    button.type = "button";
    button.dataset.code = step.code;
    const here = step.code === model.get("at");
    if (here) button.setAttribute("aria-current", "step");
    button.classList.toggle("ch-skipped", step.skipped);
    button.classList.toggle("ch-done", step.done);
    button.append(element("span", "ch-place", step.done && !here ? "✓" : String(place + 1)), element("span", "", step.title));
    button.addEventListener("click", () => model.send({ kind: "go", step: step.code }));
    item.append(button);
    return item;
  }

  function tick() {
    const step = now();
    if (!step) return;
    const gone = Math.floor((Date.now() - since) / 60000);
    bar.max = Math.max(1, step.minutes);
    bar.value = Math.min(bar.max, gone);
    const all = steps().filter(({ skipped }) => !skipped).reduce((sum, { minutes }) => sum + minutes, 0);
    said.textContent = filled(words().time, { gone, minutes: step.minutes, all });
  }

  function write() {
    const open = document.activeElement?.closest?.(".ch-arrange") === arrange;
    nav.setAttribute("aria-label", words().steps);
    bar.setAttribute("aria-label", words().progress);
    summary.textContent = words().arrange;
    const held = list.contains(document.activeElement) && document.activeElement.dataset.code;
    list.replaceChildren(...steps().map(stage));
    if (held) list.querySelector(`[data-code="${held}"]`)?.focus();
    if (!open) rows.replaceChildren(...steps().map(row));
    else for (const line of steps().map(row)) {
      const there = rows.querySelector(`[data-code="${line.dataset.code}"]`);
      if (there && !there.contains(document.activeElement)) there.replaceWith(line);
      rows.append(rows.querySelector(`[data-code="${line.dataset.code}"]`));
    }
    tick();
  }

  function arrive() {
    since = Date.now();
    write();
  }

  const timer = setInterval(tick, 15000);
  model.on("change:at", arrive);
  model.on("change:steps change:words", write);
  write();
  return () => {
    clearInterval(timer);
    model.off("change:at", arrive);
    model.off("change:steps change:words", write);
  };
}

export default { render };
