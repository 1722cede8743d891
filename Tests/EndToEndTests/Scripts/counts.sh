#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the server counts, in all and by line, against what a client counted that played the calls.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/tmux.bash"
source "$(dirname "$0")/desk.bash"

SERVER='{ secrets: [{ env: SWITCHBOARD_WEBHOOK_SECRET }], answer_within: 300ms, keep: { calls: 40 } }'
RULES=$(rules counts << 'END'
timezone: Europe/Amsterdam
lines:
  - { number: "+31850835037", name: Demo, hours: never }
  - { number: "+31201234567", name: Front desk, group: amsterdam }
  - { number: "+31201234568", name: Billing, group: amsterdam }
  - { number: "+31701234569", name: Press }
hours:
  never: { closed: closed, dates: { "2001-01-01": "09:00-10:00" } }
answers:
  closed: { reject: "Closed by hours." }
  hello: { greeting: "Hello." }
rules:
  - { name: blocked, when: { caller: "+31612345673" }, answer: { reject: "Blocked." } }
otherwise: hello
END
)

say "the counts add up, whatever memory evicts"
desk_server "$RULES"
desk close --line Press --yes --reason drill --say "Closed by hand." --until-reopened > /dev/null
python3 "$SCRIPTS/counts.py" "$URL" "$SOCKET" "$WORK/counts"

# count KEY: what the client counted.
count() { jq -r ".$1" "$WORK/counts"; }

# words_of COUNTS: the counts as people read them, in the order of the screens, number first.
words_of() {
    jq -r '[[.live, "live"], [.failed, "failed"], [.rejected, "rejected"], [.late, "late"],
        [.not_applied, "not applied"], [.ringing, "ringing"]] | map("\(.[0]) \(.[1])") | join(" ")' "$WORK/counts"
}

say "status says the same, in words and as JSON"
words=$(desk status)
# The causes of rejections in brackets are compared above.
expect "$(sed -n 's/^since the start //p' <<< "$words" | sed -E 's/ \([^)]*\)//; s/, [0-9]+ ended//; s/[:,;]//g; s/ [0-9]+ evicted//')" \
    "$(count calls) calls $(words_of)"
expect_match "$words" "$(count refused) (requests )?refused"
expect_json "$(desk status --json | jq .counts)" "$(jq . "$WORK/counts")"

say "the header of a dashboard too, and its lines add up to it"
terminal header 200 50
runs "clear; $(printf '%q ' "$SWITCHBOARD" attach --socket "$SOCKET"); echo code=\$?"
finds "^ (calls|today) $(count calls) .*live $(count live)  failed $(count failed)  rejected $(count rejected) .*late $(count late)  not applied $(count not_applied)  .*refused $(count refused) "
keys Tab
sees 'callers hear'
while IFS= read -r line; do finds "$line"; done < <(
    api GET /v1/status | jq -r '.lines[] | .counts as $counts
        | " \(.name) .* \($counts.live) +\($counts.calls) +\($counts.rejected) +\($counts.failed) .*"
        + (if $counts.late > 0 then "\($counts.late) late" else "" end)'
)
