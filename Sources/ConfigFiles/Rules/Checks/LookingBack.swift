// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// What in a file looks back at earlier calls.
struct LookingBack {
    /// A time over which calls are counted.
    struct Count {
        let time: CountedTime
        let written: String
        let position: SourcePosition
    }

    fileprivate private(set) var counts: [Count] = []
    /// Placeholders without a fallback in texts that callers hear.
    fileprivate private(set) var spoken: [(placeholder: LastCallPlaceholder, position: SourcePosition)] = []

    mutating func note(_ time: CountedTime, written: String, at position: SourcePosition) {
        counts.append(Count(time: time, written: written, position: position))
    }

    mutating func note(spoken template: TextTemplate, at position: SourcePosition) {
        for hole in template.holes where hole.writtenFallback == nil {
            if case .lastCall(let placeholder) = hole.placeholder { spoken.append((placeholder, position)) }
        }
    }
}

extension RulesReader {
    /// Counts over a shorter time are not expected to outlast the server, in seconds.
    private static let shortest = 86_400

    /// Warns of times that reach further back than calls are remembered, and of texts that lack words for a caller who calls
    /// for the first time.
    mutating func checkLookingBack(_ journal: JournalSettings?) {
        for count in lookingBack.counts { check(count, journal) }
        // A file that asks whether somebody called before may have another text for the others.
        guard lookingBack.counts.isEmpty else { return }
        for (placeholder, position) in lookingBack.spoken {
            let name = placeholder.rawValue
            findings.warning(
                .missingFallback,
                "`{{\(name)}}` is empty for a caller without an earlier call; add a fallback such as {{\(name)|some day}}",
                at: position)
        }
    }

    private mutating func check(_ count: LookingBack.Count, _ journal: JournalSettings?) {
        guard let journal else {
            guard count.time.mostSeconds >= Self.shortest else { return }
            findings.warning(
                .countsCutShort,
                "`within: \(count.written)` counts from the start of the server only, since `server.journal` is false; keep a "
                    + "journal, or count over hours", at: count.position)
            return
        }
        let days = count.time.days
        guard days > journal.days else { return }
        findings.warning(
            .countsCutShort,
            "`within: \(count.written)` counts \(CountText.words(journal.days, "day")) after a restart, since the journal keeps "
                + "no more; set `server.journal.days` to \(days)", at: count.position)
    }
}

extension CountedTime {
    /// How many days of calls it takes, rounded up.
    fileprivate var days: Int {
        switch self {
        case .seconds(let seconds): (seconds + 86_399) / 86_400
        case .calendar(let period): period.mostSeconds / 86_400
        }
    }
}
