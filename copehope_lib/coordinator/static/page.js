// A window says that it is open, takes files that are dropped, and reads again what is answered.
const held = new EventSource("window");
const look = () => (document.querySelector(".co-gone").hidden = held.readyState === 1);
held.onopen = look;
// A page that is left loses its connection, too.
held.onerror = () => setTimeout(look, 2000);

function busy(yes) {
  document.querySelector(".co-busy").hidden = !yes;
  document.body.classList.toggle("co-waits", yes);
}

const fits = ({ files }) =>
  [...(files ?? [])].reduce((sum, file) => sum + file.size, 0) <= Number(document.body.dataset.most);

document.addEventListener("submit", (event) => {
  const field = event.target.querySelector("[type=file]");
  if (!field || fits(field)) return busy(true);
  event.preventDefault();
  alert(document.body.dataset.tooLarge);
});
addEventListener("pageshow", () => busy(false));

for (const what of ["dragover", "drop"])
  document.addEventListener(what, (event) => {
    const field = document.getElementById("files");
    event.preventDefault();
    if (what === "dragover" || !field || !event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    field.form.requestSubmit();
  });

// Whoever ends an answer with the Enter key has not looked at what comes of it yet.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("form[data-again] input:not([type=password])")) return;
  event.preventDefault();
  event.target.blur();
});

const reached = () => [...document.querySelectorAll("main :is(a, input, select, button, summary)")];

document.addEventListener("change", async ({ target }) => {
  const form = target.closest("form[data-again]");
  if (target.id === "files") return target.form.requestSubmit();
  if (!form || target.type === "password") return;
  busy(true);
  const body = new URLSearchParams(new FormData(form));
  for (const one of form.querySelectorAll("[type=password]")) body.delete(one.name);
  const answer = await fetch(form.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  page.querySelector("noscript")?.remove();
  const typed = [...form.querySelectorAll("[type=password]")].map((one) => one.value);
  const open = [...document.querySelectorAll("details")].map((one) => one.open);
  const here = document.activeElement === document.body ? target : document.activeElement;
  const place = reached().indexOf(here);
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.querySelectorAll("[type=password]").forEach((one, n) => (one.value = typed[n] ?? ""));
  document.querySelectorAll("details").forEach((one, n) => (one.open = open[n]));
  (document.getElementById(here.id) ?? reached()[place])?.focus();
  busy(false);
});
