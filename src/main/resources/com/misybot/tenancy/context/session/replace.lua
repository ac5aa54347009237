-- Replaces a session that still has the version that was read; its time runs on. KEYS: the session.
-- ARGV: version that was read, version, mac, value. Returns 1 where it was replaced.
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'mac', ARGV[3], 'value', ARGV[4])
return 1
