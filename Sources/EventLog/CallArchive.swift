// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A record of calls that memory has no more.
package protocol CallArchive: Sendable {
    /// The newest call with an id, with its number in the record as its place; `nil` where there is none.
    func call(_ id: CallID) throws(CallArchiveError) -> CallRecord?

    /// Keeps what operators said of a call that ``call(_:)`` gave.
    func keepRemarks(of call: CallRecord)
}

/// Why a record of calls could not be read, in words.
package struct CallArchiveError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
