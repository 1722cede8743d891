// SPDX-License-Identifier: Apache-2.0

import JSON
import WireFormat

/// Documents of the control socket and of the state folder: what was read and written is read and written as the same.
enum DocumentTargets {
    static func control(_ bytes: [UInt8]) {
        if let command = try? CommandDocument(bytes) {
            let bytes = command.document.bytes
            require((try? CommandDocument(bytes))?.document.bytes == bytes, "a command changes when it is written")
        }
        if let line = try? StreamLine(bytes) {
            let bytes = line.bytes
            require((try? StreamLine(bytes))?.bytes == bytes, "a line of the stream changes when it is written")
        }
        if let lines = PrettyJSON.lines(bytes) {
            require(JSONReader.readAny(bytes) != nil, "what is not JSON is shown as JSON: \(lines)")
        }
    }

    static func state(_ bytes: [UInt8]) {
        if let state = try? PersistedState(bytes) {
            // A moment is written in milliseconds, and may be read with more digits.
            let bytes = state.bytes
            require((try? PersistedState(bytes))?.bytes == bytes, "the state changes when it is written")
        }
    }
}
