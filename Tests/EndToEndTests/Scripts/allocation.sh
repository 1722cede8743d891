#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The reader of webhooks without memory: it reports that, and no C++ exception leaves it.

source "$(dirname "$0")/lib.sh"

compiler=$(command -v clang++ || command -v g++) || { echo "skipped: there is no C++ compiler"; exit 0; }

say "break 9: every request for memory fails in turn"
"$compiler" -std=c++17 -O1 -I "$ROOT/Sources/CSimdjson/include" -I "$ROOT/Sources/CSimdjson" \
    "$SCRIPTS/allocation.cpp" "$ROOT/Sources/CSimdjson/CSimdjson.cpp" -o "$WORK/allocation" -lsimdjson
failed=$("$WORK/allocation") || fail "it ended with $?"
echo "  $failed failed"
