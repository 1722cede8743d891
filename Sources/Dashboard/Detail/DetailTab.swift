// SPDX-License-Identifier: Apache-2.0

/// What of a call is looked at.
enum DetailTab: Int, CaseIterable, Hashable, Sendable {
    case timeline, request, answer, why

    var title: String {
        switch self {
        case .timeline: "Timeline"
        case .request: "Request"
        case .answer: "Answer"
        case .why: "Why"
        }
    }
}
