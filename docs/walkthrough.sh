#!/usr/bin/env bash
# From create over resolve and session to delete and restore of one tenant. README.md shows the output; a test runs this script and compares.
#   docs/walkthrough.sh [base URL] [file with the operator key] [tenantId]
set -euo pipefail

base=${1:-http://localhost:8080}
key=$(cat "${2:-data/operator.key}")
tenant=${3:-acme-dental}
api=$base/api/v1

# An argument as one would type it.
quoted() {
  case $1 in
    *[!A-Za-z0-9.:/=_-]*) printf "'%s'" "$1" ;;
    *) printf '%s' "$1" ;;
  esac
}

# Prints a request as one would type it, sends it, prints what came back, and ends the walk where the status is another.
request() {
  local expected=$1 method=$2 path=$3
  shift 3
  printf '\n$ curl -X %s "$API%s" -H "$AUTH"' "$method" "$path"
  local argument
  for argument in "$@"; do
    printf ' %s' "$(quoted "$argument")"
  done
  printf '\n'
  local answer
  answer=$(curl -sS -X "$method" "$api$path" -H "Authorization: Bearer $key" "$@" -w '\n%{http_code} ETag: %header{etag}')
  # a secret is shown once, and not to whoever looks over a shoulder
  printf '%s\n' "$answer" | sed -E 's/misy_(ten|ses)_[0-9A-Za-z]+_[0-9A-Za-z]+_[0-9A-Za-z]+/misy_\1_.../g'
  local status=${answer##*$'\n'}
  if [ "${status%% *}" != "$expected" ]; then
    printf 'expected %s, got %s\n' "$expected" "$status" >&2
    exit 1
  fi
}

json='Content-Type: application/json'
patch='Content-Type: application/merge-patch+json'

echo '# Register a tenant'
request 201 POST /tenants -H "$json" -d '{
  "tenantId": "'"$tenant"'",
  "siteId": "site_'"$tenant"'",
  "business": {"name": "Acme Dental Studio", "country": "DE", "locale": "de-DE", "timeZone": "Europe/Berlin"},
  "allowedOrigins": ["https://www.'"$tenant"'.example"],
  "permissions": ["chat.reply"],
  "labels": {"tier": "gold"}
}'

echo; echo '# What has set it up'
request 200 GET "/tenants/$tenant/provisioning"

echo; echo '# Find it: by its slug, by a domain, by a name with a typo'
request 200 GET "/tenants/$tenant"
request 200 GET "/tenants?domain=www.$tenant.example"
request 200 GET '/tenants/search?q=acme+dentl+studio&limit=1'

echo; echo '# Ask as the platform does: whose page is this, and who is its visitor'
request 200 GET "/context?siteId=site_$tenant&origin=https://www.$tenant.example"
request 403 GET "/context?siteId=site_$tenant&origin=https://www.somebody-else.example"
request 201 POST /sessions -H "$json" -d '{
  "siteId": "site_'"$tenant"'",
  "origin": "https://www.'"$tenant"'.example",
  "clientAddress": "192.0.2.7"
}'
request 200 GET "/tenants/$tenant/sessions/count"

echo; echo '# Change it: the version read is the version changed'
request 200 PATCH "/tenants/$tenant" -H "$patch" -H 'If-Match: "2"' -d '{"business": {"phone": "+4930901820"}, "labels": {"tier": null}}'
request 412 PATCH "/tenants/$tenant" -H "$patch" -H 'If-Match: "2"' -d '{"plan": "standard"}'

echo; echo '# Suspend and resume it'
request 200 POST "/tenants/$tenant/suspend" -H "$json" -d '{"reason": "Invoice overdue", "ticket": "OPS-1234"}'
request 200 POST "/tenants/$tenant/resume"

echo; echo '# Delete it, and restore it'
request 202 DELETE "/tenants/$tenant?purgeAfter=P30D" -H 'If-Match: *' -H 'X-Reason: Contract%20ended'
request 200 POST "/tenants/$tenant/restore"
