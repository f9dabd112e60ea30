// First paint of the reading view: see first_paint. All times in milliseconds after the browser began
// to fetch the page (Performance API: paint and navigation timing).
import { chromium } from "playwright-core";

const base = process.argv[2].replace(/\/$/, ""), loads = Number(process.argv[3] ?? 20);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
const kept = (await (await fetch(`${base}/articles.json?n=2000`)).json()).rows;
let seed = 7;
const below = (n) => (seed = (seed * 48271) % 2147483647) % n; // the same articles every time
const ids = Array.from({ length: loads + 1 }, () => kept[below(kept.length)].article_uid);

// Processor time of the page's own thread, which a loaded machine does not stretch, as it does the clock.
async function metrics(cdp) {
  const all = (await cdp.send("Performance.getMetrics")).metrics;
  return Object.fromEntries(all.map((m) => [m.name, m.value * 1000]));
}

async function load(page, id) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const before = await metrics(cdp);
  await page.goto(`${base}/article/${encodeURIComponent(id)}`, { waitUntil: "load" });
  const times = await page.evaluate(() => new Promise((done) => {
    const tell = () => {
      const paint = performance.getEntriesByName("first-contentful-paint")[0];
      if (!paint) return setTimeout(tell, 5);
      const n = performance.getEntriesByType("navigation")[0];
      done({ paint: paint.startTime, "first byte": n.responseStart, "last byte": n.responseEnd, "DOM": n.domInteractive, load: n.loadEventEnd, kB: n.encodedBodySize / 1000 });
    };
    tell();
  }));
  const after = await metrics(cdp);
  for (const [name, key] of [["tasks", "TaskDuration"], ["style", "RecalcStyleDuration"], ["layout", "LayoutDuration"], ["scripts", "ScriptDuration"]])
    times[name] = after[key] - before[key] >= 0 ? after[key] - before[key] : after[key];
  await cdp.detach();
  return times;
}

const sorted = (a) => a.toSorted((x, y) => x - y), at = (a, part) => sorted(a)[Math.max(0, Math.ceil(part * a.length) - 1)];
function report(name, all) {
  const one = (key) => `${key} ${at(all.map((t) => t[key]), 0.5).toFixed(1)}`;
  console.log(`${name}: first paint median ${at(all.map((t) => t.paint), 0.5).toFixed(0)} ms, p95 ${at(all.map((t) => t.paint), 0.95).toFixed(0)} ms, best ${at(all.map((t) => t.paint), 0).toFixed(0)} ms of ${all.length} loads` +
    ` (medians: ${["first byte", "last byte", "DOM", "load", "kB"].map(one).join(", ")}; processor: ${["tasks", "style", "layout", "scripts"].map(one).join(", ")})`);
}

const first = await browser.newPage(); // the browser's own processes start here, not in the figures
await load(first, ids[loads]);
await first.close();
const cold = [], warm = [];
for (const id of ids.slice(0, loads)) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  cold.push(await load(await context.newPage(), id));
  await context.close();
}
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
const page = await context.newPage();
await load(page, ids[loads]);
for (const id of ids.slice(0, loads)) warm.push(await load(page, id));
report("cold", cold);
report("warm", warm);
await browser.close();
