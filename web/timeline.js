// Drag over the timeline to narrow the time down: sets since and until in the address. The fields
// above do the same without it.
const svg = document.querySelector("svg.timeline[data-from]");
if (svg) {
  const day = (s) => Date.parse(s) / 864e5;
  const { from, to, left, right } = svg.dataset;
  const place = (e) => {
    const p = new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return Math.min(+right, Math.max(+left, p.x));
  };
  const date = (x) =>
    new Date((day(from) + ((x - left) / (right - left)) * (day(to) - day(from))) * 864e5).toISOString().slice(0, 10);
  let start = null;
  const band = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  band.setAttribute("class", "band");
  band.setAttribute("height", "100%");
  svg.addEventListener("pointerdown", (e) => {
    if (e.button || e.target.closest("a")) return;
    const p = new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
    if (p.x < left) return;
    start = place(e);
    svg.setPointerCapture(e.pointerId);
    svg.append(band);
  });
  svg.addEventListener("pointermove", (e) => {
    if (start === null) return;
    const x = place(e);
    band.setAttribute("x", Math.min(start, x));
    band.setAttribute("width", Math.abs(x - start));
  });
  svg.addEventListener("pointerup", (e) => {
    if (start === null) return;
    const [a, b] = [start, place(e)].sort((x, y) => x - y);
    start = null;
    band.remove();
    if (b - a < 6) return;
    const url = new URL(location);
    url.searchParams.set("since", date(a));
    url.searchParams.set("until", date(b));
    location = url;
  });
}
