// The pages as a person meets them: every page loads without an error, asks nothing of any other
// machine, has nothing serious for axe-core at three widths in light and dark; its controls work; the
// reading view is whole without scripts. Screenshots are left in SHOTS to be looked at.
import { chromium } from "playwright-core";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, loadavg } from "node:os";
import { deepStrictEqual as same, ok } from "node:assert";

const base = process.argv[2].replace(/\/$/, "");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
mkdirSync(shots, { recursive: true });
const only = process.env.ONLY ? new RegExp(process.env.ONLY) : null;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
let passed = 0, failed = 0;

async function test(name, body, options = {}) {
  if (only && !only.test(name)) return;
  // axe is put in from outside, which a page's policy would forbid; the policy itself is tested below
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: !!options.axe, ...options });
  const trouble = [];
  const page = await context.newPage();
  page.on("pageerror", (e) => trouble.push(`error: ${e.message}`));
  page.on("console", (m) => { if (m.type() === "error" || m.type() === "warning") trouble.push(`console: ${m.text()}`); });
  page.on("request", (q) => { if (!q.url().startsWith(base + "/") && !q.url().startsWith("data:")) trouble.push(`asks ${q.url()}`); });
  page.setDefaultTimeout(10000);
  try {
    await body(page);
    same(options.expect ? [] : trouble, []);
    passed++;
    console.log(`ok   ${name}`);
  } catch (e) {
    failed++;
    console.log(`FAIL ${name}\n     ${String(e.message ?? e).split("\n").slice(0, 12).join("\n     ")}`);
  }
  await context.close();
}

const articles = (await (await fetch(`${base}/articles.json`)).json()).rows;
ok(articles.length >= 8, "the store holds the examples");
const article = articles.find((a) => a.article_uid.includes("wire")) ?? articles[0];
const statement = (await (await fetch(`${base}/statements.json?n=1`)).json()).rows[0];
const views = ["/", "/help", `/article/${article.article_uid}`, "/articles", "/actors", `/actor/name:${encodeURIComponent(statement.who ?? "x")}`,
  "/statements", "/events", "/commitments", "/disputes", "/positions", "/search?q=said", "/timeline", "/network", "/map", "/corrections", `/fact/${statement.article_uid}/${statement.uid}`, "/commitments?status=changed",
  "/compare?a=The+Daily+Wire&b=The+Evening+Post", "/compare", `/compare?a=${article.article_uid}&b=${articles[1].article_uid}`, "/counts", "/counts?per=month&split=kind", "/nothing"];
const sizes = [["phone", 390, 844, "dark"], ["tablet", 768, 1024, "light"], ["desk", 1400, 950, "light"]];

