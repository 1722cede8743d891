// SPDX-License-Identifier: Apache-2.0

import JSON
import Overrides
import Calls
import Dashboard
import TestSupport

extension Override {
    /// Ends a little less than two minutes after the newest of the varied calls.
    static let ending = Override.closed(reason: "fire drill", until: .sample.advanced(bySeconds: 727))

    /// In force since the early morning.
    static let old = Override.sample(
        .closed(says: "We zijn gesloten."), id: 1, reason: "no staff", since: .sample.advanced(bySeconds: -17_280))
}

extension [Override] {
    /// A group is closed, and one of its lines has a greeting of its own.
    static let some: [Override] = [
        .closed(
            says: "De balie is even dicht.", scope: .group("amsterdam"), reason: "fire drill",
            until: .sample.advanced(bySeconds: 5400), id: 1),
        .sample(.greeting("Met Billing, er is een storing."), .line("+31201234568"), id: 2),
        .sample(.forcedOpen, .line("+31701234569"), id: 3, reason: "the minister calls"),
    ]

    /// More than a third of any usual screen.
    static let many: [Override] =
        [.closed(reason: "fire drill", until: .sample.advanced(bySeconds: 5400)), .greeting()]
        + some
        + (10...20).map { id in
            .sample(.inform(says: "Even geduld, nummer \(id)."), .group("group \(id)"), id: id)
        }
}

extension OverrideResult {
    static let sample = OverrideResult(
        words: "closed group amsterdam", begun: [], ended: [],
        caveats: ["the closure of all lines counts first, until it ends"])
}

extension [LineStatus] {
    /// The sample lines with `[Override].some` in force.
    static let mixed: [LineStatus] = [LineStatus].sample().map { line in
        let end = Instant.sample.advanced(bySeconds: 5400)
        switch line.group {
        case "amsterdam":
            return line.standing(
                .closed, by: .override(.group("amsterdam")), says: .text("De balie is even dicht."), until: end,
                next: LineStatus.Next(state: .open, by: .otherwise))
        case "hague":
            return line.standing(.forcedOpen, by: .otherwise, says: .otherServer("crm"), until: nil, next: nil)
        default: return line
        }
    }
}

extension LineStatus {
    fileprivate func standing(_ state: State, by: Decider, says: FirstMessage, until: Instant?, next: Next?)
        -> LineStatus
    {
        LineStatus(
            number: number, name: name, group: group, state: state, by: by, says: says, until: until,
            untilOffset: untilOffset, next: next, nextChange: nextChange)
    }
}
