// SPDX-License-Identifier: Apache-2.0

package import Calls
import OperatorDesk
import Rules

extension Desk {
    /// What the operator must see, at this moment.
    package func status(
        address: String, webhookURL: String, isSigned: Bool, answerWithinMilliseconds: Int
    ) -> DeskStatus {
        let (state, warnings) = standing
        let book = book
        let now = now
        let undo = state.undoable(at: now).map { change in
            DeskStatus.Undo(words: change.words, touchesAll: change.touchesAll)
        }
        return DeskStatus(
            overrides: state.overrides.filter { $0.isInForce(at: now) }, lines: book.lineStatuses(at: now),
            address: address, webhookURL: webhookURL, isSigned: isSigned, closingTexts: book.closingTexts,
            greetingTexts: book.greetingTexts, answerWithinMilliseconds: answerWithinMilliseconds, undo: undo,
            warnings: warnings, timeZone: book.rules.zone.name)
    }
}
