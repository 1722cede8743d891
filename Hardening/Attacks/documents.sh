#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Damaged documents with good signatures: no crash, no hang, and no disagreement with another reader of JSON.
source "$(dirname "$0")/../lib.bash"

DOCUMENTS=${DOCUMENTS:-40000}
RULES=$(greeting_rules desk "Hi.")
desk_server "$RULES"
python3 "$HARDENING/documents.py" "$PORT" "$DOCUMENTS" > "$WORK/documents" 2>&1 || fail "$(cat "$WORK/documents")"
read -r taken refused < "$WORK/documents"
expect $((taken + refused)) "$DOCUMENTS" "replies"
load after 2 100 "Hi."
held after
add_up
echo "  $taken documents taken, $refused refused"
