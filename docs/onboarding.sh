#!/usr/bin/env bash
# From an application to a tenant that uses its first secret, without a mail server: the operator's view has the links. docs/onboarding.md
# shows the output; a test runs this script and compares.
#   docs/onboarding.sh [base URL] [file with the operator key] [tenantId] [host] [command that writes a TXT record: name content]
set -euo pipefail

base=${1:-http://localhost:8080}
key=$(cat "${2:-data/operator.key}")
tenant=${3:-harbour-bakery}
host=${4:-www.harbour-bakery.example}
prove=${5:-}
api=$base/api/v1
json='Content-Type: application/json'
answer=

# An argument as one would type it.
quoted() {
  case $1 in
    *[!A-Za-z0-9.:/=_-]*) printf "'%s'" "$1" ;;
    *) printf '%s' "$1" ;;
  esac
}

# Nobody looks over a shoulder and sees a link, a secret or an address.
masked() {
  sed -E 's/misy_(ten|inv)_[0-9A-Za-z]+_[0-9A-Za-z]+_[0-9A-Za-z]+/misy_\1_.../g; s/misy-verification=[0-9A-Za-z]+/misy-verification=.../g'
}

# Prints a request as one would type it, sends it, prints what came back, and ends the walk where the status is another.
request() {
  local expected=$1 method=$2 path=$3
  shift 3
  local line argument
  line="\$ curl -X $method \"\$API$path\""
  for argument in "$@"; do
    line+=" $(quoted "$argument")"
  done
  printf '\n%s\n' "$line" | sed "s|Authorization: Bearer $key|\$AUTH|; s|'\$AUTH'|\"\$AUTH\"|" | masked
  answer=$(curl -sS -X "$method" "$api$path" "$@" -w '\n%{http_code}')
  printf '%s\n' "$answer" | masked
  if [ "${answer##*$'\n'}" != "$expected" ]; then
    printf 'expected %s, got %s\n' "$expected" "${answer##*$'\n'}" >&2
    exit 1
  fi
}

# A text of the last answer.
field() {
  printf '%s' "$answer" | sed -nE "s/.*\"$1\":\"([^\"]*)\".*/\1/p" | head -1
}

# The token of the link in the operator's view, once a mail of this kind is ready.
link() {
  local tries=0 token=
  while [ -z "$token" ]; do
    token=$(curl -sS "$api/onboarding/applications/$id" -H "$auth" | sed -nE "s/.*\/onboarding\/$1\/(misy_inv_[0-9A-Za-z_]+).*/\1/p")
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ]; then
      printf 'no link to %s an application with\n' "$1" >&2
      exit 1
    fi
    [ -n "$token" ] || sleep 0.2
  done
  printf '%s' "$token"
}

auth="Authorization: Bearer $key"

echo "# Apply: anybody may, and everybody gets the same answer"
request 202 POST /onboarding/applications -H "$json" -d "{
  \"organisation\": \"Harbour Bakery\",
  \"tenantId\": \"$tenant\",
  \"email\": \"anna@harbour-bakery.example\",
  \"contactName\": \"Anna Schmidt\",
  \"origins\": [\"https://$host\"],
  \"plan\": \"standard\"
}"

printf '\n# The operator sees it\n'
request 200 GET "/onboarding/applications?host=$host&pageSize=1" -H "$auth"
id=$(printf '%s' "$answer" | sed -nE 's/.*"items":\[\{"id":"([^"]+)".*/\1/p')

printf '\n# Show that the mail was read. Its link is misy_inv_…; without a mail server the operator has it\n'
request 200 POST /onboarding/verifications -H "$json" -d "{\"token\":\"$(link verify)\"}"
follow=$(field token)
name=$(field dnsName)
content=$(field content)

printf '\n# Show that the site is yours: write the record (or the file), and have it looked for\n'
if [ -n "$prove" ]; then
  "$prove" "$name" "$content"
else
  printf 'Make a TXT record %s with %s, then press Enter.\n' "$name" "$content" >&2
  read -r
fi
request 200 POST /onboarding/checks -H "$json" -d "{\"token\":\"$follow\"}"

printf '\n# The operator says yes, and the tenant comes into being\n'
request 200 POST "/onboarding/applications/$id/approve" -H "$auth" -H "$json" -d '{"reason":"Known from the fair"}'

printf '\n# The link of the welcome mail issues the first secret, this once\n'
request 200 POST /onboarding/secrets -H "$json" -d "{\"token\":\"$(link secret)\"}"
secret=$(field secret)

printf '\n# Use it\n'
request 200 GET "/tenants/$tenant" -H "Authorization: Bearer $secret"
