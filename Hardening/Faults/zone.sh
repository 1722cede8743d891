#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The time zone of the rules changes while calls come, and the machine's own is another or none: hours follow the file, the
# next call does too, and no call is lost.
source "$(dirname "$0")/../lib.bash"

# zone NAME: the rules with that time zone; the lines are open for two hours around now in UTC.
hour=$(date -u +%-H)
minute=$(date -u +%M)
at() { printf '%02d:%s' $((($1 + 24) % 24)) "$minute"; }
zone() {
    greeting_rules new "Hi." "timezone: $1
hours: { short: { weekly: { mon-sun: [\"$(at $((hour - 1)))-$(at $((hour + 1)))\"] }, closed: { reject: \"Closed.\" } } }" > /dev/null
    sed -i 's/group: demo/group: demo, hours: short/' "$WORK/new.yaml"
    mv "$WORK/new.yaml" "$WORK/desk.yaml"
}
open='{"assistant":{"first_message":"Hi."}}' closed='{"error":"Closed."}'
hears() { [ "$(answer "zone-$RANDOM$RANDOM")" = "$1" ]; }

for machine in UTC Asia/Tokyo Nonsense/Nowhere :/dev/null ""; do
    say "the machine is in '$machine'"
    zone UTC
    TZ=$machine desk_server "$WORK/desk.yaml"
    ORDERED="Closed." load "zone" 30 200 "Hi."
    hears "$open" || fail "the line is closed at $(date -u)"
    # Whole and odd differences, on both sides; where summer time is, it is more than two hours all the same.
    for name in Asia/Tokyo America/New_York Asia/Kathmandu Pacific/Kiritimati; do
        zone "$name"
        await hears "$closed" || fail "the hours do not follow $name"
        hears "$closed" || fail "the zone of before is back"
        zone UTC
        await hears "$open" || fail "the hours do not follow UTC"
    done
    say "a zone that nobody knows is refused, and the one of before stays"
    zone Europe/Nowhere
    refused() { [ "$(api POST /v1/reload '{}' | jq .taken)" = false ]; }
    await refused || fail "an unknown zone is taken"
    expect_match "$(cat "$ERR")" Europe/Nowhere
    hears "$open" || fail "an unknown zone changes the hours"
    kill "$LOAD" 2> /dev/null || true
    held zone
    halt "$PID"
done
