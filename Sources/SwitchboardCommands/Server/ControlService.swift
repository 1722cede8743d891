// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import ControlAPI
import ControlServer
import ControlSocket
import Dashboard
import EventLog
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

    /// Listens at the first of the places that can be used.
    ///
    /// Calls are answered without a socket too, but one that was asked for and another server that listens are errors.
    static func start(
        at places: [String], isRequired: Bool, for assembly: ServerComponents, _ reloader: Reloader?
    ) async throws -> Opened {
        var problems: [ControlServerError] = []
        for place in places {
            do throws(ControlServerError) {
                let server = try await start(at: place, for: assembly, reloader)
                let warning = problems.first.map { OperatorMessage("The control socket is at \(place): \($0.reason)") }
                return Opened(server: server, warning: warning)
            } catch {
                if isRequired { throw failure(error) }
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

    private static func start(
        at path: String, for assembly: ServerComponents, _ reloader: Reloader?
    ) async throws(ControlServerError) -> ControlServer {
        let api = ControlAPI(
            overrideService: assembly.overrides, log: assembly.log, clock: assembly.clock,
            dependencies: dependencies(of: assembly, reloader),
            instance: "\(ProcessInfo.processInfo.processIdentifier)-\(assembly.clock.now().microseconds)")
        return try await ControlServer.start(path: path, routes: api.routes)
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
                let policy = assembly.overrides.policy
                let question = try question(
                    caller, called, at: moment ?? assembly.clock.now(), policy.compiled.rules)
                var counted = assembly.answers.counted(question.request, for: policy)
                // The calls of another moment are unknown.
                if moment != nil { counted.live = .none }
                return await question.explanation(
                    by: policy, contacts: assembly.overrides.contacts,
                    within: assembly.settings.answerWithin, counted: counted
                ).document(source: .server)
            },
            reload: { who in
                await reloader?.reloaded(.operatorRequest(who))
            },
            accountName: { user in
                getpwuid(user).map { String(cString: $0.pointee.pw_name) } ?? "user \(user)"
            })
    }

    /// Reads a client's question; throws the problem to report to it.
    static func question(
        _ caller: String, _ called: String, at moment: Instant, _ rules: RuleSet
    ) throws(ControlProblem) -> CallQuestion {
        do throws(CallQuestion.Problem) {
            return try CallQuestion(from: caller, to: called, at: moment, rules: rules)
        } catch {
            throw ControlProblem(404, "bad_number", "\(error.end) is \(error.problem): \"\(error.text)\"")
        }
    }
}
