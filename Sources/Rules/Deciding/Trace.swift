// SPDX-License-Identifier: Apache-2.0

import Calls

/// Where deciding notes its steps; on the answering path nobody listens and nothing is built.
protocol Trace {
    /// Whether anybody reads the steps, so that rules that cannot hold are considered too.
    static var isRead: Bool { get }

    mutating func note(_ step: @autoclosure () throws(MissingFact) -> Step) throws(MissingFact)
}

/// Listens to nothing.
struct NoTrace: Trace {
    static let isRead = false

    mutating func note(_ step: @autoclosure () throws(MissingFact) -> Step) throws(MissingFact) {}
}

/// Keeps every step, to tell why.
struct StepTrace: Trace {
    static let isRead = true

    private(set) var steps: [Step] = []

    mutating func note(_ step: @autoclosure () throws(MissingFact) -> Step) throws(MissingFact) {
        steps.append(try step())
    }
}
