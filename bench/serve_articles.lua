-- wrk script: the reading view of articles at random. IDS names a file with an id a line, as
--   onrecord sql --store record.db --csv --no-headers 'SELECT uid FROM article'
-- prints. The same seed asks for the same articles in the same order.
local ids = {}
for line in io.lines(os.getenv("IDS")) do ids[#ids + 1] = line end
math.randomseed(tonumber(os.getenv("SEED") or "1"))
request = function()
  return wrk.format("GET", "/article/" .. ids[math.random(#ids)])
end
