// SPDX-License-Identifier: Apache-2.0

/// What has to be remembered of earlier calls, for rules and texts that look back.
package struct CallMemory: Hashable, Sendable {
    /// How many of the newest calls of a caller; 0 for none.
    package var ofCaller: Int
    /// How many of the newest calls to a line; 0 for none.
    package var ofLine: Int
    /// How many of the newest calls of a caller to a line; 0 for none.
    package var ofCallerToLine: Int
    /// Whether the last call of a caller is remembered as such.
    package var keepsLastCall: Bool
    /// How far back they count, in seconds.
    package var seconds: Int

    package init(
        ofCaller: Int = 0, ofLine: Int = 0, ofCallerToLine: Int = 0, keepsLastCall: Bool = false, seconds: Int = 0
    ) {
        self.ofCaller = ofCaller
        self.ofLine = ofLine
        self.ofCallerToLine = ofCallerToLine
        self.keepsLastCall = keepsLastCall
        self.seconds = seconds
    }

    package static let none = CallMemory()

    /// Whether nothing is remembered.
    package var isNone: Bool { ofCaller == 0 && ofLine == 0 && ofCallerToLine == 0 && !keepsLastCall }

    /// Whether this remembers all that the other one asks for.
    package func covers(_ other: CallMemory) -> Bool { union(other) == self }

    /// What two need together.
    package func union(_ other: CallMemory) -> CallMemory {
        CallMemory(
            ofCaller: max(ofCaller, other.ofCaller), ofLine: max(ofLine, other.ofLine),
            ofCallerToLine: max(ofCallerToLine, other.ofCallerToLine),
            keepsLastCall: keepsLastCall || other.keepsLastCall, seconds: max(seconds, other.seconds))
    }
}

/// The call of a caller before the one to answer, as far as it is known.
package struct LastCall: Hashable, Sendable {
    package let id: CallID
    package let at: Instant
    /// The name of the line that was called.
    package let line: String?
    /// The platform's report at its end.
    package var report: CallReport?

    package init(id: CallID, at: Instant, line: String?, report: CallReport? = nil) {
        self.id = id
        self.at = at
        self.line = line
        self.report = report
    }
}
