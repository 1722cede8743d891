// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import ControlAPI
import ControlServer
import ControlSocket
import Dashboard
import Dispatch
import EventLog
import Filters
import JSON
import Journal
import ListenerTLS
import Rules
import WireFormat
import CallAnswering
import Foundation

/// Serves the control API of a running server.
enum ControlService {
    /// A control socket, and what the operator should know about its place.
    struct Opened {
        /// `nil` if no place can be used.
        let server: ControlServer?
        let warning: OperatorMessage?
    }

    /// The control API of a server.
    static func api(of assembly: ServerComponents, _ reloader: Reloader?) -> ControlAPI {
        ControlAPI(
            overrideService: assembly.overrides, log: assembly.desk, ownLog: assembly.log, clock: assembly.clock,
            dependencies: dependencies(of: assembly, reloader),
            instance: "\(ProcessInfo.processInfo.processIdentifier)-\(assembly.clock.now().microseconds)")
    }

    /// Listens at the first of the places that can be used.
    ///
    /// Calls are answered without a socket too, but one that was asked for and another server that listens are errors.
    static func start(
        at places: ControlPlaces, _ api: ControlAPI, for assembly: ServerComponents
    ) async throws -> Opened {
        var problems: [ControlServerError] = []
        for place in places.paths {
            do throws(ControlServerError) {
                let (server, shared) = try await start(
                    at: place, isFolderOurs: places.isFolderOurs(place), api.routes, for: assembly)
                let moved = problems.first.map { "The control socket is at \(place): \($0.reason)" }
                let warnings = [moved, shared].compactMap(\.self)
                return Opened(
                    server: server,
                    warning: warnings.first.map {
                        OperatorMessage($0, details: Array(warnings.dropFirst()), isAlert: shared != nil)
                    })
            } catch {
                if places.isRequired { throw failure(error) }
                if case .inUse = error { throw failure(error) }
                problems.append(error)
            }
        }
        return Opened(
            server: nil,
            warning: problems.isEmpty
                ? nil
                : OperatorMessage(
                    "There is no control socket, so commands cannot reach this server",
                    details: problems.map(\.reason), isAlert: true))
    }

    /// Listens at a path, and returns why members of the named group cannot use it, if they cannot.
    private static func start(
        at path: String, isFolderOurs: Bool, _ routes: [ControlRoute], for assembly: ServerComponents
    ) async throws(ControlServerError) -> (ControlServer, warning: String?) {
        let unshared = { () async throws(ControlServerError) in
            try await ControlServer.start(path: path, isFolderOurs: isFolderOurs, routes: routes)
        }
        guard let name = assembly.settings.controlGroup else {
            return (try await unshared(), nil)
        }
        guard let group = SocketGroup(named: name) else {
            let warning = "`server.control`: the system has no group \(name), so it is ignored."
            return (try await unshared(), warning)
        }
        do throws(ControlServerError) {
            let server = try await ControlServer.start(
                path: path, isFolderOurs: isFolderOurs, routes: routes, sharedWith: group)
            let warning = group.folderInTheWay(to: path).map { folder in
                "`server.control`: members of \(name) cannot enter \(folder), so they cannot use \(path); choose another "
                    + "path with --control."
            }
            return (server, warning)
        } catch {
            guard case .cannotShare = error else { throw error }
            // The owner can use it all the same.
            return (try await unshared(), "`server.control`: \(error)")
        }
    }

    private static func failure(_ error: ControlServerError) -> CommandFailure {
        switch error {
        case .inUse: CommandFailure(.addressTaken, error.description)
        default: CommandFailure(.failure, error.description)
        }
    }

    private static func dependencies(of assembly: ServerComponents, _ reloader: Reloader?) -> ControlDependencies {
        ControlDependencies(
            version: Version.text, status: { assembly.status },
            explain: { caller, called, moment throws(ControlProblem) in
                try await explained(caller, called, at: moment, by: assembly)
            },
            reload: { who in
                await reloader?.reloaded(.operatorRequest(who))
            },
            accountName: { user in
                AccountName.of(user)
            },
            filters: {
                let rules = assembly.overrides.policy.compiled.rules
                return FilterSetting(
                    now: assembly.clock.now(), clock: LocalClock { rules.zone.offset(at: $0) },
                    plan: ConfigurationSource.numbers, country: rules.parties.country,
                    countries: rules.parties.countriesOfLines)
            },
            audit: { assembly.auditOnDisk() },
            refusals: { period, oldest in await assembly.refusalsInJournal(period, before: oldest) },
            untilRestored: { await assembly.journal?.journal.untilRestored() },
            ownDay: { assembly.past.day },
            certificateUntil: { assembly.tls?.certificate.validUntil },
            forget: { number, who throws(ControlProblem) in try await assembly.forget(number, by: who) },
            testCall: { request throws(ControlProblem) in try await TestCall(to: assembly).begin(request).report() })
    }

    /// What a call would get that has not happened; `nil` is now.
    static func explained(
        _ caller: String, _ called: String, at moment: Instant?, by assembly: ServerComponents
    ) async throws(ControlProblem) -> JSONDocument {
        let policy = assembly.overrides.policy
        let question = try question(caller, called, at: moment ?? assembly.clock.now(), policy.compiled.rules)
        var counted = assembly.answers.counted(question.request, for: policy)
        // The calls of another moment are unknown.
        if moment != nil { counted.live = .none }
        return await question.explanation(
            by: policy, contacts: assembly.overrides.contacts, within: assembly.settings.answerWithin,
            counted: counted
        ).document(source: .server)
    }

    /// Reads a client's question; throws the problem to report to it.
    static func question(
        _ caller: String, _ called: String, at moment: Instant, _ rules: RuleSet
    ) throws(ControlProblem) -> CallQuestion {
        do throws(CallQuestion.Problem) {
            return try CallQuestion(from: caller, to: called, at: moment, rules: rules)
        } catch {
            throw error.rejection
        }
    }
}

extension CallQuestion.Problem {
    var words: String { "\(end) is \(problem): \"\(text)\"" }

    /// What a client gets.
    var rejection: ControlProblem { ControlProblem(404, "bad_number", words) }
}

extension ServerComponents {
    /// The refused requests of a period that memory does not have, which begins with `oldest`.
    fileprivate func refusalsInJournal(_ period: Period, before oldest: Instant?) async -> EarlierRefusals {
        guard let journal = journal?.journal else { return .none }
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let found = journal.refusals(in: period, before: oldest)
                continuation.resume(
                    returning: EarlierRefusals(requests: found.requests, ofSession: found.ofSession))
            }
        }
    }
}
