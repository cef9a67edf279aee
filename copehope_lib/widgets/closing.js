// The end of a self-check: keep one's own result, compare it, give the answers to the team.

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

let closings = 0;

function render({ model, el }) {
  const own = `ch-closing-${closings++}`;
  el.classList.add("ch-closing");
  const keep = element("section");
  const keepTitle = element("h2");
  const keepWords = element("p");
  const save = element("button", "ch-quiet");
  const compare = element("label", "ch-compare ch-quiet");
  const compareWords = element("span");
  const file = element("input");
  const compared = element("p", "ch-said");
  const give = element("section");
  const giveTitle = element("h2");
  const giveWords = element("p");
  const form = element("form");
  const slipLabel = element("label");
  const slip = element("input");
  const button = element("button", "ch-strong");
  const said = element("p", "ch-said");
  save.type = "button";
  file.type = "file";
  file.accept = ".json,application/json";
  slip.id = `${own}-slip`;
  slip.autocomplete = "off";
  slip.spellcheck = false;
  slip.maxLength = 40;
  slipLabel.htmlFor = slip.id;
  for (const place of [compared, said]) place.setAttribute("role", "status");
  compare.append(compareWords, file);
  keep.append(keepTitle, keepWords, save, compare, compared);
  form.append(slipLabel, slip, button);
  give.append(giveTitle, giveWords, form, said);
  el.append(keep, give);

  function write() {
    const words = model.get("words");
    keepTitle.textContent = words.keep;
    keepWords.textContent = words.keep_why;
    save.textContent = words.save;
    compareWords.textContent = words.compare;
    giveTitle.textContent = words.give;
    giveWords.textContent = model.get("taking") ? words.give_why : words.no_wave;
    slipLabel.textContent = words.slip;
    button.textContent = words.give_button;
    form.hidden = !model.get("taking") || model.get("given");
    compared.textContent = model.get("compared");
    said.textContent = model.get("said");
    button.disabled = model.get("busy");
  }

  save.addEventListener("click", () => {
    const link = element("a");
    link.href = URL.createObjectURL(new Blob([model.get("content")], { type: "application/json" }));
    link.download = model.get("name");
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  file.addEventListener("change", async () => {
    const chosen = file.files[0];
    if (!chosen) return;
    model.send({ kind: "compare", text: chosen.size < 20000 ? await chosen.text() : "" });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    model.set("busy", true);
    model.save_changes();
    model.send({ kind: "give", slip: slip.value });
    write();
  });

  const names = "change:words change:taking change:given change:said change:compared change:busy";
  model.on(names, write);
  write();
  return () => model.off(names, write);
}

export default { render };
