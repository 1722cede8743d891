// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Whether calls are kept on disk, and how much it lags.
package struct JournalStatus: Hashable, Sendable {
    /// The path of the file.
    package let file: String
    package var state: State
    /// How long the oldest change waits to be written, in milliseconds; 0 if none waits.
    package var lagMilliseconds: Int
    /// About how many bytes wait to be written.
    package var queuedBytes: Int
    /// Changes that were dropped because too much waited, since the start.
    package var dropped: Int
    /// Changes that were written, since the start.
    package var written: Int
    /// The size of the file; 0 while it cannot be used.
    package var fileBytes: Int
    /// Until when calls were heard of that it did not have any more when the server started; `nil` if it had all.
    ///
    /// What it loses later was in the memory of the server, which knows where that begins.
    package var lackedUntil: Instant?

    package init(
        file: String, state: State, lagMilliseconds: Int = 0, queuedBytes: Int = 0, dropped: Int = 0,
        written: Int = 0, fileBytes: Int = 0, lackedUntil: Instant? = nil
    ) {
        self.file = file
        self.state = state
        self.lagMilliseconds = lagMilliseconds
        self.queuedBytes = queuedBytes
        self.dropped = dropped
        self.written = written
        self.fileBytes = fileBytes
        self.lackedUntil = lackedUntil
    }

    package enum State: Hashable, Sendable {
        case writing
        /// It cannot be written at the moment, and is tried again.
        case retrying(error: String, since: Instant)
        /// It cannot be used, and is not tried again before a restart.
        case unusable(error: String, since: Instant)

        /// The word in JSON.
        package var word: String {
            switch self {
            case .writing: "writing"
            case .retrying: "retrying"
            case .unusable: "unusable"
            }
        }

        /// What is wrong; `nil` while it is written.
        package var failure: (error: String, since: Instant)? {
            switch self {
            case .writing: nil
            case .retrying(let error, let since), .unusable(let error, let since): (error, since)
            }
        }
    }

    /// One sentence for people while it cannot be written; `clock` writes a time of the past.
    package func alarm(_ clock: (Instant) -> String) -> String? {
        guard let (error, since) = state.failure else { return nil }
        let lost = dropped > 0 ? "; \(CountText.words(dropped, "change")) dropped" : ""
        return "the journal has not been written since \(clock(since)): \(error)\(lost); calls are answered"
    }
}
