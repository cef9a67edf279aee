// The frame of a page, before its kernel is up: language, dark or light, projector, links.
(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  // Whoever has come in is known by a cookie: the token need not stand where it is copied.
  if (asked.has("token")) {
    asked.delete("token");
    history.replaceState(null, "", location.pathname + (asked.size ? `?${asked}` : ""));
  }
  const words = JSON.parse(document.getElementById("ch-words").textContent);
  let language = words[asked.get("lang")] ? asked.get("lang") : root.lang;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  // Whoever sent this view sees it anew before the cards are drawn.
  if ([...asked.keys()].some((name) => !["lang", "view"].includes(name)) || language !== root.lang) {
    root.classList.add("ch-waiting");
  }
  root.classList.toggle("ch-projector", asked.get("view") === "projector");
  root.lang = language;

  const look = () => document.dispatchEvent(new Event("ch-look"));

  function light() {
    const kept = localStorage.getItem("copehope-light");
    const day = kept ? kept === "light" : !dark.matches;
    document.body.dataset.jpThemeLight = String(day);
    document.getElementById("ch-dark")?.setAttribute("aria-pressed", String(!day));
    look();
  }

  function links() {
    for (const link of document.querySelectorAll(".ch-nav a, .ch-pages a")) {
      const wanted = new URLSearchParams(location.search);
      for (const name of [...wanted.keys()]) {
        if (!["lang", "view", "month", "since", "site"].includes(name)) wanted.delete(name);
      }
      link.search = wanted.toString();
    }
    for (const link of document.querySelectorAll(".ch-languages a")) {
      const wanted = new URLSearchParams(location.search);
      wanted.set("lang", link.lang);
      link.search = wanted.toString();
      link.toggleAttribute("aria-current", link.lang === language);
      if (link.lang === language) link.setAttribute("aria-current", "true");
    }
  }

  function speak() {
    for (const place of document.querySelectorAll("[data-word]")) {
      place.textContent = words[language][place.dataset.word] ?? place.textContent;
    }
    for (const place of document.querySelectorAll("[data-label]")) {
      place.setAttribute("aria-label", words[language][place.dataset.label]);
    }
    const page = document.querySelector(".ch-nav [aria-current]");
    if (page) document.title = `${page.textContent} · Copehope`;
  }

  // A page that must not be loaded anew changes its words where it stands, and says so.
  function turn(event) {
    const link = event.currentTarget;
    const heard = new CustomEvent("ch-language", { detail: link.lang, cancelable: true });
    if (document.dispatchEvent(heard)) return;
    event.preventDefault();
    language = root.lang = link.lang;
    history.replaceState(null, "", link.href);
    speak();
    links();
    tell();
  }

  function buttons() {
    for (const link of document.querySelectorAll(".ch-languages a")) link.addEventListener("click", turn);

    document.getElementById("ch-dark")?.addEventListener("click", () => {
      const day = document.body.dataset.jpThemeLight === "true";
      localStorage.setItem("copehope-light", day ? "dark" : "light");
      light();
    });
    const projector = document.getElementById("ch-projector");
    projector?.setAttribute("aria-pressed", String(root.classList.contains("ch-projector")));
    projector?.addEventListener("click", () => {
      const on = root.classList.toggle("ch-projector");
      const query = new URLSearchParams(location.search);
      if (on) query.set("view", "projector");
      else query.delete("view");
      history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}`);
      projector.setAttribute("aria-pressed", String(on));
      links();
      look();
    });
  }

  // What is not kept, and a page that has lost its kernel, stand on top until they are mended.
  let unkept = null;
  let silent = false;
  let tried = false;
  function tell() {
    const bar = document.getElementById("ch-bar");
    if (!bar) return;
    const told = words[language];
    const time = unkept?.toLocaleTimeString(language, { timeStyle: "short", hourCycle: "h23" });
    const said = [unkept ? told.unkept.replace("{time}", time) : told.silent, tried ? told.no_answer : ""];
    bar.hidden = !unkept && !silent;
    const line = bar.querySelector("p");
    if (line.textContent !== said.join(" ").trim()) line.textContent = said.join(" ").trim();
    bar.querySelector("button").hidden = !silent;
  }

  // The page is left only for one that answers.
  async function again() {
    const answer = await fetch(location.href, { method: "HEAD" }).catch(() => null);
    if (answer) location.reload();
    tried = true;
    tell();
  }

  function hush(now) {
    silent = now;
    root.classList.toggle("ch-silent", now);
    tell();
  }

  // The platform marks what its kernel has left, and reopens a connection that broke off, or tries.
  const LEFT = "jupyter-widgets-disconnected";
  let left = false;
  const watch = new MutationObserver((changes) => {
    left = changes.some(({ target }) => target.classList.contains(LEFT));
    if (!left) return;
    watch.disconnect();
    hush(true);
  });
  const Socket = WebSocket;
  let broken;
  globalThis.WebSocket = class extends Socket {
    constructor(...about) {
      super(...about);
      this.addEventListener("close", () => (broken ??= setTimeout(hush, 3000, true)));
      this.addEventListener("open", () => {
        clearTimeout(broken);
        if (broken) hush(left);
        broken = undefined;
      });
    }
  };

  function begin() {
    watch.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["class"] });
    document.querySelector("#ch-bar button")?.addEventListener("click", again);
    speak();
    links();
    buttons();
    light();
  }

  document.addEventListener("ch-kept", ({ detail }) => {
    unkept = detail;
    tell();
  });
  document.addEventListener("ch-address", links);
  dark.addEventListener("change", light);
  // Paper is light: pictures follow the style sheet, which knows that it prints.
  addEventListener("beforeprint", look);
  addEventListener("afterprint", look);
  if (document.querySelector(".ch-header")) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
