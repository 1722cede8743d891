#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Programs that are made from docs/openapi.yaml talk to a running server: a generated Python client, and schemathesis,
# which tries the API against its description. Skipped where PyPI cannot be reached, though not in CI.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/desk.bash"

DESCRIPTION=$ROOT/docs/openapi.yaml
# Kept between runs: installing takes longer than the tests.
TOOLS=$ROOT/.build/api-clients
PACKAGES=(openapi-python-client==0.29.1 schemathesis==4.32.5)

if [ "$(cat "$TOOLS/packages" 2> /dev/null)" != "${PACKAGES[*]}" ]; then
    rm -rf "$TOOLS"
    if ! python3 -m venv "$TOOLS" > "$WORK/pip" 2>&1 || ! timeout 180 "$TOOLS/bin/pip" install -q "${PACKAGES[@]}" 2> "$WORK/pip"; then
        rm -rf "$TOOLS"
        why="${PACKAGES[*]} cannot be installed: $(tail -1 "$WORK/pip")"
        [ -z "${CI:-}" ] || fail "$why"
        echo "SKIPPED: $why"
        exit 0
    fi
    echo "${PACKAGES[*]}" > "$TOOLS/packages"
fi

RULES=$(rules clients << 'END'
timezone: Europe/Amsterdam
lines:
  - { number: "+31850835037", name: Demo, group: demo }
  - { number: "+31201234567", name: Front desk, hours: office }
hours: { office: { weekly: { mon: ["09:00-17:00"] }, closed: { reject: "We are closed." } } }
END
)
desk_server "$RULES"
post "$(request c-1)" > /dev/null
post "$(request c-2 anonymous +31201234567)" > /dev/null

python3 "$SCRIPTS/forward.py" "$SOCKET" > "$WORK/port" &
finally $!
await test -s "$WORK/port"
URL=http://127.0.0.1:$(cat "$WORK/port")

say "a generated client"
printf 'content_type_overrides: { application/jsonl: application/octet-stream }\npost_hooks: []\n' > "$WORK/generator.yaml"
"$TOOLS/bin/openapi-python-client" generate --path "$DESCRIPTION" --config "$WORK/generator.yaml" \
    --output-path "$WORK/generated" --meta none --fail-on-warning > "$WORK/generator" 2>&1 || fail "$(cat "$WORK/generator")"
PYTHONPATH=$WORK "$TOOLS/bin/python" "$SCRIPTS/clients.py" "$URL" || fail "the generated client"

say "schemathesis"
# It keeps files where it runs. The stream of events never ends; openapi.sh compares its lines with the description. A
# command is no resource that exists afterwards: a dry run has none.
# A filter and a time have a grammar (docs/filters.md) that a schema does not describe: some texts are refused.
cd "$WORK"
cat > schemathesis.toml << 'END'
[[operations]]
include-path-regex = "^/v1/(calls|export|report|audit)$"
checks.positive_data_acceptance.enabled = false
END
timeout 240 "$TOOLS/bin/schemathesis" run "$DESCRIPTION" --url "$URL" --exclude-path /v1/events \
    --exclude-checks ensure_resource_availability --seed 1 \
    --max-examples "${EXAMPLES:-30}" --max-failures 3 --request-timeout 10 --no-color > "$WORK/schemathesis" 2>&1 ||
    fail "$(tail -80 "$WORK/schemathesis")"
tail -1 "$WORK/schemathesis"
