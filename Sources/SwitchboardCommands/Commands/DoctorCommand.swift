// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import ConfigFiles
import Foundation
import JSON
import OutboundHTTP
import Overrides
import Signatures
import SimulatedPlatform
import WireFormat

/// `switchboard doctor`: finds out what is wrong, and what to do about it.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check rules, secrets, state, server and system, and say what to do.",
        discussion: """
            One line for each check. Rules, state and descriptors are those of the running server, if one answers. Nothing \
            is changed; numbers, names of hosts and home folders are left out, so that the output can go into a bug report. Exit code 0 if all is well, 1 with warnings, 2 with failures.

            EXAMPLES:
              switchboard doctor
              switchboard doctor --url https://phone.example.com/webhook
            """)

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Rules file; default: that of the running server, else the one that serve would use.", valueName: "FILE"),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "State folder; default: that of the running server, else the one that serve would use.", valueName: "DIR"),
        completion: .directory)
    var state: String?

    @ArgumentParser.Option(
        help: ArgumentHelp("Control socket of the server; default: the one that commands use.", valueName: "PATH"),
        completion: .file())
    var socket: String?

    @ArgumentParser.Option(
        help: ArgumentHelp("Also check this address, which the platform calls.", valueName: "URL"))
    var url: String?

    @OptionGroup var signing: SigningOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let target = try url.map { try WebhookTarget(option: $0) }
        let server = await server(try StateFound.find(named: state, environment: environment))
        let rules = try RulesFound.find(named: config, environment: environment, server)
        let file = rules.source?.outcome.file
        var checks = RulesCheck.check(rules, server)
        let isRulesFileFine = checks.allSatisfy { $0.outcome == .ok || $0.outcome == .skipped }
        if let source = rules.source, let file {
            checks += SecretCheck.check(file.server, besides: source.path, server)
        }
        checks += StateCheck.check(server)
        if state == nil, server.state.folder != ControlSearch.system.state {
            checks += StateCheck.checkSystem(ControlSearch.system.state)
        }
        checks += JournalCheck.check(server, file?.server, besides: rules.source?.path, isFolderNamed: state != nil)
        checks += ServerCheck.check(server, isRulesFileFine: isRulesFileFine)
        checks += SystemChecks.check(
            watching: rules.path, environment: environment, holder: server.processID)
        if let target {
            let http = OutboundHTTP()
            checks += await AddressChecks(target: target, secret: try secret(rules.source, environment), http: http)
                .check()
            try await http.shutDown()
        }
        let report = HealthReport(
            checks: checks,
            redaction: Redaction(
                home: environment["HOME"] ?? "", user: environment["USER"] ?? "",
                hosts: [target?.host, ProcessInfo.processInfo.hostName].compactMap(\.self), query: target?.query ?? ""))
        if json {
            StandardOutput.document(report.document.text)
        } else {
            for line in report.lines { StandardOutput.say(line) }
            StandardError.say(report.summary)
        }
        guard report.exitCode == 0 else {
            throw CommandFailure(report.exitCode == 2 ? .usage : .failure, "")
        }
    }

    /// The running server, if commands reach it.
    ///
    /// Its own state folder is looked at unless another is named.
    private func server(_ usual: StateFound) async -> ServerFound {
        var place = socket ?? "its control socket"
        var found = usual
        var report: StatusReport?
        var problem: ServerFound.Problem?
        do {
            (report, problem) = try await ControlClient.with(socket: socket) { client in
                place = client.path
                if state == nil, let folder = client.stateFolder { found = .folder(folder) }
                return await ask(client)
            }
        } catch let failure as CommandFailure {
            problem = .unusable(failure.message)
        } catch {
            problem = .unusable("\(error)")
        }
        if state == nil, let folder = report?.server.server.process?.stateFolder { found = .folder(folder) }
        let (isHeld, holder) = found.folder.map(ServerFound.holder) ?? (false, nil)
        return ServerFound(
            socket: place, report: report, problem: problem, state: found, holder: holder, isHeld: isHeld)
    }

    /// How long the server may take to answer.
    private static let patience = Duration.seconds(10)

    /// The status of what listens at the control socket, or what is wrong with it; neither where nobody listens.
    private func ask(_ client: ControlClient) async -> (StatusReport?, ServerFound.Problem?) {
        let strange = "no server of this version answers at \(client.path)"
        do throws(SocketFailure) {
            let reply = try await client.socket.send(.get, "/v1/status", body: nil, within: Self.patience)
            guard reply.status == 200 else { return (nil, .strange("\(strange): the status is \(reply.status)")) }
            do throws(DocumentProblem) {
                return (try StatusReport(reply.body), nil)
            } catch {
                return (nil, .strange("\(strange): \(error)"))
            }
        } catch {
            return switch error {
            case .nobodyListens: (nil, nil)
            case .notAllowed: (nil, .notAllowed)
            case .timedOut: (nil, .silent)
            case .tooLarge: (nil, .strange("\(strange): its answer is too large"))
            case .broken(let words): (nil, .strange("\(strange): \(words)"))
            }
        }
    }

    /// The secret that the address is asked with: that of the option, else the first of the rules file that can be read.
    private func secret(_ rules: ConfigurationSource?, _ environment: [String: String]) throws -> WebhookSecret? {
        if let secret = try signing.secret(environment) { return secret }
        guard let rules else { return nil }
        let reader = SecretReader(configuration: rules.path)
        for source in rules.outcome.file?.server.secrets ?? [] {
            do throws(SecretReader.Problem) {
                if let secret = WebhookSecret(try reader.read(source).bytes) { return secret }
            } catch {
                // The check of the secrets has reported it.
                continue
            }
        }
        return nil
    }
}
