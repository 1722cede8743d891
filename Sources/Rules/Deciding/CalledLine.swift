// SPDX-License-Identifier: Apache-2.0

/// The line that a call came in on, with what is prepared for it.
///
/// It is behind one reference: calls on all event loops use it at once, and each count of a reference that they share
/// moves memory between the cores.
final class CalledLine: Sendable {
    /// `nil` for a number that is in no line of the file.
    let line: PhoneLine?
    /// The clock that counts where an hours table has none of its own: the line's, else the file's.
    let zone: Zone
    /// How the assistant block of an answer begins.
    let openings: AnswerTable.Openings

    init(_ line: PhoneLine) {
        self.line = line
        zone = line.zone
        openings = AnswerTable.Openings(assistantID: line.assistantID)
    }

    /// What is called where a number is in no line.
    init(unknownIn zone: Zone) {
        line = nil
        self.zone = zone
        openings = AnswerTable.Openings(assistantID: nil)
    }
}
