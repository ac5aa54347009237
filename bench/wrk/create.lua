-- Registers tenants that do not exist yet. Arguments: path, the beginning of their names, the body with the name left open.
dofile("bench/wrk/report.lua")

local path, beginning, body
local made = 0

function init(args)
  path, beginning = args[1], args[2]
  local file = assert(io.open(args[3]))
  body = file:read("*a")
  file:close()
  wrk.headers["Content-Type"] = "application/json"
  -- nobody waits for the run that sets the tenant up
  wrk.headers["Prefer"] = "wait=0"
end

function request()
  made = made + 1
  return wrk.format("POST", path, nil, (body:gsub("@name@", beginning .. made)))
end
