-- Gives out a part of what a rate allows, so that what may be spent in any one second is never more than the budget.
-- KEYS: the hash of the rate. ARGV: budget, wanted, milliseconds since 1970 or '' for the clock of Redis, then pairs of a slot
-- and what was not spent of it.
-- A field is a slot of 50 ms in which leases end, its value what was leased until then. A lease counts from when it is given until
-- a second after its end: whatever is spent within one second is in the sum at the moment the last lease of it is given.
-- Returns: given, milliseconds it may be spent for, its slot, left, milliseconds until something comes free, 1 where the key held
-- what this script has not written.
local now
if ARGV[3] == '' then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
else
  now = tonumber(ARGV[3])
end
local slot = math.floor(now / 50)
local budget = tonumber(ARGV[1])

local foreign = 0
local kind = redis.call('TYPE', KEYS[1]).ok
local all = {}
if kind == 'hash' then
  all = redis.call('HGETALL', KEYS[1])
elseif kind ~= 'none' then
  foreign = 1
end

local returned = {}
for i = 4, #ARGV, 2 do
  returned[ARGV[i]] = (returned[ARGV[i]] or 0) + tonumber(ARGV[i + 1])
end

local used = 0
local first
local counts = {}
for i = 1, #all, 2 do
  local ends, count = tonumber(all[i]), tonumber(all[i + 1])
  if not ends or not count or count < 0 then
    foreign = 1
    break
  end
  if ends < slot - 20 then
    redis.call('HDEL', KEYS[1], all[i])
  elseif ends <= slot + 20 then
    local back = math.min(count, returned[all[i]] or 0)
    if back > 0 then
      count = count - back
      redis.call('HSET', KEYS[1], all[i], string.format('%.0f', count))
    end
    used = used + count
    counts[all[i]] = count
    if count > 0 and (not first or ends < first) then
      first = ends
    end
  end
end
if foreign == 1 then
  redis.call('DEL', KEYS[1])
  used = 0
  first = nil
  counts = {}
end

local given = math.max(0, math.min(tonumber(ARGV[2]), budget - used))
local lasts = 50
if (used + given) * 2 <= budget then
  lasts = 1000
end
local ends = string.format('%.0f', math.floor((now + lasts) / 50))
if given > 0 then
  redis.call('HSET', KEYS[1], ends, string.format('%.0f', (counts[ends] or 0) + given))
end
if used + given > 0 then
  redis.call('PEXPIRE', KEYS[1], 3000)
end
local wait = 0
if given == 0 and first then
  wait = (first + 21) * 50 - now
end
return {given, lasts, ends, math.max(0, budget - used - given), wait, foreign}
