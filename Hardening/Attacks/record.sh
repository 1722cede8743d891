#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# kill -9 a hundred times under 500 calls a second: the journal has each call that was answered a tenth of a second before.
KILLS=${RECORD_KILLS:-100} RATE=500 BEHIND=0.1 exec bash "$(dirname "$0")/../../Tests/EndToEndTests/Scripts/journal.sh"
