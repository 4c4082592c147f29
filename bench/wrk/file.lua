-- wrk script: files a dossier with each request; the body is printed by: python -m bench.body
local file = io.open(os.getenv("BODY") or "body.json")
wrk.method, wrk.body = "POST", file:read("*a")
wrk.headers["Content-Type"] = "application/json"
local n, start = 0, os.time()
request = function()
  n = n + 1
  wrk.headers["Idempotency-Key"] = string.format("%d-%d-%s", start, n, tostring(wrk.thread))
  return wrk.format()
end
