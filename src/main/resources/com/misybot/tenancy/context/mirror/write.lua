-- Writes a context unless Redis has that version or a later one, and tells it.
-- KEYS: the context. ARGV: version, mac, value, channel, message. Returns 1 where it was written.
local present = redis.call('HGET', KEYS[1], 'version')
if present and (tonumber(present) or 0) >= tonumber(ARGV[1]) then
  return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'mac', ARGV[2], 'value', ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1
