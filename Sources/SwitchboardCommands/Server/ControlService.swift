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
    /// A control server, and why members of the named group cannot use it, if they cannot.
    typealias Opened = (server: ControlServer, warning: String?)

    /// Listens at a path.
    static func start(at path: String, for assembly: ServerComponents, _ reloader: Reloader?) async throws -> Opened {
        let api = ControlAPI(
            overrideService: assembly.overrides, log: assembly.log, clock: assembly.clock,
            dependencies: dependencies(of: assembly, reloader),
            instance: "\(ProcessInfo.processInfo.processIdentifier)-\(assembly.clock.now().microseconds)")
        guard let name = assembly.settings.controlGroup else { return (try await start(path, api), nil) }
        guard let group = SocketGroup(named: name) else {
            return (try await start(path, api), "`server.control`: the system has no group \(name), so it is ignored.")
        }
        do throws(ControlServerError) {
            let server = try await ControlServer.start(path: path, routes: api.routes, sharedWith: group)
            let folder = group.folderInTheWay(to: path)
            let warning = folder.map { folder in
                "`server.control`: members of \(name) cannot enter \(folder), so they cannot use \(path); choose another "
                    + "path with --control."
            }
            return (server, warning)
        } catch .cannotShare(let path, group: let group, reason: let reason) {
            // The owner can use it all the same.
            let error = ControlServerError.cannotShare(path, group: group, reason: reason)
            return (try await start(path, api), "`server.control`: \(error)")
        } catch {
            throw failure(error)
        }
    }

    private static func start(_ path: String, _ api: ControlAPI) async throws -> ControlServer {
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
                var counted = assembly.answers.counted(question.request, for: policy.compiled)
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
                AccountName.of(user)
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
