// What is written on a page, from a rest in typing until it lies in the workspace: it is sealed at
// once, kept by the browser, handed to the server, and forgotten when that says where it lies. So
// are the answers of a self-check, once somebody gives them.

const AGAIN = 1000;
const LATE = 3000;
const PATIENCE = 10000;
const PAGES = "pages";
const ANSWERS = "answers";
const SERVER = new URL("../../copehope/", import.meta.url);

export const random = (bytes) => hex(crypto.getRandomValues(new Uint8Array(bytes)));
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** This open page, by a number that means nothing. */
export const WRITER = random(6);
export const newId = () => random(8);

/** When the last version of a text came to lie in the workspace, by the id of the text. */
export const keptAt = new Map();

const waiting = new Map();
const keys = new Map();
/** Loads what seals: what is typed when the server has gone needs it, too. */
export const ready = () => import("./age/age.min.js");

/** The next version of an entry: `seen` is what stood there when its typing began, `own` what this
    page wrote there last. */
export function changed(seen, own, values, gone = false) {
  const stamp = `${seen.turn}.${seen.writer}`;
  const goesOn = own && (!seen.turn || seen.writer === WRITER || own.after === stamp);
  const from = goesOn ? own : seen;
  const mine = !from.turn || from.writer === WRITER;
  return {
    id: from.id,
    kind: from.kind,
    words: { ...from.words, ...values },
    turn: Math.max(from.turn, own?.turn ?? 0) + 1,
    writer: WRITER,
    after: mine ? from.after : stamp,
    gone,
  };
}

export async function seal(content, to) {
  const { Encrypter } = await ready();
  const encrypter = new Encrypter();
  for (const key of to) encrypter.addRecipient(key);
  return encrypter.encrypt(content);
}

/** Seal one entry of a record, keep it and hand it on; return the name of its page when it is sealed. */
export async function keep({ record, to }, entry) {
  const { sha256 } = await ready();
  const content = JSON.stringify({ format: 1, record, entries: [entry] });
  const sealed = await seal(content, to);
  const name = `${hex(sha256(sealed)).slice(0, 24)}.age`;
  // A version that nobody has yet gives way to the next one; its key tells nothing of the entry.
  const key = keys.get(entry.id) ?? newId();
  keys.set(entry.id, key);
  const since = waiting.get(key)?.since ?? Date.now();
  lay(key, { record, to, name, sealed, since }, entry.id);
  return name;
}

function lay(key, page, id) {
  waiting.set(key, { ...page, id });
  // A disk that is slow holds up neither the server nor the next version, which comes after this one.
  const kept = change((store) => store.put(page, key));
  deliver();
  return kept;
}

/** Which waves of the self-check take answers, as the server says; nothing where there is none. */
export const invited = () =>
  fetch(new URL("answers", SERVER), {
    headers: { "X-XSRFToken": ticket() }, signal: AbortSignal.timeout(PATIENCE),
  }).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);

/** Keep sealed answers and hand them on; return whether this browser keeps them for later. What became
    of them is told to the page as `ch-handed`, and so is each try that was in vain. */
export const leave = (name, sealed, to) => lay(name, { record: ANSWERS, to, name, sealed });

/** Whether answers wait in this browser. */
export async function waits() {
  await found;
  return [...waiting.values()].some(({ record }) => record === ANSWERS);
}

// Where a browser keeps nothing, such as in a private window of some, this page still does.
async function change(action) {
  try {
    const database = await opened();
    const transaction = database.transaction(PAGES, "readwrite", { durability: "strict" });
    action(transaction.objectStore(PAGES));
    await new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = failed;
    });
    return true;
  } catch (problem) {
    console.warn("This browser keeps nothing for later.", problem?.name);
    return false;
  }
}

let database;
function opened() {
  database ??= new Promise((done, failed) => {
    const asked = indexedDB.open("copehope", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(PAGES);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = failed;
  });
  return database;
}

let found;
/** Hand on what an earlier page left in this browser. */
export async function resume() {
  found = change((store) => {
    store.openCursor().onsuccess = ({ target: { result: at } }) => {
      if (!at) return;
      if (!waiting.has(at.key)) waiting.set(at.key, { ...at.value, again: true });
      at.continue();
    };
  });
  await found;
  return deliver();
}

let delivering = false;
/** Hand all that waits to the server, again and again until it lies in the workspace. */
export async function deliver() {
  if (delivering) return;
  delivering = true;
  while (waiting.size) {
    const before = [...waiting];
    await Promise.all(before.map(([key, page]) => hand(key, page)));
    tell();
    if (before.some(([key, page]) => waiting.get(key) === page)) {
      await new Promise((rested) => setTimeout(rested, AGAIN));
    }
  }
  delivering = false;
}

async function hand(key, page) {
  let status, said;
  try {
    const folder = page.record === ANSWERS ? ANSWERS : `records/${page.record}`;
    const answer = await fetch(new URL(`${folder}/${page.name}`, SERVER), {
      method: "PUT",
      headers: { "X-Copehope-Keys": page.to.join(" "), "X-XSRFToken": ticket() },
      body: page.sealed,
      signal: AbortSignal.timeout(PATIENCE),
    });
    ({ status } = answer);
    if (status === 200) said = await answer.text();
  } catch {
    page.again = true; // No server: it is handed on again.
  }
  // The server of another team: it stays in this browser until its own is here again.
  if (status === 409) waiting.delete(key);
  if (status !== 204 && status !== 200) {
    if (page.record === ANSWERS) announce("ch-handed", { name: page.name, status });
    return;
  }
  if (page.id) keptAt.set(page.id, new Date());
  if (waiting.get(key) === page) waiting.delete(key);
  if (status === 200) announce("ch-handed", { name: page.name, answer: said, again: page.again });
  await change((store) => {
    store.get(key).onsuccess = ({ target: { result: there } }) => {
      if (there?.name === page.name) store.delete(key);
    };
  });
}

const ticket = () => globalThis.document?.cookie.match(/\b_xsrf=([^;]*)/)?.[1] ?? "";

/** Since when the oldest text waits that should long have been kept; null where none does. */
export function late() {
  const since = Math.min(...[...waiting.values()].filter(({ record }) => record !== ANSWERS).map((page) => page.since));
  return since < Date.now() - LATE ? new Date(since) : null;
}

const announce = (name, detail) => globalThis.document?.dispatchEvent(new CustomEvent(name, { detail }));
const tell = () => announce("ch-kept", late());
if (globalThis.document) {
  setInterval(() => waiting.size && tell(), AGAIN);
  resume();
}
