// SPDX-License-Identifier: Apache-2.0

package import Calls

/// One thing that happened, for those who follow the log as a stream.
package enum LoggedEvent: Sendable {
    /// A call was answered.
    case answered(CallRecord)
    /// The last entry of the call's timeline is new.
    case news(CallRecord)
    case refused(RefusedRequest)
    /// A webhook without a call id.
    case unattributed(type: String, at: Instant)
    /// The operator changed a switch; the words say what holds from now on.
    case desk(String, at: Instant)
}
