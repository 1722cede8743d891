#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# One of three replicas cannot reach the engine, or the engine's answers do not reach it: the others say so, it answers by
# what it last knew, and obeys once the network is back. Needs root for network namespaces.
source "$(dirname "$0")/../lib.bash"

command -v redis-server > /dev/null || skip "no redis-server"
command -v ip > /dev/null || skip "no ip (iproute2)"
source "$SCRIPTS/replicas.bash"

network=switchboard-$$
outer=sb$$
ip netns add "$network" 2> "$WORK/network" || skip "no network namespaces: $(head -1 "$WORK/network")"
trap 'code=$?; ip netns del "$network" || true; finish $code' EXIT
inside() { ip netns exec "$network" "$@"; }
ip link add "$outer" type veth peer name engine netns "$network" 2> "$WORK/network" \
    || skip "no virtual network: $(head -1 "$WORK/network")"
ip addr add 198.18.77.1/30 dev "$outer"
ip link set "$outer" up
inside ip addr add 198.18.77.2/30 dev engine
inside ip link set engine up
inside ip link set lo up

all=(eu-1 eu-2 eu-3)
engine --bind 198.18.77.1 --port 6399 --protected-mode no
replica eu-1
replica eu-2
printf '#!/bin/sh\nexec ip netns exec %s %q "$@"\n' "$network" "$SWITCHBOARD" > "$WORK/inside"
chmod +x "$WORK/inside"
outside=$SWITCHBOARD
SWITCHBOARD=$WORK/inside
REACHES=redis://198.18.77.1:6399/0 replica eu-3
SWITCHBOARD=$outside
await obeyed eu-3 3 || fail "the replicas do not meet: $(at eu-3 replicas)"

apart() { [[ $(of eu-3 .shared.engine) =~ stale|cut ]]; }
for way in "both ways" "the answers"; do
    say "cut off: $way"
    if [ "$way" = "both ways" ]; then ip link set "$outer" down; else ip route add blackhole 198.18.77.2/32; fi
    await apart || fail "eu-3 does not say that it is apart: $(at eu-3 replicas)"
    said=$(shut eu-1 2>&1)
    expect_match "$said" 'obey v[0-9]+ after [0-9]+ ms; not: eu-3'
    opened eu-3 || fail "eu-3 knows of the closure"
    # Meanwhile it is told something too.
    said=$(at eu-3 greet --all "Hello." --until-reopened 2>&1)
    expect_match "$said" 'here (only|for sure), 2 replicas (do|may) not know'
    if [ "$way" = "both ways" ]; then ip link set "$outer" up; else ip route del blackhole 198.18.77.2/32; fi
    begun=$EPOCHREALTIME
    every closed
    now=$EPOCHREALTIME
    echo "  closed everywhere $(((${now/./} - ${begun/./}) / 1000)) ms after the network is back"
    await is eu-1 '.shared.conflict != null' true
    await is eu-1 '[.overrides[].kind] | sort' '["closed","greeting"]'
    at eu-2 open --all > /dev/null
    at eu-2 greet --all --clear > /dev/null
    every opened
    for name in "${all[@]}"; do await is "$name" .shared.conflict null; done
    await obeyed eu-1 3
done
