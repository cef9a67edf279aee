// What the script of the self-check makes of answers: a line of JSON in, a line of JSON out.

import { createInterface } from "node:readline";

const { earlier, kept, mattering, reading, score } = await import("../../copehope_lib/widgets/self_check.js");

let page;
for await (const line of createInterface({ input: process.stdin })) {
  const { page: other, language, answers = {}, file } = JSON.parse(line);
  page = other ?? page;
  const said = page.spoken[language ?? page.language];
  const made = {
    scores: score(page.asked, answers),
    reading: reading(page.asked, said, answers),
    mattering: mattering(page.asked, said, answers),
    kept: kept(page.asked, "2026-10", answers),
    earlier: file === undefined ? null : earlier(page.asked, file),
  };
  console.log(JSON.stringify(made));
}
