// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
import Latencies
package import Overrides

/// Gathers what happened in a period, call by call, and writes it as one page of Markdown.
package struct IncidentReport: Sendable {
    let period: Period
    let filter: String
    let options: ExportOptions

    private(set) var calls = 0
    private(set) var first: Instant?
    private(set) var last: Instant?
    private(set) var outcomes: [CallOutcome: Int] = [:]
    private(set) var late = 0
    private(set) var unasked = 0
    private(set) var latency = LatencyHistogram()
    private(set) var perMinute: [Int64: Int] = [:]
    private(set) var turnedAway = TurnedAway()
    /// How often calls failed for which reason.
    private(set) var failures: [String: Int] = [:]
    private(set) var notApplied = SomeCalls()
    private(set) var noted = SomeCalls()
    private(set) var audit: [AuditEntry] = []
    /// Overrides that are in force, whether or not the audit still has their beginning.
    private(set) var inForce: [ReportedOverride] = []
    private(set) var evicted = 0
    /// Set where older calls are missing: when the oldest one began that is known, if there is one.
    private(set) var missing: MissingCalls?
    /// How many requests were refused, by reason.
    private(set) var refused: [String: Int] = [:]
    private(set) var unlistedRefusals = 0

    /// Minutes and reasons beyond these numbers count in the totals only.
    private static let mostMinutes = 100_000
    private static let mostReasons = 1000

    package init(_ period: Period, filter: String = "", options: ExportOptions) {
        self.period = period
        self.filter = filter
        self.options = options
    }

    /// Some calls for a list, and how many there are.
    struct SomeCalls {
        static let most = 50
        private(set) var kept: [CallRecord] = []
        private(set) var count = 0

        mutating func add(_ call: CallRecord) {
            count += 1
            if kept.count < Self.most { kept.append(call) }
        }
    }

    /// Adds a call; the oldest come first.
    package mutating func add(_ call: CallRecord) {
        calls += 1
        first = min(first ?? call.firstHeardAt, call.firstHeardAt)
        last = max(last ?? call.firstHeardAt, call.firstHeardAt)
        let minute = call.firstHeardAt.seconds.flooredDivision(by: 60)
        if perMinute[minute] != nil || perMinute.count < Self.mostMinutes { perMinute[minute, default: 0] += 1 }
        let outcome = call.outcome(at: options.now)
        outcomes[outcome, default: 0] += 1
        if let answered = call.answered {
            latency.record(microseconds: answered.microseconds)
            if answered.decision.by == .deadline { late += 1 }
        } else {
            unasked += 1
        }
        if case .failed(let reason) = call.state {
            let reason = reason ?? "no reason given"
            if failures[reason] != nil || failures.count < Self.mostReasons { failures[reason, default: 0] += 1 }
        }
        if call.confirmation == .notApplied { notApplied.add(call) }
        if !call.remarks.isEmpty { noted.add(call) }
        turnedAway.add(call, outcome)
    }

    /// Adds a line of the audit; the oldest come first.
    package mutating func add(_ entry: AuditEntry) { audit.append(entry) }

    /// Adds overrides that are in force, of which the audit may not have the beginning any more.
    package mutating func add(inForce overrides: [Override]) { inForce += overrides.map(ReportedOverride.init) }

    /// Adds overrides on callers that are in force, likewise.
    package mutating func add(inForce overrides: [CallerOverride]) { inForce += overrides.map(ReportedOverride.init) }

    /// Adds a request that was refused.
    package mutating func add(_ request: RefusedRequest) {
        guard period.contains(request.at) else { return }
        refused[request.refusal.description, default: 0] += 1
    }

    /// Notes that earlier refused requests are not known by their time.
    package mutating func noteUnlisted(refusals count: Int) { unlistedRefusals += count }

    /// Notes that older calls are missing, since memory let them go.
    package mutating func noteEvicted(_ count: Int) { evicted += count }

    /// Notes that calls of the period may be missing, since the record begins with the oldest call that it still has.
    package mutating func noteMissing(before oldest: Instant?) { missing = MissingCalls(before: oldest) }

    struct MissingCalls: Sendable {
        /// `nil` where there is no call any more.
        let before: Instant?
    }

    /// How many calls had an outcome.
    func count(_ outcome: CallOutcome) -> Int { outcomes[outcome] ?? 0 }

    var rejected: Int { RejectedBy.allCases.reduce(0) { $0 + count(.rejected($1)) } }
}

