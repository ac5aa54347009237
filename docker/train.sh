#!/bin/sh
# Writes the AOT cache of the JVM: what a start loads and links, so that the next one finds it done. The start needs a
# PostgreSQL (SPRING_DATASOURCE_URL and the secrets) and ends when everything is built, before it listens. Redis and
# MongoDB are named and not there: their clients are built, connect later, and belong to the cache too.
#
#   docker/train.sh <directory with tenancy.jar and lib/> <cache to write>
set -eu

cache=$(realpath -m "$2")
cd "$1"
export SPRING_DATA_REDIS_HOST=localhost SPRING_MONGODB_HOST=localhost
java -XX:AOTCacheOutput="$cache" -Dspring.context.exit=onRefresh -jar tenancy.jar
test -s "$cache"
