-- Ends a session that still has the version that was read. KEYS: session, index. ARGV: version that was read, id.
-- Returns 1 where it was ended.
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then
  return 0
end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[2])
return 1