for (const [size, width, height, colorScheme] of sizes)
  await test(`every page at ${width} pixels, ${colorScheme}: loads, fits, nothing serious for axe`, async (page) => {
    const serious = [];
    for (const view of views) {
      const answer = await page.goto(base + view);
      if (view !== "/nothing" && answer.status() !== 200) serious.push(`${view}: ${answer.status()}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const torn = await page.evaluate(() => [...document.querySelectorAll("table.rows td.who a")].filter((a) => {
        const range = document.createRange(), text = a.firstChild;
        for (const word of text?.textContent.matchAll(/\S+/g) ?? []) {
          range.setStart(text, word.index);
          range.setEnd(text, word.index + word[0].length);
          if (word[0].length < 18 && range.getClientRects().length > 1 && !/[-\u2013]/.test(word[0])) return true;
        }
        return false;
      }).map((a) => a.textContent));
      if (torn.length) serious.push(`${view}: names broken in the middle of a word: ${torn}`);
      if (wide > 0) serious.push(`${view}: ${wide} pixels wider than the window`);
      await page.screenshot({ path: `${shots}/${size}-${view.replace(/[^a-z]+/g, "_").slice(0, 40)}.png` });
      if (size === "tablet") continue; // the rules do not look at what lies between
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }));
      for (const v of found.violations)
        if (v.impact === "serious" || v.impact === "critical")
          serious.push(`${view}: ${v.id}: ${v.nodes.length} × ${v.nodes[0].target} ${v.nodes[0].failureSummary?.split("\n")[1] ?? ""}`);
    }
    same(serious, []);
  }, { viewport: { width, height }, colorScheme, axe: true, expect: true });

await test("no page breaks its own policy or asks another machine", async (page) => {
  for (const view of views.slice(0, -1)) await page.goto(base + view);
});

// The aim is 100 ms on a quiet machine (bench/first_paint measures it); here the machine is busy, so the
// clock has the load's share, and the processor time of the page's own thread is held to it as well.
await test("the reading view is painted at once", async (page) => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () => Object.fromEntries((await cdp.send("Performance.getMetrics")).metrics.map((m) => [m.name, m.value * 1000]));
  let paint = Infinity, work = Infinity;
  for (let i = 0; i < 5; i++) {
    const a = await busy();
    await page.goto(`${base}/article/${articles[i].article_uid}`);
    paint = Math.min(paint, await page.evaluate(() => new Promise((done) => {
      const tell = () => { const p = performance.getEntriesByName("first-contentful-paint")[0]; p ? done(p.startTime) : setTimeout(tell, 5); };
      tell();
    })));
    const b = await busy();
    work = Math.min(work, ["RecalcStyleDuration", "LayoutDuration", "ScriptDuration"].reduce((n, k) => n + (b[k] >= a[k] ? b[k] - a[k] : b[k]), 0));
  }
  const busyness = Math.max(1, 2 * loadavg()[0] / availableParallelism());
  ok(paint < 100 * busyness, `first paint after ${paint.toFixed(0)} ms at load ${loadavg()[0]}`);
  ok(work < 100, `${work.toFixed(0)} ms of style, layout and scripts`);
});

await test("a text that is pasted is read at once", async (page) => {
  await page.goto(base);
  await page.fill("textarea", "Minister denies leak\n\nThe minister told reporters in Oslo: \"We did not sell the data.\"");
  await page.fill("[name=publisher]", "The Example Times");
  await page.click("text=Read it");
  await page.waitForURL("**/read/*");
  ok(/Minister denies leak/.test(await page.textContent("h1")));
  ok(/We did not sell the data/.test(await page.textContent(".cards [data-layer=s]")));
  ok(/The Example Times/.test(await page.textContent(".kicker")));
});

await test("a file that is chosen is read; an article's markup is text", async (page) => {
  await page.goto(base);
  await page.setInputFiles("[name=file]", { name: "a.txt", mimeType: "text/plain",
    buffer: Buffer.from("A title <script>document.title='taken'</script>\n\nShe said <img src=x onerror=\"document.title='taken'\"> it was over.\n") });
  await page.click("text=Read it");
  await page.waitForURL("**/read/*");
  same(await page.locator("main img, main script").count(), 0);
  ok(/<img src=x/.test(await page.textContent(".text")));
  ok((await page.title()) !== "taken");
});

const reading = `${base}/article/${article.article_uid}`;
await test("a marked place shows all its facts; a fact its card; Esc closes", async (page) => {
  await page.goto(reading);
  const place = page.locator(".text a.s").first();
  await place.click();
  const panel = page.locator(".point:target");
  ok(await panel.isVisible());
  ok((await panel.locator("li").count()) >= 1);
  await page.keyboard.press("Escape");
  same(await page.locator(".point:target").count(), 0);
  await place.click();
  await panel.locator("li a").first().click();
  await page.locator(".card:target").waitFor();
  await page.locator(".card:target summary").click();
  ok(/bytes \d+/.test(await page.locator(".card:target .cite").textContent()));
});

await test("overlapping facts keep a line each", async (page) => {
  await page.goto(reading);
  const both = page.locator(".text a.s.s2, .text a.s.c, .text a.s.p, .text a.c.p").first();
  ok(await both.count(), "some facts overlap");
  const drawn = await both.evaluate((a) => getComputedStyle(a).backgroundImage.match(/rgb\([^)]*\)|rgba\([^)]*\)/g).filter((c) => !/, 0\)$/.test(c)).length);
  ok(drawn >= 2, `${drawn} lines`);
});

await test("layers are switched by mouse and key, and stand in the address", async (page) => {
  await page.goto(reading);
  const line = () => page.locator(".text a.s").first().evaluate((a) => getComputedStyle(a).getPropertyValue("--s1"));
  const before = await line();
  await page.click("label:has(#show-s)");
  ok((await line()) !== before);
  ok(!new URL(page.url()).searchParams.get("layers").includes("s"));
  await page.keyboard.press("1");
  same(await line(), before);
  await page.keyboard.press("j");
  ok(await page.evaluate(() => document.activeElement.closest(".text") !== null));
});

await test("the reading view is whole without scripts", async (page) => {
  await page.goto(reading);
  await page.locator(".text a.s").first().click();
  ok(await page.locator(".point:target").isVisible());
  await page.locator(".point:target .close").click();
  await page.click("label:has(#show-s)");
  ok(/transparent/.test(await page.locator(".text a.s").first().evaluate((a) => getComputedStyle(a).getPropertyValue("--s1"))));
  await page.goto(base);
  await page.fill("textarea", "Nobody came, he said.");
  await page.click("text=Read it");
  await page.waitForURL("**/read/*");
}, { javaScriptEnabled: false });

// What a page's own JSON says stands behind an address: rows in all, or all links of a fact.
async function behind(url) {
  const u = new URL(url);
  u.hash = "";
  u.pathname += ".json";
  const answer = await fetch(u);
  if (!answer.ok) throw new Error(`${u}: ${answer.status}`);
  return answer.json();
}
const counting = ["/", "/counts", "/counts?per=month&split=kind", "/counts?split=publisher&since=2018-07-03", "/network", "/map", "/timeline",
  "/actors", "/articles", "/statements", "/commitments", `/actor/name:${encodeURIComponent("Anna Brandt")}`,
  "/compare?a=The+Daily+Wire&b=The+Evening+Post", "/statements?publisher=The+Evening+Post"];
await test("each number leads to so many rows; from there one click to the sentence", async (page) => {
  const wrong = [];
  let links = 0;
  for (const view of counting) {
    await page.goto(base + view);
    const found = await page.evaluate(() => [...document.querySelectorAll("main a[href]:not([aria-current])")].map((a) => {
      const own = [...a.childNodes].filter((n) => !n.classList?.contains("vh"));
      const title = a.querySelector("title")?.textContent.match(/: ([\d\u202f]+)$/)?.[1];
      const bold = a.matches(".overview a") ? a.querySelector("b")?.textContent : a.matches(".facets a") ? a.querySelector("small")?.textContent : null;
      return { href: new URL(a.getAttribute("href"), location).href, n: title ?? bold ?? own.map((n) => n.textContent).join("").trim() };
    }).filter((l) => /^[\d\u202f]+$/.test(l.n)));
    ok(found.length > 0, `${view} has numbers`);
    for (const { href, n } of found) {
      const url = new URL(href), want = Number(n.replaceAll("\u202f", ""));
      if (url.pathname === "/compare" || url.searchParams.has("page")) continue;
      links++;
      const data = await behind(url);
      const got = data.total ?? data.sections?.tellings?.rows.filter((r) => r.later && /^(this|copy|same|repeats)$/.test(r.link)).length;
      if (got !== want) wrong.push(`${view}: ${want} leads to ${got} ${url.pathname}${url.search}`);
    }
    const bare = await page.evaluate(() => [...document.querySelectorAll("main td.num")].filter((d) => /[1-9]/.test(d.textContent) && !d.querySelector("a, .p")).length);
    if (bare) wrong.push(`${view}: ${bare} numbers lead nowhere`);
  }
  same(wrong, []);
  ok(links > 300, `${links} numbers`);
  await page.goto(`${base}/counts`);
  await page.locator("tbody td.num a").first().click();
  await page.waitForURL("**/search?*");
  await page.locator("td.said a").first().click();
  await page.waitForURL("**/article/*");
  ok(await page.locator(".card:target .says").isVisible());
});

await test("marks of the timeline, edges and countries lead to facts; each chart has its data and its SQL", async (page) => {
  for (const view of ["/timeline", "/network", "/map", "/counts", "/actor/name:Anna%20Brandt"]) {
    await page.goto(base + view);
    const drawn = await page.evaluate(() => ({
      bare: [...document.querySelectorAll(".chart svg :is(.mark, .edge, .part, circle, .n1, .n2, .n3, .n4, .n5)")].filter((x) => !x.closest("a[href]")).length,
      marks: document.querySelectorAll(".chart svg a[href]").length, table: document.querySelectorAll("main table tbody tr").length,
      sql: document.querySelectorAll("details.sql pre").length }));
    same(drawn.bare, 0, `${view}: marks that lead nowhere`);
    ok(drawn.marks > 0 && drawn.table > 0 && drawn.sql > 0, `${view}: ${JSON.stringify(drawn)}`);
  }
});

await test("two outlets side by side: what both tell, in which words, what one lacks", async (page) => {
  await page.goto(`${base}/compare`);
  await page.locator(".pairs a", { hasText: "The Daily Wire ↔ The Evening Post" }).first().click();
  const data = (await behind(page.url())).sections.facts.rows;
  const of = (part) => data.filter((r) => r.part === part).length;
  same(await page.locator("table.beside tbody tr").count(), of("both"));
  ok(of("both") > 4 && of("only-a") > 0 && of("only-b") > 0);
  await page.click(".tallies >> text=only in The Evening Post");
  same(await page.locator(".alone li").count(), of("only-b"));
  await page.locator(".alone .words").first().click();
  await page.locator(".card:target").waitFor();
  await page.goto(`${base}/compare?a=wire-dam-1&b=post-dam-2`);
  ok((await page.locator("table.beside th").allTextContents()).join().includes("Dam operator strikes back"));
  ok((await page.locator("table.beside tr[data-differ=words] mark").count()) > 0, "words that differ are marked");
  same(await page.locator("table.beside tr[data-differ=no] mark").count(), 0);
  await page.goto(`${base}/compare?a=nobody&b=post-dam-2`);
  ok(/neither an article/.test(await page.textContent("main")));
});

await test("a commitment has a life; a claim those who deny it, in other articles too", async (page) => {
  await page.goto(`${base}/commitments?q=visit`);
  await page.locator("td a.kind[data-kind=changed]").first().waitFor();
  await page.locator("tr", { has: page.locator("a.kind[data-kind=changed]") }).locator("td[data-title=Told] a").click();
  const life = await page.locator(".life > li").evaluateAll((all) => all.map((x) => x.dataset.link));
  ok(life.includes("this") && life.includes("same") && life.includes("changes"), life.join());
  await page.locator(".life [data-link=changes] .words").first().click();
  await page.waitForURL("**/article/wire-dam-3#*");
  await page.goto(`${base}/disputes?q=hid`);
  const row = page.locator("tbody tr").first();
  ok(/Paul Lindgren/.test(await row.locator(".answers").first().textContent()));
  await row.locator(".answers a").first().click();
  await page.locator(".card:target").waitFor();
});

await test("near copies are folded and unfolded", async (page) => {
  await page.goto(`${base}/statements?q=gamble`);
  same(await page.locator("tbody tr").count(), 1);
  same(await page.locator("td[data-title=Told]").textContent().then(parseFloat), 2);
  await page.click("text=Show it");
  same(await page.locator("tbody tr").count(), 2);
  await page.goto(`${base}/articles?q=gamble`);
  await page.locator("td[data-title='Near copies'] a").click();
  ok(/unfold=1/.test(page.url()));
  same(await page.locator("tbody tr").count(), 1);
});

await test("an id that ends like a twin is a page, and has twins of its own", async (page) => {
  await page.goto(`${base}/articles?q=harbour`);
  await page.click("text=Harbour fees");
  ok(/Harbour fees/.test(await page.textContent("h1")));
  const href = await page.getAttribute(".twins a >> nth=0", "href");
  same((await (await fetch(base + href)).json()).id, "harbour.json");
  await page.locator(".text a.s").first().click();
  ok(await page.locator(".point:target").isVisible());
});

await test("long words are cut, with the rest to unfold; filters that are set go one by one", async (page) => {
  await page.goto(`${base}/statements?who=Brandt&p=1`);
  same(await page.locator(".chips li").count(), 2);
  await page.locator(".chips a").first().click();
  same(await page.locator(".chips li").count(), 1);
  await page.goto(`${base}/statements?q=harbour`);
  const rest = page.locator("td details.rest").first();
  await rest.locator("summary").click();
  ok(/and so on to the end of it/.test(await rest.textContent()));
  await page.goto(`${base}/statements?q=zzyzx`);
  await page.click("text=Take all filters out");
  ok((await page.locator("tbody tr").count()) > 5);
});

await test("heads of tables stay in sight", async (page) => {
  await page.goto(`${base}/statements`);
  await page.evaluate(() => scrollTo({ top: 1500, behavior: "instant" }));
  const top = await page.locator("table.rows thead th").first().evaluate((x) => x.getBoundingClientRect().top);
  ok(top >= 0 && top < 5, `${top}`);
});

await test("tables are filtered, sorted and linked to their data", async (page) => {
  await page.goto(`${base}/statements`);
  const all = await page.textContent("h1 small");
  await page.locator(".facets a").first().click();
  ok((await page.textContent("h1 small")) !== all);
  await page.fill("[name=p]", "60");
  await page.click("text=Filter");
  const url = new URL(page.url());
  ok(url.searchParams.get("kind") && url.searchParams.get("p") === "60");
  await page.click("thead >> text=Sure");
  ok(page.url().includes("sort=p"));
  const link = await page.getAttribute(".twins a >> nth=0", "href");
  const data = await page.evaluate(async (u) => (await fetch(u)).json(), link);
  ok(data.rows.every((r) => r.p >= 0.6 && r.kind === url.searchParams.get("kind")));
  ok(data.sql.includes("0.0") || data.sql.includes("f.p >= 60"));
});

await test("a range dragged over the timeline narrows it down", async (page) => {
  await page.goto(`${base}/timeline`);
  const svg = page.locator("svg.timeline[data-from]");
  if (!(await svg.count())) return;
  const box = await svg.boundingBox();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, box.y + 8, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL("**since=*");
});

await test("the search field takes words, phrases and what is no expression", async (page) => {
  for (const q of ["minister", "\"the minister\"", "min*", "AND OR NOT", "\"", "a\"b", "*", "-", "'; DROP TABLE fact; --", "NEAR(x", "ä ß 中"]) {
    await page.goto(base);
    await page.fill(".find input", q);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search?*");
    same(await page.locator("h1").textContent().then((t) => /^Facts/.test(t)), true, q);
  }
});

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
