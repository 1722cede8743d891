// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import ConfigFiles
import Foundation
import Journal
import ListenerTLS
import OutboundHTTP
import Overrides
import ServiceManager
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
            "Folder for overrides, audit, journal and the last good rules; default: $XDG_STATE_HOME/switchboard or ~/.local/state/switchboard.",
            valueName: "DIR"), completion: .directory)
    var state: String?

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Control socket; default: $XDG_RUNTIME_DIR/switchboard.sock, then switchboard.sock in the state folder.",
            valueName: "PATH"), completion: .file())
    var control: String?

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Append the JSON lines of events to a file, which SIGUSR1 opens again; stdout then has the first line only.",
            valueName: "FILE"), completion: .file())
    var logFile: String?

    @Flag(help: "Exit if the rules file has errors, instead of starting with its last good rules.")
    var strictStart = false

    @Flag(help: "Answer calls as a replica of a desk even if neither its engine nor a copy of its overrides is there.")
    var startOpen = false

    @OptionGroup var options: ServerOptions

    func run() async throws {
        try ProcessLimits.set()
        let environment = ProcessInfo.processInfo.environment
        let manager = try ManagedService(environment)
        let path = try ConfigurationPath.find(named: config, environment: environment)
        let folder = try StatePath.find(named: state, environment: environment)
        let rules = try StartingRules.find(path, stateFolder: folder, isStrict: strictStart)
        let (source, file) = (rules.source, rules.file)
        let now = WallClock.system.now()
        let loaded = try LoadedSecrets.load(file, of: path)
        let secrets = loaded.secrets
        let tlsFiles = TLSFiles(file, of: path)
        let tls = try tlsFiles.map { ListenerTLS(try $0.load()) }
        let findings = source.findings(at: now) + loaded.findings + (tlsFiles?.findings(at: now) ?? [])
        if !findings.isEmpty { StandardError.say(source.rendered(findings)) }
        let address = try address(file.server, isSigned: !secrets.isEmpty, inherited: manager.address)
        let log = try logFile.map { try EventSink.Place.file(option: $0) }
        let plan = try options.dashboardPlan(environment: environment)
        let http = OutboundHTTP(connectionsPerServer: file.server.upstreamConnections)
        let contacts = ContactSources.atStart(file, of: source, http: http)
        let assembly = try await ServerComponents.start(
            file, contacts: contacts.directory, http: http, listen: address, inherited: manager.socket?.descriptor,
            secrets: secrets, tls: tls, journal: Journal.Options(file.server, of: path, stateFolder: folder),
            replica: try file.server.shared.map { try Replica($0, of: path, startsOpen: startOpen) },
            process: ServerProcess(
                id: Int(getpid()), rulesFile: rules.isRepeatable ? NamedFiles.lasting(path) : nil, stateFolder: folder,
                logFile: log?.path)
        ) { try await LoadedState.kept(in: folder, waiting: manager.patience) }
        let server = RunningServer(
            assembly: assembly, dashboard: plan, onHangup: options.onHangup,
            rules: ServedRules(rules, contacts: contacts, of: assembly, isStrict: strictStart, shown: findings),
            control: ControlPlaces(
                paths: ControlPath.places(named: control, stateFolder: folder, environment: environment),
                isRequired: control != nil, stateFolder: folder),
            who: CurrentOperator.of(environment), companions: [], manager: manager, logFile: log)
        let reason = try await server.run()
        if reason != .success { throw CommandFailure(reason, "") }
    }

    private func address(
        _ settings: ServerSettings, isSigned: Bool, inherited: ListenAddress?
    ) throws -> ListenAddress {
        guard inherited == nil || listen == nil else {
            throw CommandFailure(
                .usage, "--listen and a socket of the service manager (LISTEN_FDS) cannot be combined.")
        }
        guard let address = try inherited ?? listenOption() else { return settings.listen }
        guard isSigned || address.isLoopback || settings.allowsUnsigned else {
            throw CommandFailure(
                .usage,
                "\(address) is reachable from other machines, but no webhook secret is set: set server.secrets, listen on "
                    + "a loopback address, or set server.allow_unsigned to true.")
        }
        return address
    }

    private func listenOption() throws -> ListenAddress? {
        guard let listen else { return nil }
        if let address = ListenAddress(listen) { return address }
        throw CommandFailure(.usage, "--listen: \"\(listen)\" is not HOST:PORT; example: 127.0.0.1:8787")
    }
}
