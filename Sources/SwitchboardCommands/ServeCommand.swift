// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ConfigFiles
import Foundation
import OutboundHTTP
import TimeZones

/// `switchboard serve`: answers webhooks with a rules file.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answer webhooks with a rules file and show the calls.")

    @ArgumentParser.Option(help: "The rules file; else SWITCHBOARD_CONFIG, else switchboard.yaml here or in ~/.config.")
    var config: String?

    @ArgumentParser.Option(help: "HOST:PORT in place of the file's server.listen; port 0 picks a free one.")
    var listen: String?

    @ArgumentParser.Option(
        help: "The folder in which overrides are kept; else $XDG_STATE_HOME/switchboard or ~/.local/state/switchboard.")
    var state: String?

    @ArgumentParser.Option(
        help: "The control socket; else $XDG_RUNTIME_DIR/switchboard.sock, else switchboard.sock in the state folder.")
    var control: String?

    @OptionGroup var options: ServerOptions

    func run() async throws {
        ProcessLimits.set()
        let environment = ProcessInfo.processInfo.environment
        let path = try ConfigurationPath.find(named: config, environment: environment)
        let source = try ConfigurationSource(path: path)
        let file = try source.usable()
        if !source.outcome.findings.isEmpty { StandardError.say(source.renderedFindings) }
        let secrets = try SecretLoader.load(file.server.secrets, besides: path, environment: environment)
        let address = try address(file.server, isSigned: !secrets.isEmpty)
        let folder = try StateFolder.find(named: state, environment: environment)
        let plan = try options.dashboardPlan(environment: environment)
        let http = OutboundHTTP()
        let contacts = try ContactSources.directory(file, besides: path, http: http)
        let assembly = try await ServerComponents.start(
            file, contacts: contacts, http: http, listen: address, secrets: secrets
        ) { try LoadedState.kept(in: folder) }
        let server = RunningServer(
            assembly: assembly, dashboard: plan, onHangup: options.onHangup, rules: source,
            control: ControlPath.find(named: control, stateFolder: folder, environment: environment),
            who: CurrentOperator.of(environment), companions: [])
        let reason = try await server.run()
        if reason != .success { throw CommandFailure(reason, "") }
    }

    private func address(_ settings: ServerSettings, isSigned: Bool) throws -> ListenAddress {
        guard let listen else { return settings.listen }
        guard let address = ListenAddress(listen) else {
            throw CommandFailure(.usage, "--listen takes HOST:PORT, such as 127.0.0.1:8787, not \(listen)")
        }
        guard isSigned || address.isLoopback || settings.allowsUnsigned else {
            throw CommandFailure(
                .usage,
                "\(address) is reachable from outside and no webhook secret is set: set server.secrets, listen on a "
                    + "loopback address, or write allow_unsigned: true under server.")
        }
        return address
    }
}
