// The reading view: light up all places of a fact, walk through the marked places by key, copy
// citations, keep the layers in the address. The page is whole without it.
const text = document.querySelector(".text");
const places = [...text.querySelectorAll("a[href^='#']")];
const panels = new Map();
const factsOf = (panel) => [...panel.querySelectorAll("li > a")].map((a) => decodeURIComponent(a.hash.slice(1)));
const cardsAt = (a) => {
  if (!panels.has(a.hash)) {
    const id = decodeURIComponent(a.hash.slice(1)), panel = document.getElementById(id);
    panels.set(a.hash, id.startsWith("f-") ? [id] : panel ? factsOf(panel) : []);
  }
  return panels.get(a.hash);
};

// All places and the card of the facts in `ids`.
function light(ids) {
  for (const a of places) a.classList.toggle("lit", cardsAt(a).some((id) => ids.has(id)));
  for (const card of document.querySelectorAll(".card")) card.classList.toggle("lit", ids.has(card.id));
}
const isFact = (id) => document.getElementById(id)?.dataset.layer !== "a";
text.addEventListener("pointerover", (e) => {
  const a = e.target.closest("a");
  if (!a || !places.includes(a)) return;
  const ids = cardsAt(a);
  light(new Set(ids.some(isFact) ? ids.filter(isFact) : ids));
});
text.addEventListener("pointerleave", () => light(new Set(target())));
document.querySelector(".cards")?.addEventListener("pointerover", (e) => {
  const card = e.target.closest(".card");
  if (card) light(new Set([card.id]));
});

function target() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (id.startsWith("f-")) return [id];
  const panel = id.startsWith("w") && document.getElementById(id);
  const ids = panel ? factsOf(panel) : [];
  return ids.some(isFact) ? ids.filter(isFact) : ids;
}
addEventListener("hashchange", () => light(new Set(target())));

// A long text comes in parts: a fact that is not in this one is in the part that ?fact= finds.
function turn() {
  const id = decodeURIComponent(location.hash.slice(1)), url = new URL(location);
  if (!id.startsWith("f-") || document.getElementById(id) || !document.querySelector(".story .pager")) return;
  if (url.searchParams.get("fact") === id.slice(2)) return;
  url.searchParams.delete("from");
  url.searchParams.set("fact", id.slice(2));
  location.replace(url);
}
addEventListener("hashchange", turn);
turn();

// A place opens its panel without moving the page.
text.addEventListener("click", (e) => {
  const a = e.target.closest("a[href^='#w']");
  if (!a || e.ctrlKey || e.metaKey || e.shiftKey) return;
  const y = scrollY;
  requestAnimationFrame(() => scrollTo({ top: y, behavior: "instant" }));
});

// Keys: j and k walk, Esc closes, digits switch layers. One place is in the tab order, not hundreds;
// the browser shows the page before it hears that.
let at = -1;
requestAnimationFrame(() => setTimeout(() => { for (const [i, a] of places.entries()) a.tabIndex = i === Math.max(at, 0) ? 0 : -1; }));
function go(step) {
  if (!places.length) return;
  places[at]?.classList.remove("here");
  at = (at + step + places.length) % places.length;
  for (const a of places) a.tabIndex = -1;
  const a = places[at];
  a.tabIndex = 0;
  a.classList.add("here");
  a.focus({ preventScroll: true });
  a.scrollIntoView({ block: "center" });
  light(new Set(cardsAt(a)));
}
text.addEventListener("focusin", (e) => { const i = places.indexOf(e.target); if (i >= 0) at = i; });
const boxes = [...document.querySelectorAll(".layers input")];
addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches?.("input:not([type=checkbox]), textarea, select")) return;
  if (e.key === "j" || e.key === "n") go(1);
  else if (e.key === "k") go(at < 0 ? 0 : -1);
  else if (e.key === "Escape" && location.hash.startsWith("#w")) { location.hash = "#-"; places[at]?.focus({ preventScroll: true }); }
  else if (/^[1-7]$/.test(e.key) && boxes[e.key - 1]) boxes[e.key - 1].click();
  else return;
  e.preventDefault();
});
for (const box of boxes)
  box.addEventListener("change", () => {
    const url = new URL(location);
    url.searchParams.set("layers", boxes.filter((b) => b.checked).map((b) => b.value).join("") || "-");
    history.replaceState(null, "", url);
  });

// Copy a citation: its button comes when the citation is opened.
document.querySelector(".cards")?.addEventListener("toggle", ({ target: details }) => {
  const cite = details.open && !details.querySelector(".copy") && details.querySelector(".cite");
  if (!cite) return;
  const button = document.createElement("button");
  button.className = "copy";
  button.textContent = "Copy citation";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(cite.textContent.trim());
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy citation"; }, 1500);
  });
  cite.after(button);
}, true);
if (location.hash) light(new Set(target()));
