// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides

/// What an operator said of a call: that it is marked, or a note.
package struct CallRemark: Hashable, Sendable {
    package let at: Instant
    /// The operator's name.
    package let by: String
    package let content: Content

    package enum Content: Hashable, Sendable {
        case mark
        case note(String)
    }

    package init(at: Instant, by: String, _ content: Content) {
        self.at = at
        self.by = by
        self.content = content
    }

    /// The text of a note; `nil` for a mark.
    package var text: String? {
        if case .note(let text) = content { text } else { nil }
    }
}

extension CallRecord {
    /// The mark; `nil` if the call is not marked.
    package var mark: CallRemark? { remarks.first { $0.content == .mark } }

    /// The notes, the oldest first.
    package var notes: [CallRemark] { remarks.filter { $0.content != .mark } }

    package var isMarked: Bool { mark != nil }

    package var hasNote: Bool { remarks.contains { $0.content != .mark } }

    /// The newest note of an operator.
    package func newestNote(by name: String) -> CallRemark? { notes.last { $0.by == name } }

    /// Why a change of what operators said makes no sense; `nil` if it does.
    package func objection(to change: RemarkChange, by name: String) -> OverrideError? {
        switch change {
        case .mark: isMarked ? .alreadyMarked(id) : nil
        case .unmark: isMarked ? nil : .notMarked(id)
        case .note: remarks.count > Self.mostNotes ? .tooManyNotes(limit: Self.mostNotes) : nil
        case .rewriteNote: newestNote(by: name) == nil ? .withoutNoteOf(name, id) : nil
        case .removeNotes: hasNote ? nil : .withoutNotes(id)
        }
    }

    /// The most notes that a call keeps.
    private static let mostNotes = 50

    /// The remarks after a change.
    func remarks(after change: RemarkChange, at now: Instant, by name: String) -> [CallRemark] {
        switch change {
        case .mark: [CallRemark(at: now, by: name, .mark)] + notes
        case .unmark: notes
        case .note(let text): remarks + [CallRemark(at: now, by: name, .note(text))]
        case .rewriteNote(let text): rewriting(text, at: now, by: name)
        case .removeNotes: [mark].compactMap(\.self)
        }
    }

    /// The remarks with another text in the newest note of an operator, or without that note.
    private func rewriting(_ text: String?, at now: Instant, by name: String) -> [CallRemark] {
        guard let place = remarks.lastIndex(where: { $0.content != .mark && $0.by == name }) else { return remarks }
        let new = text.map { CallRemark(at: now, by: name, .note($0)) }
        return Array(remarks[..<place]) + [new].compactMap(\.self) + remarks[(place + 1)...]
    }
}
