// Finds exhibits, shows them in another language, theme, mode and width, and one of them at its real size.
const tools = document.querySelector(".tools");
const cards = [...document.querySelectorAll(".card")];
const sections = [...document.querySelectorAll(".page")];
const found = document.querySelector(".found");
const nothing = document.querySelector(".nothing");
const viewer = document.querySelector(".viewer");
const asked = new URLSearchParams(location.search);

const fields = [...tools.querySelectorAll("[name]")];
const field = (name) => fields.find((one) => one.name === name);
const value = (name) => field(name)?.value ?? "";

// What is there of a card: `theme/language` of each file, the first one always.
const variants = (card) => card.dataset.has.split(" ");
function variant(card) {
  const has = variants(card);
  const [theme, language] = has[0].split("/");
  const wanted = [value("theme") || theme, value("language") || language];
  return has.find((one) => one === wanted.join("/"))
    ?? has.find((one) => one.endsWith(`/${wanted[1]}`)) ?? has[0];
}
const exact = (card) => {
  const [theme, language] = variants(card)[0].split("/");
  return variant(card) === `${value("theme") || theme}/${value("language") || language}`;
};
const address = (card) =>
  `pages/${variant(card)}/${card.dataset.id}.html${value("mode") ? `?mode=${value("mode")}` : ""}`;

// A page is loaded while its card is in sight, and let go of afterwards: a browser does not hold hundreds of them.
const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    target.dataset.seen = isIntersecting ? "yes" : "";
    load(target);
  }
}, { rootMargin: "120px" });
function load(card) {
  const room = card.querySelector(".thumb");
  if (!card.dataset.seen) return room.replaceChildren();
  const frame = room.firstChild ?? document.createElement("iframe");
  const to = address(card);
  if (frame.getAttribute("src") === to) return;
  frame.title = card.dataset.id;
  frame.tabIndex = -1;
  frame.src = to;
  room.replaceChildren(frame);
}

function dress() {
  document.documentElement.dataset.width = value("width");
  for (const card of cards) {
    card.querySelector("a").href = address(card);
    card.classList.toggle("another", !exact(card));
    load(card);
  }
}

const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const heard = new Map(cards.map((card) => {
  const page = card.closest(".page");
  return [card, fold(`${page?.dataset.of ?? ""} ${card.dataset.id} ${card.textContent}`)];
}));

function find() {
  if (!found) return;
  const words = fold(value("words")).split(/\s+/).filter(Boolean);
  const [of, state] = [value("of"), value("state")];
  let count = 0;
  for (const card of cards) {
    const fits = words.every((word) => heard.get(card).includes(word))
      && (!of || card.closest(".page").dataset.of === of)
      && (!state || card.dataset.id.endsWith(`--${state}`))
      && (!value("language") || variant(card).endsWith(`/${value("language")}`))
      && (!value("theme") || variant(card).startsWith(`${value("theme")}/`));
    card.hidden = !fits;
    count += fits;
  }
  for (const section of sections) section.hidden = !section.querySelector(".card:not([hidden])");
  nothing.hidden = count > 0;
  found.textContent = count === cards.length ? "" : `${count} of ${cards.length}`;
}

// What is chosen stands in the address, so that it can be sent to somebody, and goes along to the film strips.
function remember() {
  const said = new URLSearchParams();
  for (const one of fields) if (one.value && one.value !== one.dataset.usual) said.set(one.name, one.value);
  const query = said.size ? `?${said}` : "";
  history.replaceState(null, "", location.pathname + query + location.hash);
  for (const link of document.querySelectorAll(".top a")) {
    const kept = new URLSearchParams([...said].filter(([name]) => ["language", "theme", "mode", "width"].includes(name)));
    link.search = kept.toString();
  }
}

const seen = () => cards.filter((card) => !card.hidden);
function open(card) {
  viewer.querySelector("h2").textContent = card.dataset.id;
  viewer.querySelector(".viewer-says").textContent = card.querySelector("p").textContent;
  viewer.querySelector(".viewer-alone").href = address(card);
  const frame = document.createElement("iframe");
  frame.title = card.dataset.id;
  frame.src = address(card);
  viewer.querySelector(".viewer-page").replaceChildren(frame);
  viewer.dataset.id = card.dataset.id;
  if (!viewer.open) viewer.showModal();
  history.replaceState(null, "", `${location.pathname}${location.search}#${card.dataset.id}`);
}
function go(by) {
  const shown = seen();
  const at = shown.findIndex((card) => card.dataset.id === viewer.dataset.id);
  open(shown[(at + by + shown.length) % shown.length]);
}
const named = () => cards.find((card) => card.dataset.id === decodeURIComponent(location.hash.slice(1)));

for (const one of fields) {
  one.dataset.usual = one.value;
  if (asked.has(one.name)) one.value = asked.get(one.name);
}
tools.hidden = false;
tools.addEventListener("input", () => { dress(); find(); remember(); });
document.querySelector("main").addEventListener("click", (event) => {
  const card = event.target.closest(".card");
  if (!card || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(card);
});
viewer.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.go) go(Number(button.dataset.go));
  if (button && "close" in button.dataset) viewer.close();
});
viewer.addEventListener("keydown", (event) => {
  if (event.key === "ArrowLeft") go(-1);
  if (event.key === "ArrowRight") go(1);
});
viewer.addEventListener("close", () => {
  viewer.querySelector(".viewer-page").replaceChildren();
  const card = cards.find((one) => one.dataset.id === viewer.dataset.id);
  history.replaceState(null, "", location.pathname + location.search);
  card?.querySelector("a").focus();
});
addEventListener("hashchange", () => { const card = named(); if (card) open(card); });
addEventListener("keydown", (event) => {
  if (event.key === "/" && field("words") && !viewer.open && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    field("words").focus();
  }
});

for (const card of cards) sight.observe(card);
dress();
find();
remember();
if (named()) open(named());
