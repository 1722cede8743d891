// SPDX-License-Identifier: Apache-2.0

/// What came of asking another server for an answer, and how long it took.
package struct UpstreamReport: Hashable, Sendable {
    package let reply: UpstreamReply
    package let milliseconds: Int

    package init(reply: UpstreamReply, milliseconds: Int) {
        self.reply = reply
        self.milliseconds = milliseconds
    }
}

extension UpstreamReport: CustomStringConvertible {
    package var description: String {
        switch reply {
        case .answered: "answered in \(milliseconds) ms"
        case .failed(.notAsked): "\(UpstreamFailure.notAsked)"
        case .failed(.skipped): "\(UpstreamFailure.skipped)"
        case .failed(let failure): "\(failure) after \(milliseconds) ms"
        }
    }
}
