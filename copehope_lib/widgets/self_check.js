// The self-check, whole: what is asked, her own result, and answers that are sealed here. Nothing
// that is chosen leaves this script but sealed: not to a server, not to a kernel, not to a disk.

const KEPT = 1; // format of the file of her own result
const SHORT_FOR_A_FILE = 20000;

/** Her score on each scale that has one, and its band, by the key of an instrument. */
export function score(asked, answers) {
  const lowest = asked.answers[0];
  const highest = asked.answers.at(-1);
  const sums = asked.scoring === "sum";
  const made = {};
  for (const { code, items, at_least: least, strength, bands } of asked.scales) {
    const given = items.filter((item) => asked.answers.includes(answers[item]));
    if (given.length < least) continue;
    const turned = given.map((item) => (asked.reversed.includes(item) ? lowest + highest - answers[item] : answers[item]));
    const sum = turned.reduce((all, value) => all + value, 0);
    const value = sums ? sum : sum / given.length;
    const factor = sums ? items.length : 1;
    const [band] = Object.entries(bands).filter(([, start]) => value >= start).at(-1) ?? [null];
    made[code] = { score: value, band, lowest: lowest * factor, highest: highest * factor, strength };
  }
  return made;
}

/** Where a value lies between the lowest and the highest of its scale, from 0 to 1. */
const place = ({ lowest, highest }, value) => (value - lowest) / (highest - lowest);

/** The answers that ask for help by themselves, each with its item. */
export function mattering(asked, said, answers) {
  const words = new Map(said.choices);
  const found = Object.entries(asked.matters).filter(([item, values]) => values.includes(answers[item]));
  return found.map(([item]) => `${said.items[item]} – ${words.get(answers[item])}`);
}

/** Her own result in a sentence or two. */
export function reading(asked, said, answers) {
  const scores = Object.entries(score(asked, answers));
  const { words } = said;
  const lists = new Intl.ListFormat(said.language, { type: "conjunction" });
  const named = (sentence, holds) => {
    const codes = scores.filter(([, one]) => holds(place(one, one.score), one.strength)).map(([code]) => said.scales[code].toLowerCase());
    return codes.length ? [filled(sentence, { scales: lists.format(codes) })] : [];
  };
  const parts = [];
  if (!scores.length) parts.push(words.few);
  else if (asked.stands_out === null) {
    for (const [code, one] of scores) parts.push(filled(one.band ? words.score_band : words.score, spelt(said, code, one)));
  } else {
    const from = asked.stands_out;
    parts.push(
      ...named(words.weighed, (at, strength) => at >= from && !strength),
      ...named(words.little, (at, strength) => at <= 1 - from && strength),
      ...named(words.carried, (at, strength) => at >= from && strength),
    );
  }
  if (mattering(asked, said, answers).length) parts.push(words.mattering);
  return parts.join(" ") || words.middle;
}

/** The scores of an earlier file of hers; null where it is of something else. */
export function earlier(asked, text) {
  try {
    const { format, instrument, version, scores } = JSON.parse(text);
    const numbers = Object.entries(scores);
    const hers = format === KEPT && instrument === asked.name && version === asked.version;
    return hers && !Array.isArray(scores) && numbers.every(([, value]) => Number.isFinite(value)) ? Object.fromEntries(numbers) : null;
  } catch {
    return null;
  }
}

/** Her result as the file that this browser saves for her. */
export function kept(asked, wave, answers) {
  const scores = Object.fromEntries(Object.entries(score(asked, answers)).map(([code, one]) => [code, one.score]));
  return JSON.stringify({ format: KEPT, instrument: asked.name, version: asked.version, wave, scores }, null, 1);
}

/** Answers and slip, sealed: to the supervisor for each wave that takes answers, all of one length,
    and to the intakes of these waves, of which only the right one can tell whose slip it is. */
export async function letter(asked, waves, { answers, slip, id }, seal) {
  const chosen = Object.fromEntries(asked.scales.flatMap(({ items }) => items).filter((item) => asked.answers.includes(answers[item])).map((item) => [item, answers[item]]));
  const sealed = {};
  for (const [wave, { to, length }] of Object.entries(waves)) {
    const answer = { format: 1, instrument: asked.name, version: asked.version, wave, answers: chosen, id };
    const short = await seal(JSON.stringify(answer), to);
    const filled = JSON.stringify(answer).padEnd(JSON.stringify(answer).length + length - short.length);
    sealed[wave] = btoa(String.fromCharCode(...(await seal(filled, to))));
  }
  const intakes = Object.values(waves).map(({ intake }) => intake);
  return seal(JSON.stringify({ slip: slip.slice(0, 40), answers: sealed }), intakes);
}

