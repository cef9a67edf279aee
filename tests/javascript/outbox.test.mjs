// The outbox of a page without a page: a browser that keeps nothing, and a server that answers as told.

import assert from "node:assert/strict";
import { test } from "node:test";

const STATIC = "../../copehope_lib/theme/voila/templates/copehope/static";
const outbox = await import(`${STATIC}/outbox.js`);
const age = await import("../../vendor/node_modules/age-encryption/dist/index.js");
const { changed, keep, keptAt, late, WRITER } = outbox;

const SECRET = await age.generateX25519Identity();
const PUBLIC = await age.identityToRecipient(SECRET);
const PLACE = { record: "2026-10", to: [PUBLIC] };
const entry = (id, text, turn = 1) => ({
  id, kind: "note", words: { step: "arrive", text }, turn, writer: WRITER, after: "", gone: false,
});
const blank = { id: "a", kind: "note", words: { step: "arrive", text: "" }, turn: 0, writer: "", after: "" };

/** What the server was handed, and how it answers from here on. */
let handed = [];
let answer = () => 204;
globalThis.fetch = async (url, { body, headers }) => {
  const opener = new age.Decrypter();
  opener.addIdentity(SECRET);
  const page = JSON.parse(await opener.decrypt(body, "text"));
  handed.push({ path: url.pathname ?? String(url), page, keys: headers["X-Copehope-Keys"] });
  const status = answer();
  if (status instanceof Error) throw status;
  return { status };
};
console.warn = () => {};
const until = async (holds) => {
  for (let look = 0; look < 500 && !holds(); look++) await new Promise((done) => setTimeout(done, 20));
  assert.ok(holds());
};

test("a first text begins, and goes on from what this page wrote", () => {
  const first = changed(blank, undefined, { text: "We" });
  assert.deepEqual([first.turn, first.writer, first.after], [1, WRITER, ""]);
  const next = changed(blank, first, { text: "We begin" });
  assert.deepEqual([next.turn, next.after, next.words], [2, "", { step: "arrive", text: "We begin" }]);
});

test("a text that is written over another's says which", () => {
  const hers = { ...entry("a", "Hers", 5), writer: "y" };
  const mine = changed(hers, undefined, { text: "Mine" });
  assert.deepEqual([mine.turn, mine.after], [6, "5.y"]);
  const more = changed(hers, mine, { text: "Mine, longer" });
  assert.deepEqual([more.turn, more.after], [7, "5.y"]);
  assert.equal(changed(hers, { ...mine, words: { ...mine.words, owner: "P-1" } }, { text: "" }).words.owner, "P-1");
});

test("typing that began before another's text came does not go over it", () => {
  const own = changed(blank, undefined, { text: "We begin" });
  const late = changed(own, own, { text: "We begin with tea" });
  assert.deepEqual([late.turn, late.after], [2, ""]);
  assert.equal(changed(own, late, {}, true).gone, true);
});

test("an entry is sealed to the keys of its record, under a name that comes from its content", async () => {
  handed = [];
  const name = await keep(PLACE, entry("sealed", "שלום 🌱 \ud83d"));
  assert.match(name, /^[0-9a-f]{24}\.age$/);
  await until(() => keptAt.has("sealed"));
  const [{ path, page, keys }] = handed;
  assert.ok(path.endsWith(`/copehope/records/2026-10/${name}`));
  assert.equal(keys, PUBLIC);
  assert.deepEqual(page, { format: 1, record: "2026-10", entries: [entry("sealed", "שלום 🌱 \ud83d")] });
});

test("what is not taken in is handed on again until it is, and not said to be kept before", async () => {
  handed = [];
  const answers = [new Error("no server"), 403, 503, 204];
  answer = () => answers.shift();
  await keep(PLACE, entry("late", "Begin"));
  await until(() => handed.length === 2);
  assert.equal(keptAt.has("late"), false);
  await until(() => keptAt.has("late"));
  assert.equal(handed.length, 4);
  assert.equal(new Set(handed.map(({ path }) => path)).size, 1);
  answer = () => 204;
});

test("a version that nobody has gives way to the next, and others wait beside it", async () => {
  handed = [];
  answer = () => 503;
  await keep(PLACE, entry("one", "B", 1));
  await keep(PLACE, entry("two", "Other", 1));
  await keep(PLACE, entry("one", "Begin", 2));
  await until(() => late() !== null);
  handed = [];
  answer = () => 204;
  await until(() => keptAt.has("one") && keptAt.has("two"));
  const texts = handed.map(({ page }) => page.entries[0].words.text);
  assert.deepEqual(new Set(texts), new Set(["Begin", "Other"]));
  assert.equal(late(), null);
});

test("what belongs to another team is handed to no other", async () => {
  handed = [];
  answer = () => 409;
  await keep(PLACE, entry("foreign", "Begin"));
  await until(() => handed.length === 1);
  await new Promise((done) => setTimeout(done, 1500));
  assert.equal(handed.length, 1);
  assert.equal(keptAt.has("foreign"), false);
});
