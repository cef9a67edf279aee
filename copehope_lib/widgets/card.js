// One card: a sentence, its picture, and behind it the table, the downloads and what is unsaid.

const FILES = ["svg", "png", "csv", "xlsx"];
const NARROW = 460;

// All cards of a page draw with one copy of plotly.js: the page's own, or one asked for once.
function plotly(model) {
  globalThis.copehopePlotly ??= new Promise((resolve, reject) => {
    const tag = document.getElementById("ch-plotly");
    if (globalThis.Plotly) resolve(globalThis.Plotly);
    else if (tag) {
      tag.addEventListener("load", () => resolve(globalThis.Plotly));
      tag.addEventListener("error", reject);
    } else {
      model.on("msg:custom", (message, buffers) => {
        if (message.kind !== "plotly") return;
        const script = document.createElement("script");
        script.src = URL.createObjectURL(new Blob([buffers[0]], { type: "text/javascript" }));
        script.onload = () => resolve(globalThis.Plotly);
        script.onerror = reject;
        document.head.append(script);
      });
      model.send({ kind: "plotly" });
    }
  });
  return globalThis.copehopePlotly;
}

// One picture after the other, so that the first is seen while the others are drawn.
function inTurn() {
  const before = globalThis.copehopeTurn ?? Promise.resolve();
  globalThis.copehopeTurn = before.then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  return before;
}

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

function folded(name, summary, inside) {
  const made = element("details", name);
  made.append(element("summary", "", summary), inside);
  return made;
}

function save(name, blob) {
  const link = element("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// Charts name colours as they are in the light; the style sheet knows what stands for each.
function printed(text, place) {
  const style = getComputedStyle(place);
  return text.replace(/#[0-9a-f]{6}/g, (hex) => style.getPropertyValue(`--ch-${hex.slice(1)}`).trim() || hex);
}

// Larger on a projector, a little smaller on a telephone: every font that a figure names.
function scaled(layout, factor) {
  const names = ["font", "tickfont", "title_font"];
  const walk = (part, key) => {
    if (Array.isArray(part)) return part.map((inner) => walk(inner, key));
    if (!part || typeof part !== "object") return part;
    const copy = Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, walk(inner, name)]));
    if (names.includes(key) && copy.size) copy.size = Math.round(copy.size * factor);
    // What is reserved for words grows and shrinks with them.
    if (key === "margin" && copy.r > 40) copy.r = Math.round(copy.r * factor);
    if (key === "uniformtext" && copy.minsize) copy.minsize = Math.round(copy.minsize * factor);
    return copy;
  };
  const sized = walk(layout, "");
  const size = Math.round((layout.template?.layout?.font?.size ?? 15) * factor);
  return { ...sized, font: { ...sized.font, size } };
}

function lines(text, length) {
  const rows = [""];
  for (const word of text.split(" ")) {
    if (rows.at(-1).length + word.length > length) rows.push("");
    rows.push(`${rows.pop()} ${word}`.trim());
  }
  return rows;
}

// A picture that leaves the page says what it shows, of when, and for whom.
function alone(model) {
  const figure = JSON.parse(model.get("figure"));
  const title = lines(model.get("reading"), 80);
  const height = (figure.layout.height ?? 360) + 70 + 26 * title.length;
  const note = { xref: "paper", yref: "container", x: 0, xanchor: "left", showarrow: false };
  figure.layout = {
    ...figure.layout, width: 960, height,
    margin: { l: 20, r: 20, t: 44 + 26 * title.length, b: 60 },
    title: { text: `<b>${title.join("<br>")}</b>`, x: 0.02, xanchor: "left", y: 1 - 20 / height, yanchor: "top", yref: "container", font: { size: 20 } },
    annotations: [...(figure.layout.annotations ?? []),
      { ...note, xref: "paper", yref: "paper", y: 0, yanchor: "top", yshift: -34, text: model.get("source"), font: { size: 13 } }],
  };
  return figure;
}

