-- wrk script: reads one dossier after the other; CODES names a file with a code on each line,
-- PATTERN where a code stands in the address of another system (default /api/v1/dossiers/%s)
local codes = {}
for line in io.lines(os.getenv("CODES") or "codes.txt") do codes[#codes + 1] = line end
local pattern, n = os.getenv("PATTERN") or "/api/v1/dossiers/%s", 0
request = function()
  n = n % #codes + 1
  return wrk.format("GET", string.format(pattern, codes[n]))
end
