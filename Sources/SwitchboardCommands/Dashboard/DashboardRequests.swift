// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ControlAPI
import Dashboard
import EventLog
import Overrides
import WireFormat

// What a dashboard asks for is carried out in one of three places, all in this file: by the server that it runs in, by a
// server in another process, or by a record. None of them waits.

/// Carries out what the dashboard of this server asks for.
struct ServerRequests: Sendable {
    let assembly: ServerComponents
    /// `nil` without a rules file.
    let reloader: Reloader?
    let notifier: OperatorNotifier
    let who: Operator
    let clock: LocalClock

    func perform(_ request: DashboardRequest, _ report: @escaping @Sendable (DashboardMessage) -> Void) {
        switch request {
        case .override(let command):
            assembly.overrides.carryOut(command, by: who) { report(.overrideResult(OverrideResponse($0))) }
        case .export(let order):
            SessionWriter.write(assembly.desk.snapshot, as: order, clock: clock, at: assembly.clock.now()) {
                report(.exported($0))
            }
        case .explain(let call): Task { report(.explained(await assembly.explanation(of: call))) }
        case .testCall(let from, let to):
            Task {
                let outcome = await TestCall(to: assembly).begin(TestCallRequest(from: from, to: to))
                notifier.show(outcome.message(to: to))
            }
        // Only a record is gone through.
        case .travel: break
        case .reload:
            guard let reloader else {
                return notifier.show(OperatorMessage("no rules file to reload", isAlert: true))
            }
            reloader.run(.operatorRequest(who))
        }
    }
}

/// Carries out what an attached dashboard asks for, over the control socket.
struct AttachedRequests: Sendable {
    private let client: ControlClient
    private let server: RemoteServer
    private let commands: CommandQueue
    private let notifier: OperatorNotifier
    private let clock: LocalClock

    init(_ client: ControlClient, _ server: RemoteServer, _ notifier: OperatorNotifier, _ clock: LocalClock) {
        self.client = client
        self.server = server
        commands = CommandQueue(client)
        self.notifier = notifier
        self.clock = clock
    }

    func perform(_ request: DashboardRequest, _ report: @escaping @Sendable (DashboardMessage) -> Void) {
        switch request {
        case .override(let command): commands.add(command) { report(.overrideResult($0)) }
        case .export(let order): export(order) { report(.exported($0)) }
        case .explain(let call): Task { report(.explained(await client.explanation(of: call))) }
        case .testCall(let from, let to):
            Task { notifier.show(await client.testCall(TestCallRequest(from: from, to: to))) }
        // Only a record is gone through.
        case .travel: break
        case .reload: Task { notifier.show(await client.reload()) }
        }
    }

    private func export(_ order: ExportOrder, _ report: @escaping @Sendable (ExportOutcome) -> Void) {
        Task {
            guard let calls = await server.completeSnapshot() else {
                let reason = "calls are still arriving from the server; try again"
                return report(.failed("could not write \(order.path): \(reason)"))
            }
            SessionWriter.write({ calls }, as: order, clock: clock, at: WallClock.system.now(), then: report)
        }
    }
}

extension RecordPlayer {
    /// Carries out what a dashboard on a record asks for.
    func perform(_ request: DashboardRequest, _ report: @escaping @Sendable (DashboardMessage) -> Void) {
        switch request {
        case .travel(let travel): go(travel, then: report)
        case .export(let order): export(order) { report(.exported($0)) }
        // A record offers none of them.
        case .override, .reload, .explain, .testCall: break
        }
    }
}

/// Sends the commands of a dashboard one after the other: their results come in the order in which they were given, and
/// one that reverts another does not overtake it.
private final class CommandQueue: Sendable {
    private struct Order: Sendable {
        let command: OverrideCommand
        let report: @Sendable (OverrideResponse) -> Void
    }

    private let orders: AsyncStream<Order>.Continuation

    init(_ client: ControlClient) {
        let (stream, continuation) = AsyncStream.makeStream(of: Order.self)
        orders = continuation
        Task { for await order in stream { order.report(await client.result(of: order.command)) } }
    }

    deinit {
        orders.finish()
    }

    func add(_ command: OverrideCommand, then report: @escaping @Sendable (OverrideResponse) -> Void) {
        orders.yield(Order(command: command, report: report))
    }
}

extension ControlClient {
    /// Sends a command and returns the result for the dashboard.
    fileprivate func result(of command: OverrideCommand) async -> OverrideResponse {
        do {
            return .done(try await self.carryOut(command))
        } catch let refusal as ServerRejection {
            return .refused(refusal.failure.message)
        } catch let failure as CommandFailure {
            return .refused(failure.message)
        } catch {
            return .refused("the server could not be reached")
        }
    }

    /// Has the server reload its rules file, and returns the result for the dashboard.
    fileprivate func reload() async -> OperatorMessage {
        do {
            return try await reloadRules().message
        } catch let refusal as ServerRejection {
            return OperatorMessage(refusal.failure.message, isAlert: true)
        } catch {
            return OperatorMessage("the server could not be reached", isAlert: true)
        }
    }
}

extension OverrideResponse {
    fileprivate init(_ result: Result<OverrideResult, OverrideError>) {
        switch result {
        case .success(let result): self = .done(result)
        case .failure(let error): self = .refused(error.description)
        }
    }
}
