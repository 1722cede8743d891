// SPDX-License-Identifier: Apache-2.0

package import CallAnswering
package import Calls
package import ControlServer
package import EventLog
package import Filters
package import JSON
package import Overrides
package import WireFormat

/// What the control socket serves: overrides, calls and counts, for commands, dashboards and scripts.
///
/// Nothing here is on the answering path; it reads the log like every other follower.
package final class ControlAPI: Sendable {
    let overrideService: OverrideService
    /// What clients see: the calls of all replicas, on a desk of several.
    let log: EventLog
    /// What came to this server.
    private let ownLog: EventLog
    let clock: WallClock
    let dependencies: ControlDependencies
    let changes = ChangeSignal()
    /// Changes with every start of the server, so that a follower notices that its cursor is void.
    let instance: String

    package init(
        overrideService: OverrideService, log: EventLog, ownLog: EventLog? = nil, clock: WallClock,
        dependencies: ControlDependencies, instance: String
    ) {
        self.ownLog = ownLog ?? log
        self.overrideService = overrideService
        self.log = log
        self.clock = clock
        self.dependencies = dependencies
        self.instance = instance
        log.watch { [changes] in changes.signal() }
    }

    /// The log, in which calls whose time is over just now count as without news.
    func counted() -> LogSnapshot {
        log.sweep(at: clock.now())
        return log.snapshot()
    }

    /// What came to this server, which is what a monitor adds up; counted like ``counted()``.
    func ownCounted() -> LogSnapshot {
        ownLog.sweep(at: clock.now())
        return ownLog.snapshot()
    }

    /// What is served at `server.metrics`, to everyone who reaches that address: nothing that controls anything.
    package var openRoutes: [ControlRoute] {
        [
            ControlRoute("GET", "/healthz", knowing: []) { _ in .json(Array(#"{"status":"ok"}"#.utf8)) },
            ControlRoute("GET", "/metrics", knowing: []) { _ in self.metrics() },
        ]
    }

    /// Everything that is served on the control socket (docs/openapi.yaml).
    package var routes: [ControlRoute] {
        openRoutes + [
            ControlRoute("GET", "/v1/status", knowing: []) { _ in self.status() },
            ControlRoute("GET", "/v1/calls", knowing: ["filter", "since", "until", "limit", "before"]) { request in
                await self.dependencies.untilRestored()
                return await self.calls(request)
            },
            ControlRoute("GET", "/v1/calls/{id}", knowing: []) { request in self.call(request) },
            ControlRoute("POST", "/v1/calls/{id}/mark", knowing: []) { request in
                await self.remark(request) { _ in .mark }
            },
            ControlRoute("DELETE", "/v1/calls/{id}/mark", knowing: []) { request in
                await self.remark(request) { _ in .unmark }
            },
            ControlRoute("POST", "/v1/calls/{id}/notes", knowing: []) { request in
                await self.remark(request, withText: true) { .note($0) }
            },
            ControlRoute("DELETE", "/v1/calls/{id}/notes", knowing: []) { request in
                await self.remark(request) { _ in .removeNotes }
            },
            ControlRoute("GET", "/v1/events", knowing: ["after", "with", "heartbeat"]) { request in self.events(request)
            },
            ControlRoute(
                "GET", "/v1/export", knowing: ["filter", "since", "until", "format", "mask", "transcripts", "end"]
            ) { request in self.export(request) },
            ControlRoute("GET", "/v1/report", knowing: ["filter", "since", "until", "mask"]) { request in
                await self.dependencies.untilRestored()
                return await self.report(request)
            },
            ControlRoute("GET", "/v1/audit", knowing: ["since", "until"]) { request in await self.audit(request) },
            ControlRoute("GET", "/v1/overrides", knowing: []) { _ in self.overrides() },
            ControlRoute("POST", "/v1/overrides", knowing: []) { request in await self.command(request) },
            ControlRoute("DELETE", "/v1/overrides/{id}", knowing: []) { request in await self.end(request) },
            ControlRoute("POST", "/v1/explain", knowing: []) { request in await self.explain(request) },
            ControlRoute("POST", "/v1/test-calls", knowing: []) { request in await self.testCall(request) },
            ControlRoute("POST", "/v1/forget", knowing: []) { request in await self.forget(request) },
            ControlRoute("POST", "/v1/reload", knowing: []) { request in await self.reload(request) },
        ]
    }
}

/// What the control API needs from the program around it.
package struct ControlDependencies: Sendable {
    /// The program's version.
    package let version: String
    /// The status at this moment.
    package let status: @Sendable () -> ServerStatus
    /// Explains a call that has not happened, as `explain --json` does.
    package let explain:
        @Sendable (_ caller: String, _ called: String, _ at: Instant?) async throws(ControlProblem) ->
            JSONDocument
    /// Reads the rules file again for an operator and reports the result; `nil` if there is no file.
    package let reload: @Sendable (Operator) async -> ReloadReport?
    /// The name of a user account, by its number; `nil` if it has none.
    package let accountName: @Sendable (UInt32) -> String?
    /// What reading a filter needs to know at this moment.
    package let filters: @Sendable () -> FilterSetting
    /// The lines of the audit on disk, the oldest first; none without a disk.
    package let audit: @Sendable () async -> [AuditEntry]
    /// The refused requests of a period that only the journal has, where memory begins with a moment.
    package let refusals: @Sendable (Period, Instant?) async -> EarlierRefusals
    /// Waits until the calls of earlier sessions are in memory: followers ask for them once.
    package let untilRestored: @Sendable () async -> Void
    /// Today's counts of this server alone; `nil` where they are those of the status.
    package let ownDay: @Sendable () -> DayCounts?
    /// When the certificate of the webhook's address expires; `nil` without one.
    package let certificateUntil: @Sendable () -> Instant?
    /// Removes a number from everything that the server keeps.
    package let forget: @Sendable (PhoneNumber, Operator) async throws(ControlProblem) -> ForgettingReport
    /// Sends a signed test call to this server and reports the answer to its first webhook.
    package let testCall: @Sendable (TestCallRequest) async throws(ControlProblem) -> TestCallReport

    package init(
        version: String, status: @escaping @Sendable () -> ServerStatus,
        explain: @escaping @Sendable (String, String, Instant?) async throws(ControlProblem) -> JSONDocument,
        reload: @escaping @Sendable (Operator) async -> ReloadReport?,
        accountName: @escaping @Sendable (UInt32) -> String?,
        filters: @escaping @Sendable () -> FilterSetting,
        audit: @escaping @Sendable () async -> [AuditEntry] = { [] },
        refusals: @escaping @Sendable (Period, Instant?) async -> EarlierRefusals = { _, _ in .none },
        untilRestored: @escaping @Sendable () async -> Void = {},
        ownDay: @escaping @Sendable () -> DayCounts? = { nil },
        certificateUntil: @escaping @Sendable () -> Instant? = { nil },
        forget: @escaping @Sendable (PhoneNumber, Operator) async throws(ControlProblem) -> ForgettingReport = {
            _, _ throws(ControlProblem) in throw ControlProblem(409, "nothing_kept", "this server keeps nothing")
        },
        testCall: @escaping @Sendable (TestCallRequest) async throws(ControlProblem) -> TestCallReport = {
            _ throws(ControlProblem) in throw ControlProblem(409, "no_test_calls", "this server sends no test calls")
        }
    ) {
        self.forget = forget
        self.testCall = testCall
        self.ownDay = ownDay
        self.certificateUntil = certificateUntil
        self.version = version
        self.status = status
        self.explain = explain
        self.reload = reload
        self.accountName = accountName
        self.filters = filters
        self.audit = audit
        self.refusals = refusals
        self.untilRestored = untilRestored
    }
}

/// The refused requests that only the journal has.
package struct EarlierRefusals: Hashable, Sendable {
    /// Those of the period that was asked for, the oldest first.
    package let requests: [RefusedRequest]
    /// How many there are of this session, whenever they came.
    package let ofSession: Int

    package init(requests: [RefusedRequest], ofSession: Int) {
        self.requests = requests
        self.ofSession = ofSession
    }

    package static let none = EarlierRefusals(requests: [], ofSession: 0)
}

/// What is wrong with a request, as the response has it.
package struct ControlProblem: Error, Hashable, Sendable {
    /// The HTTP status.
    package let status: Int
    package let code: String
    package let message: String

    package init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }
}
