-- Writes a context unless Redis has that version or a later one, and tells it; tells the present version as well, since more than the
-- context may have changed of the tenant. A key of another kind is removed first.
-- KEYS: the context. ARGV: version, mac, value, channel, message. Returns 0 where a context was kept, 1 where it was written, 2 where
-- it was written in place of something of another kind.
local written = 1
local present = redis.pcall('HGET', KEYS[1], 'version')
if type(present) == 'table' then
  if not string.find(present.err, 'WRONGTYPE', 1, true) then
    return present
  end
  redis.call('DEL', KEYS[1])
  present = false
  written = 2
end
local kept = present and tonumber(present) or 0
if kept >= tonumber(ARGV[1]) then
  if kept == tonumber(ARGV[1]) then
    redis.call('PUBLISH', ARGV[4], ARGV[5])
  end
  return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'mac', ARGV[2], 'value', ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return written
