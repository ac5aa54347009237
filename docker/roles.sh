#!/bin/sh
# Makes the roles of the service in a new PostgreSQL container, with the passwords of the secrets. The image of
# PostgreSQL runs it once, when it has made its data directory.
set -eu

options=
for role in owner tenant platform keeper backup; do
  options="$options -c tenancy.${role}_password=$(cat "${SECRETS:-/run/secrets}/tenancy.isolation.$role.password")"
done
PGOPTIONS=$options psql -v ON_ERROR_STOP=1 --quiet --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" \
  --file="${ROLES_SQL:-/docker/roles.sql}"
