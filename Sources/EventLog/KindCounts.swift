// SPDX-License-Identifier: Apache-2.0

import Calls

/// How many answers of each kind went out; counting hashes nothing, since it is on the answering path.
struct KindCounts: Sendable {
    private var counts = [Int](repeating: 0, count: AnswerKind.allCases.count)

    init() {}

    init(_ kinds: [AnswerKind: Int]) {
        for (kind, count) in kinds { counts[Self.place(of: kind)] = count }
    }

    mutating func add(_ kind: AnswerKind) {
        counts[Self.place(of: kind)] += 1
    }

    /// The kinds that went out at all.
    var byKind: [AnswerKind: Int] {
        Dictionary(uniqueKeysWithValues: AnswerKind.allCases.map { ($0, counts[Self.place(of: $0)]) })
            .filter { $0.value > 0 }
    }

    private static func place(of kind: AnswerKind) -> Int {
        switch kind {
        case .standard: 0
        case .greeting: 1
        case .override: 2
        case .analysis: 3
        case .limit: 4
        case .rejected: 5
        case .raw: 6
        }
    }
}
