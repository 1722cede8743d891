// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

/// Whether calls are kept on disk.
enum JournalStatusDocument: Document {
    typealias Subject = JournalStatus

    static func fields<Coder: FieldCoder<JournalStatus>>(_ key: inout Coder) throws(Coder.Failure) -> JournalStatus {
        let file = try key("file", .text, \.file)
        let state = try key("state", .journalState, \.state)
        let lag = try key("behind_ms", .count, \.lagMilliseconds)
        let queued = try key("queued_bytes", .count, \.queuedBytes)
        let dropped = try key("dropped", .count, \.dropped)
        let written = try key("written", .count, \.written)
        let bytes = try key("file_bytes", .count, \.fileBytes)
        let lacked = try key("lacked_until", .time, \.lackedUntil)
        return JournalStatus(
            file: file, state: state, lagMilliseconds: lag, queuedBytes: queued, dropped: dropped,
            written: written, fileBytes: bytes, lackedUntil: lacked)
    }
}

extension Form where Value == JournalStatus.State {
    /// The state as a word, with what is wrong and since when.
    fileprivate static var journalState: Self {
        Form(
            write: { state, key, object in
                object.add(key, state.word)
                object.add("error", state.failure?.error)
                object.add("since", state.failure?.since.iso8601Exact)
            },
            read: { key, object throws(DocumentProblem) in
                switch try object.text(key) {
                case "writing": return .writing
                case "retrying":
                    return .retrying(error: try object.text("error"), since: try object.instant("since"))
                case "unusable":
                    return .unusable(error: try object.text("error"), since: try object.instant("since"))
                default: throw object.problem(key, "must be writing, retrying or unusable")
                }
            })
    }
}
