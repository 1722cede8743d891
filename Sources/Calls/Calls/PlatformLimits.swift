// SPDX-License-Identifier: Apache-2.0

/// The times and ages that the voice platform sets (docs/platform.md, Limits).
package enum PlatformLimits {
    /// How long the platform waits for the answer to an assistant-request before the call goes on without one.
    package static let answer = Duration.seconds(5)
    /// `answer` in milliseconds, for screens that show it.
    package static let answerMilliseconds = Int(answer.nanoseconds / 1_000_000)
    /// How long the platform waits for the answer to tool calls.
    package static let toolCalls = Duration.seconds(10)
    /// How old, or how far ahead, the timestamp of a signed webhook may be.
    package static let signatureAge = Duration.seconds(300)
}
