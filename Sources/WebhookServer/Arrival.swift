// SPDX-License-Identifier: Apache-2.0

/// When the bytes of a connection came; shared by the two handlers of its pipeline, on one event loop.
final class Arrival {
    /// `AnswerService.ticks` at the newest read.
    var newest: UInt64 = 0
    /// `AnswerService.ticks` at the first byte of the request that is not complete yet.
    var first: UInt64?
}
