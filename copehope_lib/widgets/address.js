// What is looked at stands in the address; the view is the browser's own affair.

const OWN = ["lang", "view"];

function render({ model, el }) {
  el.hidden = true;
  if (!document.body.dataset.voila) return;
  const seen = () => document.documentElement.classList.remove("ch-waiting");

  function write() {
    const wanted = new URLSearchParams(model.get("query"));
    const now = new URLSearchParams(location.search);
    for (const name of OWN) if (now.has(name)) wanted.set(name, now.get(name));
    const query = wanted.toString();
    history.replaceState(null, "", location.pathname + (query && `?${query}`));
    document.dispatchEvent(new Event("ch-address"));
  }

  // What always stands there is written even where nothing was asked for, or nothing else came of it.
  function answered() {
    if (model.get("query")) write();
    seen();
  }

  model.on("change:query", write);
  model.on("msg:custom", answered);
  if (location.search) {
    model.set("asked", location.search);
    model.save_changes();
  } else answered();
  // Whatever becomes of the answer, nobody waits without end.
  setTimeout(seen, 8000);
}

export default { render };