/// The callers who were turned away, each once.
struct TurnedAway: Sendable {
    struct Caller: Sendable {
        var last: Instant
        var calls = 1
        var line: String
        var by: RejectedBy
        /// When the first later call of the same caller was let in.
        var gotThrough: Instant?
    }

    /// By the caller's number, or what came in its place.
    private(set) var callers: [String: Caller] = [:]
    private(set) var withheld = 0
    /// Callers for whom there was no room.
    private(set) var others = 0

    private static let most = 10_000

    mutating func add(_ call: CallRecord, _ outcome: CallOutcome) {
        guard case .rejected(let by) = outcome else { return noteLetIn(call) }
        // Nobody calls back whom an operator blocked.
        guard by != .block else { return }
        guard call.caller != .withheld else {
            withheld += 1
            return
        }
        let name = call.caller.description
        let line = call.lineName ?? call.called.description
        let former = callers[name]
        guard former != nil || callers.count < Self.most else {
            others += 1
            return
        }
        callers[name] = Caller(last: call.firstHeardAt, calls: (former?.calls ?? 0) + 1, line: line, by: by)
    }

    private mutating func noteLetIn(_ call: CallRecord) {
        guard call.answered != nil, call.caller != .withheld, call.wasInProgress else { return }
        let name = call.caller.description
        if callers[name]?.gotThrough == nil { callers[name]?.gotThrough = call.firstHeardAt }
    }

    /// Those who called last come first.
    var newestFirst: [(name: String, caller: Caller)] {
        callers.map { ($0.key, $0.value) }.sorted { ($1.1.last, $0.0) < ($0.1.last, $1.0) }
    }
}

extension CallRecord {
    /// Whether the platform said that the call was in progress, or how it ended without an error.
    fileprivate var wasInProgress: Bool {
        switch state {
        case .live, .ended: true
        case .other(let status): status.phase == .transferred
        case .ringing, .failed, .rejected: false
        }
    }
}

/// What a report says of an override, on lines or on a caller.
struct ReportedOverride: Sendable {
    let id: Int
    /// What beginning it did.
    let deed: String
    let reason: String
    let who: Operator
    let since: Instant
    let until: Instant?
    /// What callers hear by it, and who does; `nil` if it has no text.
    let heard: (by: String, text: String)?

    init(_ override: Override) {
        (id, deed, reason, who) = (override.id, override.deed, override.reason, override.who)
        (since, until) = (override.since, override.until)
        heard = override.kind.text.map { ("callers", $0) }
    }

    init(_ override: CallerOverride) {
        (id, deed, reason, who) = (override.id, override.deed, override.reason, override.who)
        (since, until) = (override.since, override.until)
        heard = override.kind.text.map { ("the caller", $0) }
    }
}

extension AuditEntry {
    /// What happened to an override; `nil` for what was written.
    fileprivate var change: (event: Event, override: ReportedOverride)? {
        switch content {
        case .change(let event, let override, old: _): (event, ReportedOverride(override))
        case .caller(let event, let override, old: _): (event, ReportedOverride(override))
        case .forgottenCaller, .note, .remark: nil
        }
    }
}

/// An override with its end, as the audit has it.
struct OverrideSpan {
    let override: ReportedOverride
    let begin: Instant
    var end: Instant?
    /// What ended it; `nil` for one whose time was over without a line in the audit.
    var ending: AuditEntry?

    /// The overrides of an audit that were in force in a period, the oldest first; `known` are in force whether or not the audit
    /// has their beginning.
    static func spans(
        in audit: [AuditEntry], and known: [ReportedOverride], during period: Period, at now: Instant
    ) -> [OverrideSpan] {
        var spans: [OverrideSpan] = []
        for entry in audit {
            guard let (event, override) = entry.change else { continue }
            if event.begins {
                spans.append(OverrideSpan(override: override, begin: entry.at))
            } else if let place = spans.lastIndex(where: { $0.override.id == override.id && $0.end == nil }) {
                spans[place].end = entry.at
                spans[place].ending = entry
            } else {
                // It began before the audit does.
                spans.append(OverrideSpan(override: override, begin: override.since, end: entry.at, ending: entry))
            }
        }
        for override in known where !spans.contains(where: { $0.override.id == override.id }) {
            spans.append(OverrideSpan(override: override, begin: override.since))
        }
        for (place, span) in spans.enumerated() where span.end == nil {
            if let until = span.override.until, until <= now { spans[place].end = until }
        }
        return spans.filter { period.overlaps(from: $0.begin, to: $0.end) }.sorted { $0.begin < $1.begin }
    }
}
