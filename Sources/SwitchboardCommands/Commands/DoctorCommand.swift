// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import ConfigFiles
import Foundation
import JSON
import OutboundHTTP
import Signatures
import SimulatedPlatform
import WireFormat

/// `switchboard doctor`: finds out what is wrong, and what to do about it.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check rules, secrets, state, server and system, and say what to do.",
        discussion: """
            One line for each check. Nothing is changed; numbers, names of hosts and home folders are left out, so that \
            the output can go into a bug report. Exit code 0 if all is well, 1 with warnings, 2 with failures.

            EXAMPLES:
              switchboard doctor
              switchboard doctor --url https://phone.example.com/webhook
            """)

    @ArgumentParser.Option(
        help: ArgumentHelp("Rules file; default: the one that serve would use.", valueName: "FILE"),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @ArgumentParser.Option(
        help: ArgumentHelp("State folder of the server; default: the one that serve would use.", valueName: "DIR"),
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
        let path = try? ConfigurationPath.find(named: config, environment: environment)
        let source = path.flatMap { try? ConfigurationSource(path: $0) }
        let folder = try StateFolder.find(named: state, environment: environment)
        let server = await server(folder)
        let file = source?.outcome.file
        var checks = RulesCheck.check(path, source, server)
        if let source, let file {
            checks += SecretCheck.check(file.server, besides: source.path, server)
        }
        checks += StateCheck.check(folder) + ServerCheck.check(server)
        checks += SystemChecks.check(
            watching: path, environment: environment, holder: server.isHeld ? server.holder : nil)
        if let target {
            let http = OutboundHTTP()
            checks += await AddressChecks(target: target, secret: try secret(file, environment), http: http).check()
            try await http.shutDown()
        }
        let report = HealthReport(
            checks: checks,
            redaction: Redaction(
                home: environment["HOME"] ?? "", user: environment["USER"] ?? "",
                hosts: [target?.host, ProcessInfo.processInfo.hostName].compactMap(\.self)))
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
    private func server(_ folder: String) async -> ServerFound {
        let (isHeld, holder) = ServerFound.holder(of: folder)
        var place = socket ?? "its control socket"
        do {
            return try await ControlClient.with(socket: socket) { client in
                place = client.path
                guard let body = try await client.sendIfRunning(.get, "/v1/status") else {
                    return ServerFound(socket: client.path, report: nil, problem: nil, holder: holder, isHeld: isHeld)
                }
                let report = try client.read(body) { bytes throws(DocumentProblem) in try StatusReport(bytes) }
                return ServerFound(socket: client.path, report: report, problem: nil, holder: holder, isHeld: isHeld)
            }
        } catch let failure as CommandFailure {
            return ServerFound(socket: place, report: nil, problem: failure.message, holder: holder, isHeld: isHeld)
        } catch {
            return ServerFound(socket: place, report: nil, problem: "\(error)", holder: holder, isHeld: isHeld)
        }
    }

    /// The secret that the address is asked with: that of the option, else the first of the rules file that can be read.
    private func secret(_ file: RulesFile?, _ environment: [String: String]) throws -> WebhookSecret? {
        if let secret = try signing.secret(environment) { return secret }
        guard let file, let path = try? ConfigurationPath.find(named: config, environment: environment) else {
            return nil
        }
        let reader = SecretReader(configuration: path)
        for source in file.server.secrets {
            if let reading = try? reader.read(source), let secret = WebhookSecret(reading.bytes) { return secret }
        }
        return nil
    }
}
