// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Foundation
import OutboundHTTP
import Overrides

/// `switchboard attach`: the dashboard of a server in another process on this machine.
struct AttachCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Show the dashboard of a running server.",
        discussion: "Several can be attached at once. Quitting or suspending one does not affect the server.")

    @OptionGroup var server: SocketOption

    @OptionGroup var dashboard: DashboardOptions

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        if let why = DashboardOptions.obstacle(environment: environment) {
            throw CommandFailure(.usage, "attach needs a terminal that can show a dashboard: \(why).")
        }
        let plan = try dashboard.plan(environment: environment, isAttached: true)
        let reason = try await ControlClient.with(socket: server.socket) { client in
            let status: ServerStatus
            do {
                status = try await client.status()
            } catch let refusal as ServerRejection {
                throw refusal.commandFailure
            }
            let server = RemoteServer(client: client, status: status, now: WallClock.system.now)
            return try await AttachedDashboard(plan: plan, client: client, server: server).run()
        }
        if reason != .success { throw CommandFailure(reason, "") }
    }
}