const filled = (text, values) => text.replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);

const written = (said, number) =>
  new Intl.NumberFormat(said.language, { maximumFractionDigits: 1, roundingMode: "halfEven" }).format(number);

const spelt = (said, code, { score: value, band, highest }) => ({
  scale: said.scales[code],
  score: written(said, value),
  highest: written(said, highest),
  band: said.bands[band],
});

function element(tag, name, ...inside) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...inside.filter((part) => part !== undefined));
  return made;
}

const button = (name) => Object.assign(element("button", name), { type: "button" });
const list = (lines) => element("ul", "", ...lines.filter((line) => line.trim()).map((line) => element("li", "", line)));

function render({ model, el }) {
  const page = model.get("page");
  const { asked } = page;
  const numbers = [...new Set(asked.scales.flatMap(({ items }) => items))].sort((a, b) => a - b);
  const root = document.documentElement;
  let language = document.querySelector(".ch-header") && page.spoken[root.lang] ? root.lang : page.language;
  let answers = {};
  let at = 0;
  let single = true;
  let hidden = false;
  let finished = false;
  let before = {}; // an earlier result of hers
  let compared = "";
  let { waves, keys } = page; // and those of the team: what waits here is handed to no other
  let told = ""; // what became of her answers
  let waiting = ""; // the letter that was not taken in yet
  let late = ""; // what is said of it where that was tried in vain
  let stays = true; // whether the browser keeps it for a page that is opened later
  let older = ""; // what is said of one that an earlier page left in this browser
  let given = false;
  let id = ""; // of her answers, however often they are handed over
  const said = () => page.spoken[language];
  const words = () => said().words;

  const title = element("div", "ch-title", element("h1"), element("p", "ch-sub"));
  const promise = element("div", "ch-promise");
  const olderLine = element("p", "ch-said");
  const progress = element("progress");
  const count = element("span", "ch-count");
  count.setAttribute("role", "status");
  const [mode, cover, back] = [button("ch-quiet"), button("ch-quiet"), button("ch-quiet")];
  const [next, goOn] = [button("ch-strong"), button("ch-strong")];
  const bar = element("div", "ch-bar", progress, count, mode, cover);
  const questions = element("div", "ch-list");
  const steps = element("div", "ch-steps", back, next);
  const covered = element("div", "ch-covered", element("p"), goOn);
  const result = element("div", "ch-result");
  result.tabIndex = -1;
  const card = element("section", "ch-card");
  const meaning = element("div", "ch-meaning");
  const save = button("ch-quiet");
  const file = Object.assign(element("input"), { type: "file", autocomplete: "off", accept: ".json,application/json" });
  const compare = element("label", "ch-compare ch-quiet", element("span"), file);
  const comparedLine = element("p", "ch-said");
  const keep = element("section", "", element("h2"), element("p"), save, compare, comparedLine);
  const slip = Object.assign(element("input"), { autocomplete: "off", spellcheck: false, maxLength: 40, required: true, id: "ch-slip" });
  const slipLabel = Object.assign(element("label"), { htmlFor: "ch-slip" });
  const handOver = element("button", "ch-strong");
  const form = element("form", "", slipLabel, slip, handOver);
  const toldLine = element("p", "ch-said");
  const give = element("section", "", element("h2"), element("p"), form, toldLine);
  for (const line of [olderLine, comparedLine, toldLine]) line.setAttribute("role", "status");
  result.append(card, meaning, element("div", "ch-closing", keep, give));
  el.classList.add("ch-page", "ch-self-check");
  el.append(title, promise, olderLine, element("div", "ch-questions", bar, questions, steps, covered), result);

  const last = () => !single || at === numbers.length - 1;

  function choose(item, value) {
    answers = { ...answers, [item]: value };
    draw();
  }

  function question(item, index) {
    const field = element("fieldset", "ch-question");
    field.dataset.index = index;
    const choices = said().choices.map(([value, word], order) => {
      // Else a browser writes what is chosen into the file from which it brings pages back.
      const input = Object.assign(element("input"), { type: "radio", autocomplete: "off", name: `ch-item-${item}`, value, checked: answers[item] === value });
      input.addEventListener("change", () => choose(item, value));
      const key = element("kbd", "", String(order + 1));
      key.setAttribute("aria-hidden", "true");
      return element("label", "ch-choice", input, element("span", "", word), key);
    });
    const legend = element("legend", "", element("span", "ch-lead", words().lead), element("span", "", said().items[item]));
    field.append(legend, element("div", "ch-choices", ...choices));
    return field;
  }

  /** Say everything in the language in use; what was chosen stays chosen. */
  function write() {
    const focused = document.activeElement?.name;
    title.children[0].textContent = said().heading;
    title.children[1].textContent = said().about;
    const check = element("details", "", element("summary", "", words().check), ...said().check.map((line) => element("p", "", line)));
    for (const href of page.sources) {
      const name = href.split("/").at(-1);
      check.append(Object.assign(element("a", "", filled(words().source, { name })), { href, target: "_blank", rel: "noopener" }), element("br"));
    }
    promise.replaceChildren(...said().promise.map((line) => element("p", "", line)), check);
    questions.replaceChildren(...numbers.map(question));
    for (const [part, name] of [[cover, "cover"], [back, "back"], [covered.firstChild, "covered"], [goOn, "go_on"], [save, "save"], [compare.firstChild, "compare"], [keep.children[0], "keep"], [keep.children[1], "keep_why"], [give.children[0], "give"], [slipLabel, "slip"], [handOver, "give_button"]]) {
      part.textContent = words()[name];
    }
    mode.textContent = single ? words().all : words().single;
    progress.setAttribute("aria-label", words().progress);
    if (focused) questions.querySelector(`[name="${CSS.escape(focused)}"]:checked`)?.focus();
    draw();
  }

  function follow() {
    const done = numbers.filter((item) => item in answers).length;
    progress.max = numbers.length;
    progress.value = done;
    count.textContent = filled(words().count, { k: done, n: numbers.length });
    for (const field of questions.children) field.hidden = single && Number(field.dataset.index) !== at;
    for (const input of questions.querySelectorAll("input")) input.disabled = given;
    back.hidden = !single || at === 0;
    next.textContent = last() ? words().finish : words().next;
    bar.hidden = questions.hidden = steps.hidden = hidden;
    covered.hidden = !hidden;
    result.hidden = !finished || hidden;
  }

  function row([code, one]) {
    const track = element("td", "ch-track");
    const dot = (value, name) => {
      const made = element("i", name);
      made.style.setProperty("--at", place(one, value));
      return made;
    };
    if (Number.isFinite(before[code])) track.append(dot(before[code], "ch-before"));
    track.append(dot(one.score, one.strength ? "ch-carries" : "ch-weighs"));
    const then = Number.isFinite(before[code]) ? ` ${filled(words().earlier, { score: written(said(), before[code]) })}` : "";
    const words_ = filled(one.band ? words().of_band : words().of, spelt(said(), code, one));
    return element("tr", "", element("th", "", said().scales[code]), track, element("td", "", words_ + then));
  }

  function draw() {
    follow();
    olderLine.textContent = older && (words()[older] ?? `${words().older_told} ${said().said[older]}`);
    if (!finished) return;
    const matters = mattering(asked, said(), answers);
    const rows = Object.entries(score(asked, answers)).map(row);
    card.replaceChildren(
      element("h2", "", reading(asked, said(), answers)),
      element("p", "ch-why", said().why),
      element("table", "ch-own", element("tbody", "", ...rows)),
    );
    for (const head of card.querySelectorAll("th")) head.scope = "row";
    const { help } = said();
    const because = matters.length ? [element("p", "", help.because), list(matters)] : [];
    const there = element("section", "", element("h3", "", help.title), ...because, element("p", "", help.ask), list(page.contacts), element("p", "", element("b", "", help.crisis)), list(help.lines));
    const texts = said().meaning.flatMap(([head, text]) => [element("h3", "", head), element("p", "", text)]);
    // Help comes first where an answer asks for it by itself.
    meaning.replaceChildren(...(matters.length ? [there, ...texts] : [...texts, there]));
    const taking = box && Object.keys(waves).length > 0;
    give.children[1].textContent = taking ? words().give_why : words()[box ? "no_wave" : "only_own"];
    form.hidden = !taking || given || Boolean(waiting);
    comparedLine.textContent = compared && words()[compared];
    const now = late === "waiting" && !stays ? "stays" : late;
    toldLine.textContent = waiting ? now && words()[now] : told && said().said[told];
  }

  function go(to) {
    at = Math.max(0, Math.min(numbers.length - 1, to));
    follow();
    const field = questions.children[at];
    (field.querySelector(":checked") ?? field.querySelector("input")).focus();
  }

  back.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => {
    if (!last()) return go(at + 1);
    finished = true;
    draw();
    // The result stands below: whoever listens or looks is taken there.
    result.focus();
    result.scrollIntoView();
  });
  mode.addEventListener("click", () => {
    single = !single;
    write();
    mode.focus();
  });
  const hide = (now, then) => () => {
    hidden = now;
    follow();
    then.focus();
  };
  cover.addEventListener("click", hide(true, goOn));
  goOn.addEventListener("click", hide(false, cover));
  questions.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    const field = event.target.closest("fieldset");
    if (!field) return;
    if (event.key === "Enter") {
      event.preventDefault();
      next.click();
    } else if (/^[1-9]$/.test(event.key)) {
      const input = field.querySelectorAll("input")[Number(event.key) - 1];
      if (!input || input.disabled) return;
      input.checked = true;
      input.focus();
      choose(numbers[field.dataset.index], Number(input.value));
    }
  });
  save.addEventListener("click", () => {
    const wave = Object.keys(waves).sort().at(-1) ?? "";
    const link = element("a");
    link.href = URL.createObjectURL(new Blob([kept(asked, wave, answers)], { type: "application/json" }));
    link.download = `self-check-${wave || asked.name}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    const found = chosen.size < SHORT_FOR_A_FILE ? earlier(asked, await chosen.text()) : null;
    before = found ?? before;
    compared = found ? "compared" : "not_hers";
    draw();
  });

  // Only a page of a server can give something, and it has what seals.
  const server = document.body.dataset.outbox;
  const box = server ? import(new URL(server, location).href) : null;
  box
    ?.then(async ({ ready, invited, waits }) => {
      await Promise.all([ready(), invite(invited)]);
      if (await waits()) older ||= "older_waits";
      draw();
    })
    .catch(() => {}); // It is said when she gives something.

  /** Ask which waves take answers: they may have begun since this page was made. */
  async function invite(invited) {
    const known = await invited();
    if (known) ({ waves, keys } = known);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    handOver.disabled = true;
    try {
      const { invited, leave, random, seal } = await box;
      id ||= random(16);
      await invite(invited);
      const sealed = await letter(asked, waves, { answers, slip: slip.value, id }, seal);
      [waiting, late, stays] = [random(8), "", false];
      leave(waiting, sealed, keys).then((kept) => (stays = kept));
    } catch {
      told = Object.keys(waves).length ? "damaged" : "closed";
    }
    handOver.disabled = false;
    draw();
  });

  function heard({ detail: { name, answer, again, status } }) {
    if (!answer) {
      if (name === waiting) late = status === 403 ? "shut_out" : "waiting";
      return draw();
    }
    // Who handed it in before may have lost the reply, and not the answer.
    const outcome = again && answer === "spent" ? "perhaps" : answer;
    if (name === waiting) {
      waiting = "";
      told = outcome;
      given = outcome === "given";
    } else older = outcome;
    draw();
  }

  // Another language changes the words and keeps the answers.
  function speak(event) {
    if (!page.spoken[event.detail]) return;
    event.preventDefault();
    language = event.detail;
    write();
  }

  // Whoever leaves by mistake is asked first: nothing is kept anywhere.
  function leaving(event) {
    if (waiting ? !stays : Object.keys(answers).length && !given) event.preventDefault();
  }

  document.addEventListener("ch-language", speak);
  document.addEventListener("ch-handed", heard);
  addEventListener("beforeunload", leaving);
  write();
  return () => {
    document.removeEventListener("ch-language", speak);
    document.removeEventListener("ch-handed", heard);
    removeEventListener("beforeunload", leaving);
  };
}

export default { render };
