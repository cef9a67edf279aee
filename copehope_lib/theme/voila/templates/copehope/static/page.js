// A page of cards without a kernel: what was drawn stands in a script for each month, and what is
// chosen stands in the address.
(() => {
  if (!globalThis.copehopeCard) return; // A folder that was copied in part has said so.
  const place = document.getElementById("rendered_cells");
  const { month: latest, months: there, address, book, split } = JSON.parse(document.getElementById("ch-page").textContent);
  const root = document.documentElement;
  const pages = {};
  const cards = {};
  let page; // what was drawn of the month that is looked at
  let state = {};
  let asked = ""; // the script that was asked for and has not come

  const part = (tag, name, text) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  };

  /** What is chosen of all that a card reads, as its views are called. */
  const named = (names) => new URLSearchParams(names.filter((name) => state[name]).map((name) => [name, state[name]])).toString();

  /** The same of a card, without what changes nothing on it. */
  const of = ({ reads, sets, codes }) => named(reads.filter((name) => name !== sets || !codes.length || codes.includes(state[name])));

  /** What a card shows: without the months before, where it looks back and that is wanted. */
  function view(card) {
    const chosen = of(card);
    const alone = new URLSearchParams(chosen);
    if (state.since === page.month) alone.set("since", page.month);
    return card.views[alone.toString()] ?? card.views[chosen] ?? card.views[""];
  }

  /** What stands in for the kernel of a card: it hears and answers the same. */
  class Model {
    heard = {};
    constructor(card) {
      this.card = card;
    }
    get(name) {
      if (name === "words") return page.words;
      if (name === "figure") return this.view.figure ? JSON.stringify(this.view.figure) : "";
      return this.view[name] ?? this.card[name];
    }
    on(events, answer) {
      for (const event of events.split(" ")) (this.heard[event] ??= []).push(answer);
    }
    off() {}
    tell(event, ...values) {
      for (const answer of this.heard[event] ?? []) answer(...values);
    }
    send({ kind, code }) {
      if (kind === "choose") choose(this.card.sets, state[this.card.sets] === code ? "" : code);
      else if (kind === "csv") this.tell("msg:custom", { kind: "file", name: `${this.view.name}.csv` }, [this.view.csv]);
    }
    show(card, shown) {
      const same = JSON.stringify(shown) === JSON.stringify(this.view);
      Object.assign(this, { card, view: shown });
      if (same) return;
      this.tell("change:reading");
      this.tell("change:figure");
    }
  }

  /** Look at what an address asks for; return the names of what is not to be had. */
  function read(query) {
    const refused = [];
    const wanted = Object.fromEntries([...query].filter(([name]) => !["lang", "view", "live", "token"].includes(name)));
    state = { month: there.includes(wanted.month) ? wanted.month : latest };
    if (wanted.month && wanted.month !== state.month) refused.push("month");
    return () => {
      for (const [name, code] of Object.entries(wanted)) {
        if (name === "month") continue;
        const offered = name === "since" ? [page.since, page.month] : page.choices[name]?.map(([, known]) => known);
        if (offered?.includes(code)) state[name] = code;
        else if (page.labels[name]) refused.push(name);
      }
      state.since ??= page.since;
      return refused.map((name) => page.labels[name]);
    };
  }

  function write() {
    const now = new URLSearchParams(location.search);
    const query = new URLSearchParams();
    if (page.month !== latest) query.set("month", page.month);
    if (state.since !== page.since) query.set("since", state.since);
    for (const name of Object.keys(page.choices)) if (state[name]) query.set(name, state[name]);
    for (const name of ["lang", "view"]) if (now.has(name)) query.set(name, now.get(name));
    history.replaceState(null, "", location.pathname + (query.size ? `?${query}` : ""));
    document.dispatchEvent(new Event("ch-address"));
  }

  function choose(name, code) {
    if (!page.choices[name]?.some(([, known]) => known === code)) return;
    state[name] = code;
    show();
  }

  /** Another month keeps what was chosen, and whether the months before are looked at. */
  function turn(month) {
    const alone = state.since === page.month && page.since !== page.month;
    ask(month, () => {
      state.since = alone ? page.month : page.since;
      show();
    });
  }

  let then = () => {};
  function ask(month, next, chosen = "") {
    then = next;
    const source = address.replace("{month}", month) + (chosen ? `&${chosen}` : "");
    if (!chosen && pages[month]) {
      page = pages[month];
      return next();
    }
    if (asked === source) return;
    asked = source;
    const script = part("script");
    script.src = source;
    script.onerror = () => {
      asked = "";
      if (page) show();
      notice(place.dataset.lost);
    };
    document.head.append(script);
  }

  globalThis.copehopePage = (drawn) => {
    asked = "";
    const known = pages[drawn.month];
    // What was chosen comes apart where a server draws it when it is asked for.
    if (known) known.cards.forEach((card, at) => Object.assign(card.views, drawn.cards[at].views));
    else pages[drawn.month] = drawn;
    page = pages[drawn.month];
    then();
  };

  function picker(name, options, value, change) {
    const box = part("div", "widget-dropdown");
    const label = part("label", "widget-label", page.labels[name]);
    const select = part("select");
    label.htmlFor = select.id = `ch-${name}`;
    select.append(...options.map(([text, code]) => new Option(text, code, false, code === value)));
    select.addEventListener("change", () => change(select.value));
    box.append(label, select);
    return box;
  }

  function controls() {
    const text = Object.fromEntries(page.months.map(([word, month]) => [month, word]));
    const looks = [...new Set([page.since, page.month])].map((month) => [text[month], month]);
    const reset = part("button", "ch-reset", page.words.reset);
    reset.type = "button";
    reset.title = page.words.latest;
    reset.addEventListener("click", () => {
      state = {};
      ask(latest, () => {
        state = { since: page.since };
        show();
      });
    });
    return [
      picker("month", page.months, page.month, turn),
      picker("since", looks, state.since, (month) => {
        state.since = month;
        show();
      }),
      ...Object.entries(page.choices).map(([name, options]) => picker(name, options, state[name] ?? "", (code) => choose(name, code))),
      reset,
    ];
  }

  const notes = part("div");
  const notice = (text) => {
    const said = part("p", "ch-notice", text);
    said.setAttribute("role", "status");
    notes.replaceChildren(...(text ? [said] : []));
    if (!notes.isConnected) place.replaceChildren(notes);
  };

  const title = part("div", "ch-title");
  title.append(part("h1"), part("p", "ch-sub"));
  const bar = part("div", "ch-controls");
  const grid = part("div", "ch-grid");
  const below = part("p", "ch-final");
  const whole = part("a", "ch-more");

  function build() {
    const top = part("div", "ch-top");
    top.append(title, bar);
    const all = part("div", "ch-page");
    all.append(top, notes, grid, below);
    place.replaceChildren(all);
  }

  function show() {
    const chosen = named(Object.keys(page.choices));
    if (split && !page[chosen] && page.cards.some((card) => !card.views[of(card)])) {
      page[chosen] = "asked for";
      return ask(page.month, show, chosen);
    }
    if (!grid.isConnected) build();
    title.children[0].textContent = page.title;
    title.children[1].textContent = page.about[state.site ?? ""];
    whole.textContent = page.words.book;
    whole.href = book.replace("{month}", page.month);
    below.replaceChildren(page.final, " ", whole);
    const focused = document.activeElement?.id;
    bar.replaceChildren(...controls());
    if (focused && bar.querySelector(`#${focused}`)) bar.querySelector(`#${focused}`).focus();
    for (const name of Object.keys(cards)) {
      if (page.cards.some((card) => card.name === name)) continue;
      cards[name].el.remove();
      delete cards[name];
    }
    for (const card of page.cards) {
      const shown = view(card);
      const known = (cards[card.name] ??= { model: new Model(card), el: part("div", `ch-${card.size}`) });
      known.model.show(card, shown);
      grid.append(known.el);
      if (!known.el.firstChild) globalThis.copehopeCard.render({ model: known.model, el: known.el });
    }
    write();
    document.getElementById("loading_text")?.remove();
    root.classList.remove("ch-waiting");
  }

  const rest = read(new URLSearchParams(location.search));
  ask(state.month, () => {
    const refused = rest();
    if (refused.length) notice(page.words.refused.replace("{names}", refused.join(", ")));
    show();
  });
})();
