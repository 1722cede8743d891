// SPDX-License-Identifier: Apache-2.0

/// What came of passing a webhook on to another server.
package enum ForwardOutcome: Equatable, Sendable {
    /// A 2xx reply with this body; whether it is JSON is not looked at yet.
    case replied([UInt8])
    case timedOut
    /// No connection, another status, a body without end; the words are for people and hold nothing secret.
    case failed(String)
}
