// What every page gets beside its HTML: "/" goes to the search field. Nothing here is needed.
// On a phone the views scroll sideways: the present one comes into sight.
const views = document.querySelector(".masthead nav"), here = views?.querySelector("[aria-current]");
if (here && views.scrollWidth > views.clientWidth) views.scrollLeft = here.offsetLeft - views.clientWidth / 2;
addEventListener("keydown", (e) => {
  if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.target.matches?.("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector(".find input");
  if (!field) return;
  e.preventDefault();
  field.focus();
  field.select();
});
