#!/usr/bin/env bash
# Starts a service of its own with 256 MB and embedded engines (fsync on), and measures the import of 100,000 tenants against SQL.
#   bench/import/run.sh organisations.json [tenants] [rounds]
# Needs JDK 25 in JAVA_HOME or on the path.
set -euo pipefail
cd "$(dirname "$0")/../.."
organisations=$(realpath "$1")
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

./mvnw -q -o compile dependency:build-classpath -Dmdep.outputFile=target/classpath
classpath="target/classes:$(cat target/classpath)"
work=$(mktemp -d)
"$java" -cp "$classpath" bench/organisations/OrganisationsToNdjson.java "$organisations" > "$work/organisations.ndjson"

port=$(( 20000 + RANDOM % 20000 ))
"$java" -Xmx256m -cp "$classpath" com.misybot.tenancy.TenancyApplication --server.port=$port --management.server.port=0 \
  --tenancy.embedded.data-dir="$work/data" > "$work/service.log" 2>&1 &
service=$!
trap 'kill $service 2> /dev/null; wait $service 2> /dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 120); do
  [ -s "$work/data/operator.key" ] && curl -s -o /dev/null "localhost:$port/api/v1/tenants" && break
  kill -0 $service 2> /dev/null || { cat "$work/service.log" >&2; exit 1; }
  sleep 1
done

"$java" -cp "$classpath" bench/import/ImportBench.java "http://localhost:$port" "$work/data" "$work/organisations.ndjson" "${@:2}"
grep -m1 VmHWM "/proc/$service/status" 2> /dev/null || true
