#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# kill -9 while orders and unsigned calls come in: nothing that was confirmed is lost, and the audit has no gap.
SERVER='{}' LOADED=1 KILLS=${KILLS:-60} exec bash "$(dirname "$0")/../../Tests/EndToEndTests/Scripts/crash.sh"
