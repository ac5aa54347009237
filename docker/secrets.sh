#!/bin/sh
# Makes the passwords and the root secret of docker-compose.yml, each in a file of its own, once: what exists is kept.
#
#   docker/secrets.sh [directory]      default: docker/secrets
#
# Nobody else of this machine may enter the directory. The files in it are readable, because Compose mounts them as they
# are and each container runs as a user of its own.
set -eu

directory=${1:-$(dirname "$0")/secrets}
mkdir -p "$directory"
chmod 700 "$directory"

# name of the file, number of random bytes; a name with dots is the setting of the service that it is read as
while read -r name bytes; do
  if [ ! -s "$directory/$name" ]; then
    od -An -v -tx1 -N "$bytes" /dev/urandom | tr -d ' \n' >"$directory/$name.part"
    chmod 644 "$directory/$name.part"
    mv "$directory/$name.part" "$directory/$name"
  fi
done <<END
tenancy.keyring.root 32
tenancy.isolation.owner.password 24
tenancy.isolation.tenant.password 24
tenancy.isolation.platform.password 24
tenancy.isolation.keeper.password 24
tenancy.isolation.backup.password 24
spring.data.redis.password 24
spring.mongodb.password 24
postgres-administrator 24
mongodb-administrator 24
END
