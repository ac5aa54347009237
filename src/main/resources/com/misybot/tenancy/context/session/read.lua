-- Reads a session with the time it has left. KEYS: the session. Returns version, mac, value, ms; three empty texts where the
-- key holds something of another kind.
local session = redis.pcall('HMGET', KEYS[1], 'version', 'mac', 'value')
if session.err then
  session = {'', '', ''}
end
session[4] = redis.call('PTTL', KEYS[1])
return session
