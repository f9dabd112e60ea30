// What every page gets beside its HTML: "/" goes to the search field. Nothing here is needed.
addEventListener("keydown", (e) => {
  if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.target.matches?.("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector(".find input");
  if (!field) return;
  e.preventDefault();
  field.focus();
  field.select();
});
