// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import ControlAPI
import ControlServer
import WireFormat
import EventLog
import Filters
import CallAnswering
import Overrides
import Rules
import Synchronization
import TestSupport

/// Who asked for a reload.
final class ReloadRequests: Sendable {
    private let asked = Mutex<[Operator]>([])

    var all: [Operator] { asked.withLock { $0 } }

    func note(_ who: Operator) {
        asked.withLock { $0.append(who) }
    }
}

/// The control API on overrides and a log, asked without a socket.
struct ControlBench {
    let log: EventLog
    let overrides: OverrideService
    let api: ControlAPI
    let reloads = ReloadRequests()
    static let clock = WallClock(now: { .sample }, ticks: { 0 })

    init(
        _ calls: [CallSample] = [], keep: Int = 1000,
        lines: [PhoneLine] = [.sample(), .sample(number: "+31201234567")],
        reload: ReloadReport? = nil, audit: [AuditEntry] = [], store: any OverrideStore = InMemoryOverrideStore(),
        day: DayCounts? = nil, refusals: EarlierRefusals = .none, journal: JournalStatus? = nil
    ) {
        log = EventLog(keep: Retention(calls: keep, bytes: 1 << 30))
        let rules = RuleSet.sample(lines: lines, answers: ["closed": .rejection("We are closed.")])
        let current = CurrentRules(CompiledRules(rules))
        overrides = OverrideService(rules: current, log: log, clock: Self.clock, store: store)
        for call in calls { call.record(in: log) }
        let house = ControlDependencies(
            version: "1.2.3",
            status: { [overrides] in
                var status = overrides.status(
                    of: .init(
                        address: "127.0.0.1:8787", webhookURL: "http://127.0.0.1:8787/webhook", isSigned: true,
                        answerWithinMilliseconds: 4000))
                status.day = day
                status.journal = journal
                return status
            },
            explain: { caller, _, _ throws(ControlProblem) in
                guard caller != "nobody" else { throw ControlProblem(404, "bad_number", "nobody is no number") }
                return ExplanationDocument.document(answer: [], by: .otherwise, until: nil, steps: [])
            },
            reload: { [reloads] who in
                reloads.note(who)
                return reload
            }, accountName: { "user \($0)" },
            filters: {
                FilterSetting(
                    now: .sample.advanced(bySeconds: 3600), clock: .fixed(7200), plan: NoNumberingPlan(), country: nil)
            }, audit: { audit }, refusals: { _, _ in refusals })
        api = ControlAPI(
            overrideService: overrides, log: log, clock: Self.clock, dependencies: house, instance: "run-1")
    }

    /// Asks for a path; the route is the one whose pattern fits.
    func ask(_ method: String, _ path: String, _ body: String = "", query: [(String, String)] = []) async throws
        -> ControlReply
    {
        for route in api.routes where route.method == method {
            guard let parameters = route.parameters(in: path) else { continue }
            return await route.answer(
                ControlRequest(
                    method: method, path: path, parameters: parameters, query: query.map { (name: $0.0, value: $0.1) },
                    body: Array(body.utf8), peer: ControlPeer(user: 501, process: 1)))
        }
        throw NoRoute(path: path)
    }

    struct NoRoute: Error { let path: String }
}

extension ControlReply {
    /// The body of a reply that is no stream.
    var bytes: [UInt8] {
        if case .bytes(let bytes) = body { bytes } else { [] }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The pieces of a stream that ends.
    func pieces() async throws -> [[UInt8]] {
        guard case .stream(let next) = body else { return [bytes] }
        var pieces: [[UInt8]] = []
        while let piece = await next() { pieces.append(piece) }
        return pieces
    }

    /// The reply as JSON.
    var document: JSONValue? { JSONReader.read(bytes) }

    /// The code of an error.
    var code: String? { document?["error"]?["code"]?.string }
}
