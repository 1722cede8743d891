// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// What the commands that talk to a running server have in common.
struct OperatorOptions: ParsableArguments {
    @ArgumentParser.Option(
        help: "The control socket; else $XDG_RUNTIME_DIR/switchboard.sock, else the one in the state folder.")
    var socket: String?

    @Flag(help: "Print JSON.")
    var json = false
}
