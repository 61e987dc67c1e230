// Shows the pages as they were built last, who one is there, and what is wrong with what was saved since.
const find = (query) => document.querySelector(query);
const frame = find(".pages");
const overlay = find(".overlay");
const who = find("#who");
const way = find("#way");
let shown = "pages";
let heard = Number(document.body.dataset.number);
let state = {};

async function ask(what, said) {
  const answer = await fetch(`/-/${what}`, said && {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(said),
  });
  return answer.ok ? answer.json() : {};
}

const options = (select, pairs, chosen) => {
  const made = pairs.map(([value, says]) => new Option(says, value, false, value === chosen));
  select.replaceChildren(...made);
  select.closest("label").hidden = pairs.length < 2;
};
const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);

// The page that is looked at, loaded anew where it is; what was scrolled to stays in sight.
function refresh() {
  const here = frame.contentWindow;
  try {
    const top = here.scrollY;
    frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, top), { once: true });
    here.location.reload();
  } catch {
    home();  // It is at the bank, which is somebody else's.
  }
}
function home() {
  if (shown === "gallery") find(".says").textContent = "the gallery is being hung";
  const start = shown === "gallery" ? "/-/gallery/index.html" : way.value || "/catalog";
  frame.src = state.shows ? start : "/-/nothing";
}

function tell() {
  document.title = `${state.good ? "" : "✗ "}${state.name || "Hosted Pages"} · dev`;
  document.body.dataset.good = state.good ? "yes" : "no";
  find(".name").textContent = state.name || "Hosted Pages";
  find(".says").textContent = state.says;
  find(".day").textContent = state.now;
  const [bad, worth] = [!state.good && state.number > 0, state.told];
  overlay.hidden = !bad;
  find("#overlay-title").textContent = state.broke ? "This is a bug of ours" : "The last save has problems";
  find(".overlay-says").textContent = bad
    ? `${state.says}. ${state.shows ? "Below are the pages of the last good build." : "No page was built yet."}` : "";
  find(".told").textContent = bad ? worth : "";
  options(find("#language"), state.languages, cookie("language"));
  options(find("#theme"), state.themes.map((one) => [one, one]), state.theme);
  if (who.length <= 1) {
    who.append(...state.people.map(([ref, says]) => new Option(`${ref}: ${says}`, ref)));
    const kept = sessionStorage.getItem("who");
    if (kept !== null && state.people.some(([ref]) => ref === kept)) who.value = kept;
  }
}

async function ways(go) {
  const before = way.selectedOptions[0]?.text;
  const { ways: there = [] } = state.shows ? await ask("be", { ref: who.value }) : {};
  const made = there.map((one) => new Option(one.says, one.url));
  way.replaceChildren(...made, new Option("the catalog", "/catalog"));
  const same = [...way.options].find((one) => one.text === before);
  if (!go && same) way.value = same.value;
  if (go) home();
}

async function look(first) {
  const showed = state.shows;
  state = await ask("state");
  heard = state.number;
  tell();
  if (first || (!showed && state.shows)) await ways(true);
  else if (state.good) refresh();
}

new EventSource(`/-/events?after=${heard}`).onmessage = ({ data }) => {
  if (JSON.parse(data).number > heard) look(false);
};
who.addEventListener("change", () => { sessionStorage.setItem("who", who.value); show("pages"); ways(true); });
way.addEventListener("focus", () => ways(false));
way.addEventListener("change", () => { show("pages"); home(); });
find("#language").addEventListener("change", async (event) => { await ask("speak", { language: event.target.value }); refresh(); });
find("#theme").addEventListener("change", (event) => ask("dress", { theme: event.target.value }));
find("#width").addEventListener("change", (event) => { frame.style.width = event.target.value ? `${event.target.value}px` : ""; });
find(".hide").addEventListener("click", () => { overlay.hidden = true; frame.focus(); });
for (const button of document.querySelectorAll("[data-days]")) {
  button.addEventListener("click", async () => {
    const { now } = await ask("travel", { days: Number(button.dataset.days) });
    if (now) find(".day").textContent = now;
    // Links and visits are over when their time is: whoever is somebody comes in again.
    await ways(false);
    if (who.value) await fetch(way.options[0].value);
    refresh();
  });
}
function show(what) {
  shown = what;
  for (const button of document.querySelectorAll("[data-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === what));
  }
}
for (const button of document.querySelectorAll("[data-show]")) {
  button.addEventListener("click", () => { show(button.dataset.show); home(); });
}
frame.addEventListener("load", () => { if (state.says) find(".says").textContent = state.says; });
look(true);
