-- wrk script: every kind of page in turn, half of them packed, and what is no page. IDS names a file
-- with an article's id a line (see serve_articles.lua);
-- ONLY=articles leaves out what asks the whole store; ends wrk after LEFT answers
-- and prints how many had which kind of status.
local ids = {}
for line in io.lines(os.getenv("IDS")) do ids[#ids + 1] = line:gsub("\r", "") end
math.randomseed(tonumber(os.getenv("SEED") or "1"))
local function any() return ids[math.random(#ids)] end
local pages = {
  function() return "/article/" .. any() end, function() return "/article/" .. any() end,
  function() return "/article/" .. any() .. "?p=80&layers=se" end, function() return "/article/" .. any() .. ".json" end,
  function() return "/article/" .. any() .. ".csv" end, function() return "/compare?a=" .. any() .. "&b=" .. any() end,
}
if os.getenv("ONLY") ~= "articles" then for _, path in ipairs { "/", "/help", "/articles", "/articles?sort=title", "/actors", "/actor/name:Iran", "/statements", "/statements?kind=denial",
  "/statements.csv?n=50", "/events.json?n=50", "/events", "/commitments", "/disputes", "/positions", "/search?q=said", "/search?q=%22", "/timeline",
  "/network", "/map", "/compare", "/counts", "/counts?by=month&split=kind", "/openapi.json", "/corrections", "/assets/style.css", "/assets/serif.woff2",
  "/assets/none", "/nothing", "/article/none", "/a/../b", "/article/%ff" } do
  pages[#pages + 1] = function() return path end
end end
local at, got, left = 0, 0, tonumber(os.getenv("LEFT") or "20000")
request = function()
  at = at + 1
  return wrk.format("GET", pages[at % #pages + 1](), at % 2 == 0 and { ["Accept-Encoding"] = "gzip" } or {})
end
local kinds = {}
response = function(status)
  local kind = math.floor(status / 100)
  kinds[kind] = (kinds[kind] or 0) + 1
  got = got + 1
  if got < left then return end
  io.write(string.format("answers %d: 2xx %d, 3xx %d, 4xx %d, 5xx %d\n", got, kinds[2] or 0, kinds[3] or 0, kinds[4] or 0, kinds[5] or 0))
  os.exit(0)
end
