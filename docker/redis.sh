#!/bin/sh
# Starts Redis with the password of the secret, which a command line would show to everybody.
set -eu

umask 077
printf 'requirepass %s\nappendonly yes\n' "$(cat /run/secrets/spring.data.redis.password)" >/tmp/redis.conf
chown redis /tmp/redis.conf
exec docker-entrypoint.sh redis-server /tmp/redis.conf
