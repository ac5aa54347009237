#!/usr/bin/env bash
# Makes tenants of a list of organisations, imports them into a running service, and checks that every line is accounted for and that
# the service counts what it said it created.
#   bench/organisations/import.sh organisations.json [base URL] [file with the operator key] [mode=create|upsert] [directory for the files]
set -euo pipefail

organisations=$(realpath "${1:?Name the file of the organisations.}")
base=${2:-http://localhost:8080}
key=$(cat "${3:-data/operator.key}")
mode=${4:-create}
out=$(realpath "${5:-target/organisations}" 2> /dev/null || echo "$PWD/${5:-target/organisations}")
cd "$(dirname "$0")/../.."
mkdir -p "$out"

java=
for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
  if [ -x "$home/bin/javac" ] && [ "$("$home/bin/javac" -version | sed 's/javac \([0-9]*\).*/\1/')" -ge 25 ]; then
    java=$home/bin/java
    break
  fi
done
[ -n "$java" ] || { echo 'No JDK 25 found: set JAVA_HOME to one.' >&2; exit 1; }

[ -d target/classes/com ] && [ -s target/classpath ] \
  || ./mvnw -q compile dependency:build-classpath -Dmdep.outputFile=target/classpath
"$java" -cp "target/classes:$(cat target/classpath)" bench/organisations/OrganisationsToNdjson.java "$organisations" > "$out/tenants.ndjson"

tenants() {
  curl -sS --fail-with-body "$base/api/v1/tenants/count?label=source%3Aorganisations" -H "Authorization: Bearer $key" \
    | sed 's/.*"count": *\([0-9]*\).*/\1/'
}

# How many of the results are these.
results() {
  grep -c "^{\"line\":[0-9]*,\"status\":\"$1\"" "$out/results.ndjson" || true
}

before=$(tenants)
curl -sS --fail-with-body -X POST -T "$out/tenants.ndjson" "$base/api/v1/tenants/import?mode=$mode" \
  -H "Authorization: Bearer $key" -H 'Content-Type: application/x-ndjson' \
  -H 'X-Reason: Import%20of%20organisations' > "$out/results.ndjson" \
  || { tail -n 1 "$out/results.ndjson" >&2; exit 1; }
after=$(tenants)

lines=$(wc -l < "$out/tenants.ndjson")
created=$(results created) updated=$(results updated) unchanged=$(results unchanged) refused=$(results refused)
echo "organisations  $(grep -c '^    "name":' "$organisations")"
echo "lines sent     $lines"
echo "created        $created"
echo "updated        $updated"
echo "unchanged      $unchanged"
echo "refused        $refused"
grep '"status":"refused"' "$out/results.ndjson" \
  | sed -n 's/.*"problem":.*"code":"\([a-z_]*\)","errors":\[{"pointer":"\([^"]*\)","code":"\([a-z_]*\)".*/\1 \2 \3/p' \
  | sed 's#/[0-9][0-9]* #/* #' | sort | uniq -c | sort -rn | sed 's/^ */               /' || true
echo "counted by the service: $before before, $after after"
tail -n 1 "$out/results.ndjson"

fail() {
  echo "$1; the results are in $out/results.ndjson" >&2
  exit 1
}
tail -n 1 "$out/results.ndjson" | grep -q '^{"summary":' || fail 'The import broke off'
[ $(( created + updated + unchanged + refused )) -eq "$lines" ] || fail 'Not every line is accounted for'
[ "$(grep '"status":"refused"' "$out/results.ndjson" | grep -c '"detail":"[^"]')" -eq "$refused" ] || fail 'A line is refused without a reason'
[ $(( after - before )) -eq "$created" ] || fail 'The service counts other tenants than it created'
echo 'Every line is accounted for, and the counts agree.'
