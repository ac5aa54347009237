-- Starts a session, unless its client has started too many of late or the tenant has as many as it may.
-- KEYS: session, index, starts of the client. ARGV: version, mac, value, id, now, expiry, absolute end (ms since 1970), most
-- live sessions, most starts, length of the window (ms).
-- Returns 0 where it was started, 1 and the ms to wait after too many starts, 2 where there are too many, 3 where the id is
-- taken; then how many keys held what is not of their type; where it was started, how many there are now.
local foreign = 0
for place, kind in ipairs({'hash', 'zset', 'string'}) do
  local present = redis.call('TYPE', KEYS[place]).ok
  if present ~= 'none' and present ~= kind then
    redis.call('DEL', KEYS[place])
    foreign = foreign + 1
  end
end
if not tonumber(redis.call('GET', KEYS[3]) or '0') then
  redis.call('DEL', KEYS[3])
  foreign = foreign + 1
end
local window = tonumber(ARGV[10])
local starts = redis.call('INCR', KEYS[3])
local wait = redis.call('PTTL', KEYS[3])
if wait < 0 or wait > window then
  redis.call('PEXPIRE', KEYS[3], window)
  wait = window
end
if starts > tonumber(ARGV[9]) then
  return {1, wait, foreign}
end
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
