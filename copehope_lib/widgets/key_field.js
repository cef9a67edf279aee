// Gives a key to the page: sealed to its kernel, in whose memory it stays, and ends with it.

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

let fields = 0;
const REST = 4000;

function render({ model, el }) {
  const own = `ch-key-${fields++}`;
  el.classList.add("ch-key-field");
  const state = element("p", "ch-why");
  state.setAttribute("role", "status");
  const form = element("form");
  const choose = element("label", "ch-compare ch-quiet");
  const words = element("span");
  const file = element("input");
  const passLabel = element("label");
  const pass = element("input");
  const button = element("button", "ch-strong");
  file.type = "file";
  pass.type = "password";
  pass.id = `${own}-pass`;
  pass.autocomplete = "off";
  passLabel.htmlFor = pass.id;
  choose.append(words, file);
  form.append(choose, passLabel, pass, button);
  el.append(state, form);

  function write() {
    const told = model.get("words");
    state.textContent = model.get("said");
    words.textContent = file.files[0]?.name ?? told.choose;
    passLabel.textContent = told.passphrase;
    button.textContent = told.open;
    form.hidden = model.get("opened") || !model.get("offered");
    el.hidden = !model.get("said") && form.hidden;
  }

  file.addEventListener("change", write);
  const outbox = () => import(new URL("static/outbox.js", new URL(document.body.dataset.baseUrl, location)).href);
  const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = file.files[0];
    if (!chosen || chosen.size > 100000) return;
    const content = base64(new Uint8Array(await chosen.arrayBuffer()));
    const { seal } = await outbox();
    const sealed = await seal(JSON.stringify({ content, passphrase: pass.value }), [model.get("to")]);
    form.reset();
    write();
    model.send({ kind: "key", sealed: base64(sealed) });
  });

  // What nobody typed, such as a tick, is kept as what was.
  async function arrive({ kind, entry }) {
    if (kind !== "entry" || !document.body.dataset.baseUrl) return;
    const { keep } = await outbox();
    const page = await keep(model.get("place"), entry);
    try {
      model.send({ kind: "sealed", page });
    } catch (problem) {
      // A page that was left meanwhile tells nobody; the entry is kept.
      console.warn("The kernel of this page does not hear.", problem?.name);
    }
  }

  const names = "change:said change:opened change:offered change:words";
  model.on(names, write);
  model.on("msg:custom", arrive);
  write();
  // What somebody else writes is seen without a step of one's own.
  const silent = () => document.hidden || document.documentElement.classList.contains("ch-silent");
  const looking = setInterval(() => silent() || model.send({ kind: "look" }), REST);
  return () => {
    clearInterval(looking);
    model.off(names, write);
    model.off("msg:custom", arrive);
  };
}

export default { render };
