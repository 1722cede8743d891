// SPDX-License-Identifier: Apache-2.0

import Calls

/// Where deciding notes its steps; on the answering path nobody listens and nothing is built.
protocol Trace {
    mutating func note(_ step: @autoclosure () -> Step)
}

/// Listens to nothing.
struct NoTrace: Trace {
    mutating func note(_ step: @autoclosure () -> Step) {}
}

/// Keeps every step, to tell why.
struct StepTrace: Trace {
    private(set) var steps: [Step] = []

    mutating func note(_ step: @autoclosure () -> Step) {
        steps.append(step())
    }
}
