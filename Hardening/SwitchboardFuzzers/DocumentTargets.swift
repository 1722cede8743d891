// SPDX-License-Identifier: Apache-2.0

import JSON
import WireFormat

/// Documents of the control socket and of the state folder: what is read is written and read again as the same.
enum DocumentTargets {
    static func control(_ bytes: [UInt8]) {
        if let command = try? CommandDocument(bytes) {
            require((try? CommandDocument(command.document.bytes)) == command, "a command changes when it is written")
        }
        if let line = try? StreamLine(bytes) {
            require((try? StreamLine(line.bytes)) != nil, "a line of the stream cannot be read again")
        }
        if let lines = PrettyJSON.lines(bytes) {
            require(JSONReader.readAny(bytes) != nil, "what is not JSON is shown as JSON: \(lines)")
        }
    }

    static func state(_ bytes: [UInt8]) {
        if let state = try? PersistedState(bytes) {
            require((try? PersistedState(state.bytes)) == state, "the state changes when it is written")
        }
    }
}
