-- Starts a session, unless its client has started too many of late or the tenant has as many as it may.
-- KEYS: session, index, starts of the client. ARGV: version, mac, value, id, now, expiry, absolute end (ms since 1970), most
-- live sessions, most starts in any window, length of the window (ms), ms since 1970 for the window or '' for the clock of Redis.
-- Starts are counted in slots of a sixtieth of the window, each until a window after its end: a field is a slot, its value how
-- many there were in it.
-- Returns 0 where it was started, 1 and the ms to wait after too many starts, 2 where there are too many, 3 where the id is
-- taken; then how many keys held what is not of their type; where it was started, how many there are now.
local foreign = 0
for place, kind in ipairs({'hash', 'zset', 'hash'}) do
  local present = redis.call('TYPE', KEYS[place]).ok
  if present ~= 'none' and present ~= kind then
    redis.call('DEL', KEYS[place])
    foreign = foreign + 1
  end
end

local now = tonumber(ARGV[11])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local length = tonumber(ARGV[10]) / 60
local slot = math.floor(now / length)
local starts = 0
local first
local counts = redis.call('HGETALL', KEYS[3])
for i = 1, #counts, 2 do
  local at, count = tonumber(counts[i]), tonumber(counts[i + 1])
  if not at or not count or count < 1 or at > slot + 60 then
    redis.call('DEL', KEYS[3])
    foreign = foreign + 1
    starts = 0
    break
  end
  if at < slot - 60 then
    redis.call('HDEL', KEYS[3], counts[i])
  else
    starts = starts + count
    if not first or at < first then
      first = at
    end
  end
end
if starts >= tonumber(ARGV[9]) then
  return {1, (first + 61) * length - now, foreign}
end
redis.call('HINCRBY', KEYS[3], string.format('%.0f', slot), 1)
redis.call('PEXPIRE', KEYS[3], 61 * length)

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[5])
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[8]) then
  return {2, 0, foreign}
end
if redis.call('EXISTS', KEYS[1]) == 1 then
  return {3, 0, foreign}
end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'mac', ARGV[2], 'value', ARGV[3])
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[6]) - tonumber(ARGV[5]))
redis.call('ZADD', KEYS[2], ARGV[6], ARGV[4])
local lifetime = tonumber(ARGV[7]) - tonumber(ARGV[5])
if redis.call('PTTL', KEYS[2]) < lifetime then
  redis.call('PEXPIRE', KEYS[2], lifetime)
end
return {0, 0, foreign, redis.call('ZCARD', KEYS[2])}
