#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# More than a hundred HTTP shapes, each in one piece, in two, byte by byte and after another request: there are no two
# readings, what is refused and what is taken stays so (shapes.txt), and as many calls are counted as were answered.
source "$(dirname "$0")/../lib.bash"

RULES=$(SERVER='{ keep: { calls: 10000 } }' rules shapes <<< 'otherwise: { greeting: "Hi." }')
desk_server "$RULES"
python3 "$HARDENING/shapes.py" "$PORT" > "$WORK/shapes"
! grep DIFFERS "$WORK/shapes" || fail "a request is read in two ways"
! grep -v DIFFERS "$WORK/shapes" | grep HANGS || fail "a request is neither answered nor refused"
diff "$HARDENING/shapes.txt" "$WORK/shapes" || fail "other statuses than in shapes.txt"
load after 2 50 "Hi."
held after
add_up
echo "  $(wc -l < "$WORK/shapes") shapes, one reading each"
