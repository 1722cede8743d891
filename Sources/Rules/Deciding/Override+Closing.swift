// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

extension Override.Kind {
    /// How long a call lasts at most that is only told that the line is closed, in seconds.
    private static let informedCall = 60

    /// The answer that calls get while it closes their line.
    var answer: Answer {
        switch self {
        case .closed(let text): .reject(TextTemplate(literal: text))
        case .inform(let text):
            .assistant(AssistantAnswer(greeting: TextTemplate(literal: text), maxDuration: Self.informedCall))
        case .forcedOpen, .greeting: .standard
        }
    }
}

extension Override {
    /// What it does, by whom and since when, for *why*.
    func reason(in zone: Zone) -> String {
        let what =
            switch kind {
            case .closed: "closed"
            case .inform: "closed, and callers are told so,"
            case .forcedOpen: "kept open"
            case .greeting: "greets"
            }
        let end = until.map { ", until \(zone.local($0).clock)" } ?? ""
        return "\(what) by \(who.user) since \(zone.local(since).clock)\(end)" + (reason.isEmpty ? "" : ": \(reason)")
    }
}
