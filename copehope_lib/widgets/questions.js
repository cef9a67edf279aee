// The questions of a self-check: one at a time or all on a page, by keyboard alone.

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

function filled(text, values) {
  return text.replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);
}

let groups = 0;

function render({ model, el }) {
  const own = `ch-question-${groups++}`;
  el.classList.add("ch-questions");
  const bar = element("div", "ch-bar");
  const progress = element("progress");
  const count = element("span", "ch-count");
  count.setAttribute("role", "status");
  const mode = element("button", "ch-quiet");
  const cover = element("button", "ch-quiet");
  const list = element("div", "ch-list");
  const steps = element("div", "ch-steps");
  const back = element("button", "ch-quiet");
  const next = element("button", "ch-strong");
  const covered = element("div", "ch-covered");
  const goOn = element("button", "ch-strong");
  const coveredWords = element("p");
  for (const button of [mode, cover, back, next, goOn]) button.type = "button";
  bar.append(progress, count, mode, cover);
  steps.append(back, next);
  covered.append(coveredWords, goOn);
  el.append(bar, list, steps, covered);

  let at = 0;
  let single = true;
  let hidden = false;

  const items = () => model.get("items");
  const answers = () => model.get("answers");
  const words = () => model.get("words");
  const last = () => !single || at === items().length - 1;

  function choose(item, value) {
    model.set("answers", { ...answers(), [item.number]: value });
    model.save_changes();
    follow();
  }

  function question(item, index) {
    const field = element("fieldset", "ch-question");
    field.dataset.index = index;
    const legend = element("legend");
    legend.append(element("span", "ch-lead", item.lead), element("span", "", item.text));
    const choices = element("div", "ch-choices");
    item.choices.forEach(([value, word], place) => {
      const label = element("label", "ch-choice");
      const input = element("input");
      input.type = "radio";
      input.name = `${own}-${item.number}`;
      input.value = value;
      input.checked = answers()[item.number] === value;
      input.addEventListener("change", () => choose(item, value));
      const key = element("kbd", "", String(place + 1));
      key.setAttribute("aria-hidden", "true");
      label.append(input, element("span", "", word), key);
      choices.append(label);
    });
    field.append(legend, choices);
    return field;
  }

  function write() {
    const focused = document.activeElement?.name;
    list.replaceChildren(...items().map(question));
    mode.textContent = single ? words().all : words().single;
    cover.textContent = words().cover;
    back.textContent = words().back;
    coveredWords.textContent = words().covered;
    goOn.textContent = words().go_on;
    progress.setAttribute("aria-label", words().progress);
    if (focused) list.querySelector(`[name="${CSS.escape(focused)}"]:checked`)?.focus();
    follow();
  }

  function follow() {
    const done = items().filter((item) => item.number in answers()).length;
    progress.max = items().length;
    progress.value = done;
    count.textContent = filled(words().count, { k: done, n: items().length });
    for (const field of list.children) field.hidden = single && Number(field.dataset.index) !== at;
    back.hidden = !single || at === 0;
    next.textContent = last() ? words().finish : words().next;
    bar.hidden = list.hidden = steps.hidden = hidden;
    covered.hidden = !hidden;
  }

  function go(to) {
    at = Math.max(0, Math.min(items().length - 1, to));
    follow();
    const field = list.children[at];
    (field.querySelector(":checked") ?? field.querySelector("input")).focus();
  }

  back.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => {
    // What was chosen last may wait until the kernel is free, and this does not.
    if (last()) model.send({ kind: "finish", answers: answers() });
    else go(at + 1);
  });
  mode.addEventListener("click", () => {
    single = !single;
    write();
    mode.focus();
  });
  cover.addEventListener("click", () => {
    hidden = true;
    follow();
    goOn.focus();
  });
  goOn.addEventListener("click", () => {
    hidden = false;
    follow();
    cover.focus();
  });
  list.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const field = event.target.closest("fieldset");
    if (!field) return;
    if (event.key === "Enter") {
      event.preventDefault();
      next.click();
    } else if (/^[1-9]$/.test(event.key)) {
      const input = field.querySelectorAll("input")[Number(event.key) - 1];
      if (!input) return;
      input.checked = true;
      input.focus();
      choose(items()[Number(field.dataset.index)], Number(input.value));
    }
  });

  // Another language changes the words and keeps the answers.
  function speak(event) {
    event.preventDefault();
    model.set("language", event.detail);
    model.save_changes();
  }

  // Whoever leaves by mistake is asked first: nothing is kept anywhere.
  function leave(event) {
    if (Object.keys(answers()).length && !model.get("given")) event.preventDefault();
  }

  // The result stands below: whoever listens or looks is taken there.
  function arrive(message) {
    if (message.kind !== "finished") return;
    const result = document.querySelector(".ch-result");
    result?.setAttribute("tabindex", "-1");
    result?.focus();
    result?.scrollIntoView();
  }

  document.addEventListener("ch-language", speak);
  addEventListener("beforeunload", leave);
  model.on("msg:custom", arrive);
  model.on("change:items change:words", write);
  model.on("change:answers", follow);
  write();

  return () => {
    document.removeEventListener("ch-language", speak);
    removeEventListener("beforeunload", leave);
    model.off("msg:custom", arrive);
    model.off("change:items change:words", write);
    model.off("change:answers", follow);
  };
}

export default { render };
