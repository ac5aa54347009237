-- Writes a context unless Redis has that version or a later one, and tells it; tells the present version as well, since more than the
-- context may have changed of the tenant.
-- KEYS: the context. ARGV: version, mac, value, channel, message. Returns 1 where it was written.
local present = redis.call('HGET', KEYS[1], 'version')
local kept = present and tonumber(present) or 0
if kept >= tonumber(ARGV[1]) then
  if kept == tonumber(ARGV[1]) then
    redis.call('PUBLISH', ARGV[4], ARGV[5])
  end
  return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'mac', ARGV[2], 'value', ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1
