-- Posts the lines of a file, one after the other and again. Arguments: path, the file.
dofile("bench/wrk/report.lua")

local requests = {}
local at = 0

function init(args)
  wrk.headers["Content-Type"] = "application/json"
  for body in io.lines(args[2]) do
    requests[#requests + 1] = wrk.format("POST", args[1], nil, body)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end
