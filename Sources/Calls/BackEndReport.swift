// SPDX-License-Identifier: Apache-2.0

/// What came of asking another server for an answer, and how long it took.
package struct BackEndReport: Hashable, Sendable {
    package let reply: BackEndReply
    package let milliseconds: Int

    package init(reply: BackEndReply, milliseconds: Int) {
        self.reply = reply
        self.milliseconds = milliseconds
    }
}

extension BackEndReport: CustomStringConvertible {
    package var description: String {
        switch reply {
        case .answered: "answered in \(milliseconds) ms"
        case .failed(.notAsked): "\(BackEndFailure.notAsked)"
        case .failed(.skipped): "\(BackEndFailure.skipped)"
        case .failed(let failure): "\(failure) after \(milliseconds) ms"
        }
    }
}
