-- wrk script: takes a step of each dossier once, in the version it was filed in, then ends.
-- CODES names a file with a code on each line; STEP, PATTERN and VERSION fit another system.
-- Give wrk one thread (-t1): each thread would begin with the first code again.
local codes = {}
for line in io.lines(os.getenv("CODES") or "codes.txt") do codes[#codes + 1] = line end
local pattern = os.getenv("PATTERN") or "/api/v1/dossiers/%s/steps"
local n, start = 0, os.time()
wrk.headers["Content-Type"] = "application/json"
wrk.headers["If-Match"] = os.getenv("VERSION") or '"1"'
request = function()
  n = n + 1
  if n > #codes then wrk.thread:stop() n = #codes end
  wrk.headers["Idempotency-Key"] = string.format("%d-%d", start, n)
  return wrk.format("POST", string.format(pattern, codes[n]), nil,
    os.getenv("STEP") or '{"step": "accept"}')
end
