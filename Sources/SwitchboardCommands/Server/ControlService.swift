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
    /// Listens at a path.
    static func start(at path: String, for assembly: ServerComponents, _ reloader: Reloader?) async throws
        -> ControlServer
    {
        let api = ControlAPI(
            overrideService: assembly.overrides, log: assembly.log, clock: assembly.clock,
            dependencies: dependencies(of: assembly, reloader),
            instance: "\(ProcessInfo.processInfo.processIdentifier)-\(assembly.clock.now().microseconds)")
        do throws(ControlServerError) {
            return try await ControlServer.start(path: path, routes: api.routes)
        } catch {
            throw failure(error)
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