function render({ model, el }) {
  const words = model.get("words");
  const card = element("section", "ch-card");
  const title = element("h2");
  const why = element("p", "ch-why");
  const place = element("div", "ch-figure");
  const foot = element("div", "ch-foot");
  title.id = `ch-${model.model_id ?? Math.random().toString(36).slice(2)}`;
  card.setAttribute("aria-labelledby", title.id);
  place.setAttribute("role", "img");
  card.append(title, why, place, foot);
  el.classList.add("ch-slot");
  el.append(card);

  const scroll = element("div", "ch-scroll");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", words.table);
  const table = folded("ch-table", words.table, scroll);
  const choices = element("p", "ch-files");
  const downloads = folded("ch-download", words.download, choices);
  const unsaid = element("p");
  const buttons = FILES.map((kind) => {
    const button = element("button", "ch-file", words[kind]);
    button.type = "button";
    button.addEventListener("click", () => (["csv", "xlsx"].includes(kind) ? model.send({ kind }) : picture(kind)));
    choices.append(button);
    return button;
  });
  const link = element("a", "ch-more");
  foot.append(link, table, downloads, folded("ch-unsaid", words.unsaid, unsaid));

  async function picture(kind) {
    const Plotly = await plotly(model);
    const address = await Plotly.toImage(alone(model), { format: kind, scale: kind === "png" ? 2 : 1 });
    save(`${model.get("name")}.${kind}`, await (await fetch(address)).blob());
  }

  let turn = 0;
  async function draw() {
    const mine = ++turn;
    place.hidden = !model.get("figure");
    if (place.hidden) return;
    try {
      const Plotly = await plotly(model);
      if (!place.dataset.drawn) await inTurn();
      if (mine !== turn || !place.isConnected) return;
      const figure = JSON.parse(printed(model.get("figure"), card));
      const large = document.documentElement.classList.contains("ch-projector");
      const factor = large ? 1.35 : place.clientWidth < NARROW ? 0.87 : 1;
      const layout = scaled(figure.layout, factor);
      if (large) layout.height = Math.round(layout.height * 1.25);
      // Its height is the figure's own; only its width follows the page.
      place.style.height = `${layout.height}px`;
      await Plotly.react(place, figure.data, { ...layout, autosize: true }, { displayModeBar: false });
      place.removeAllListeners("plotly_click");
      place.on("plotly_click", ({ points }) => {
        const code = [points[0]?.customdata].flat()[0];
        if (code) model.send({ kind: "choose", code });
      });
      place.dataset.drawn = turn;
    } catch {
      place.replaceChildren(element("p", "ch-why", words.sorry));
    }
  }

  function write() {
    title.textContent = model.get("reading");
    why.textContent = model.get("why");
    why.hidden = !model.get("why");
    place.hidden = !model.get("figure");
    place.setAttribute("aria-label", model.get("reading"));
    scroll.innerHTML = model.get("table");
    table.hidden = !model.get("table");
    buttons.forEach((button, at) => { button.hidden = !words[FILES[at]] || !model.get(at < 2 ? "figure" : "table"); });
    downloads.hidden = buttons.every((button) => button.hidden);
    unsaid.textContent = model.get("unsaid");
    unsaid.parentElement.hidden = !model.get("unsaid");
    const [address, text] = model.get("link");
    link.hidden = !address;
    link.textContent = text ?? "";
    if (address) link.href = address + location.search;
  }

  function hear(message, buffers) {
    if (message.kind === "file") save(message.name, new Blob([buffers[0]]));
  }

  model.on("change:reading change:why change:unsaid change:table change:link", write);
  model.on("change:figure", draw);
  model.on("msg:custom", hear);
  document.addEventListener("ch-look", draw);
  write();
  // Draws as soon as the card has a width, and whenever it gets another.
  let width = 0;
  const follower = new ResizeObserver(() => {
    if (place.clientWidth === width) return;
    width = place.clientWidth;
    if (width) requestAnimationFrame(draw);
  });
  follower.observe(place);

  return () => {
    model.off("change:reading change:why change:unsaid change:table change:link", write);
    model.off("change:figure", draw);
    model.off("msg:custom", hear);
    document.removeEventListener("ch-look", draw);
    follower.disconnect();
    globalThis.Plotly?.purge(place);
  };
}

export default { render };
