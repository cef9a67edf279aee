// Answers as they leave the browser: sealed, of one length, and openable by those whom they are for.

import assert from "node:assert/strict";
import { test } from "node:test";

const { letter } = await import("../../copehope_lib/widgets/self_check.js");
const { seal } = await import("../../copehope_lib/theme/voila/templates/copehope/static/outbox.js");
const age = await import("../../vendor/node_modules/age-encryption/dist/index.js");

const people = {};
for (const name of ["supervisor", "intake", "other"]) {
  const identity = await age.generateX25519Identity();
  people[name] = { identity, key: await age.identityToRecipient(identity) };
}
const asked = {
  name: "month_check",
  version: 2,
  answers: [0, 1, 2, 3, 4],
  scales: [{ items: [1, 2] }, { items: [3] }],
};
const open = async (sealed, name) => {
  const opener = new age.Decrypter();
  opener.addIdentity(people[name].identity);
  return JSON.parse(await opener.decrypt(sealed, "text"));
};
const wave = (name, length) => ({ to: [people[name].key], intake: people.intake.key, length });
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const her = { answers: { 1: 3, 2: -1, 3: 0, 99: 1 }, slip: "K7QM-2PXD-93TA", id: "0".repeat(32) };

test("the intake opens the slip, and not the answer; the supervisor opens the answer", async () => {
  const sealed = await letter(asked, { "2026-10": wave("supervisor", 2348) }, her, seal);
  const { slip, answers } = await open(sealed, "intake");
  assert.equal(slip, her.slip);
  await assert.rejects(open(bytes(answers["2026-10"]), "intake"));
  assert.deepEqual(await open(bytes(answers["2026-10"]), "supervisor"), {
    format: 1, instrument: "month_check", version: 2, wave: "2026-10", answers: { 1: 3, 3: 0 }, id: her.id,
  });
  await assert.rejects(open(sealed, "supervisor"));
  await assert.rejects(open(sealed, "other"));
});

test("what is sealed has the length that is asked for, whatever was answered", async () => {
  for (const answers of [{}, { 1: 4, 2: 4, 3: 4 }]) {
    const sealed = await letter(asked, { "2026-10": wave("supervisor", 2348) }, { ...her, answers }, seal);
    const given = await open(sealed, "intake");
    assert.equal(bytes(given.answers["2026-10"]).length, 2348);
  }
});

test("a slip may be of each wave that takes answers, so that there is an answer for each", async () => {
  const waves = { "2026-09": wave("supervisor", 2348), "2026-10": wave("other", 2348) };
  const { answers } = await open(await letter(asked, waves, her, seal), "intake");
  assert.deepEqual(Object.keys(answers), ["2026-09", "2026-10"]);
  assert.equal((await open(bytes(answers["2026-09"]), "supervisor")).wave, "2026-09");
  assert.equal((await open(bytes(answers["2026-10"]), "other")).wave, "2026-10");
});
