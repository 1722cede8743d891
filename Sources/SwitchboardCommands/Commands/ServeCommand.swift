// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import ConfigFiles
import Foundation
import OutboundHTTP
import TimeZones

/// `switchboard serve`: answers webhooks with a rules file.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answer webhooks from a rules file and show the calls.")

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Rules file; default: $SWITCHBOARD_CONFIG, then switchboard.yaml here or in ~/.config.", valueName: "FILE"),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Address to listen on, instead of server.listen; port 0 picks a free port.", valueName: "HOST:PORT"))
    var listen: String?

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Folder for the overrides; default: $XDG_STATE_HOME/switchboard or ~/.local/state/switchboard.",
            valueName: "DIR"), completion: .directory)
    var state: String?

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Control socket; default: $XDG_RUNTIME_DIR/switchboard.sock, then switchboard.sock in the state folder.",
            valueName: "PATH"), completion: .file())
    var control: String?

    @Flag(help: "Exit if the rules file has errors, instead of starting with its last good rules.")
    var strictStart = false

    @OptionGroup var options: ServerOptions

    func run() async throws {
        ProcessLimits.set()
        let environment = ProcessInfo.processInfo.environment
        let path = try ConfigurationPath.find(named: config, environment: environment)
        let folder = try StateFolder.find(named: state, environment: environment)
        let rules = try StartingRules.find(path, stateFolder: folder, isStrict: strictStart)
        let (source, file) = (rules.source, rules.file)
        let now = WallClock.system.now()
        let findings = source.findings(at: now)
        if !findings.isEmpty { StandardError.say(source.rendered(findings)) }
        let secrets = try SecretLoader.load(file.server.secrets, besides: path, environment: environment)
        let address = try address(file.server, isSigned: !secrets.isEmpty)
        let plan = try options.dashboardPlan(environment: environment)
        let http = OutboundHTTP()
        let contacts = ContactSources.atStart(file, of: source, http: http)
        let assembly = try await ServerComponents.start(
            file, contacts: contacts.directory, http: http, listen: address, secrets: secrets
        ) { try LoadedState.kept(in: folder) }
        let server = RunningServer(
            assembly: assembly, dashboard: plan, onHangup: options.onHangup,
            rules: ServedRules(rules, contacts: contacts, of: assembly, isStrict: strictStart),
            control: ControlPath.find(named: control, stateFolder: folder, environment: environment),
            who: CurrentOperator.of(environment), companions: [])
        let reason = try await server.run()
        if reason != .success { throw CommandFailure(reason, "") }
    }

    private func address(_ settings: ServerSettings, isSigned: Bool) throws -> ListenAddress {
        guard let listen else { return settings.listen }
        guard let address = ListenAddress(listen) else {
            throw CommandFailure(.usage, "--listen: \"\(listen)\" is not HOST:PORT; example: 127.0.0.1:8787")
        }
        guard isSigned || address.isLoopback || settings.allowsUnsigned else {
            throw CommandFailure(
                .usage,
                "\(address) is reachable from other machines, but no webhook secret is set: set server.secrets, listen on "
                    + "a loopback address, or set server.allow_unsigned to true.")
        }
        return address
    }
}
