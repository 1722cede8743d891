// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import JSON

/// A note of an operator on a call.
enum NoteDocument: Document {
    typealias Subject = CallRemark

    static func fields<Coder: FieldCoder<CallRemark>>(_ key: inout Coder) throws(Coder.Failure) -> CallRemark {
        let at = try key("at", .callTime, \.at)
        let name = try key("by", .text, \.by)
        let text = try key("text", .text) { $0.text ?? "" }
        return CallRemark(at: at, by: name, .note(text))
    }
}

private enum MarkDocument: Document {
    typealias Subject = CallRemark

    static func fields<Coder: FieldCoder<CallRemark>>(_ key: inout Coder) throws(Coder.Failure) -> CallRemark {
        CallRemark(at: try key("at", .callTime, \.at), by: try key("by", .text, \.by), .mark)
    }
}

extension Form where Value == CallRemark? {
    /// The mark of a call; absent where it has none.
    static var mark: Self {
        Form(
            write: { mark, key, object in
                guard let mark else { return }
                object.addObject(key) { MarkDocument.write(mark, into: &$0) }
            },
            read: { key, object throws(DocumentProblem) in
                guard let mark = try object.optionalObject(key) else { return nil }
                return try MarkDocument.read(mark)
            })
    }
}

extension Form where Value == [CallRemark] {
    /// What operators said of a call, as a journal keeps it: `mark` and `notes`, each absent where there is none.
    static var kept: Self {
        Form(
            write: { remarks, _, object in
                Form<CallRemark?>.mark.write(remarks.first { $0.content == .mark }, "mark", &object)
                let notes = remarks.filter { $0.content != .mark }
                if !notes.isEmpty { Form<[CallRemark]>.list(NoteDocument.self).write(notes, "notes", &object) }
            },
            read: { _, object throws(DocumentProblem) in
                let mark = try Form<CallRemark?>.mark.read("mark", object)
                let notes = try Form<[CallRemark]>.laterList(NoteDocument.self).read("notes", object)
                return [mark].compactMap(\.self) + notes
            })
    }
}
