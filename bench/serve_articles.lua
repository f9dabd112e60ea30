-- wrk script: the reading view of articles at random. IDS names a file with an id a line, as
--   onrecord sql --store record.db --csv --no-headers 'SELECT uid FROM article'
-- prints. The same seed asks for the same articles in the same order. GZIP=gzip asks for packed pages,
-- as browsers do.
local ids = {}
for line in io.lines(os.getenv("IDS")) do ids[#ids + 1] = line:gsub("\r", "") end
math.randomseed(tonumber(os.getenv("SEED") or "1"))
local headers = os.getenv("GZIP") == "gzip" and { ["Accept-Encoding"] = "gzip" } or {}
request = function()
  return wrk.format("GET", "/article/" .. ids[math.random(#ids)], headers)
end
