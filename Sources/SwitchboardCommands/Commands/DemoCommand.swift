// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import ConfigFiles
import Contacts
import Foundation
import OutboundHTTP
import Overrides
import Rules
import ServiceLifecycle
import Signatures
import SimulatedPlatform
import WebhookServer

/// `switchboard demo`: a server with the starter's rules, and a simulated platform that calls it over loopback.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Run a demo server with simulated callers.")

    @ArgumentParser.Option(help: ArgumentHelp("Calls per minute.", valueName: "N"))
    var rate = 20.0

    @ArgumentParser.Option(help: ArgumentHelp("Seed; the same seed gives the same callers.", valueName: "N"))
    var seed: UInt64 = 1

    @ArgumentParser.Option(
        help: ArgumentHelp("Control socket for attach and the other commands; none by default.", valueName: "PATH"),
        completion: .file())
    var control: String?

    @OptionGroup var options: ServerOptions

    func validate() throws {
        guard rate > 0, rate <= 60_000 else {
            throw ValidationError("--rate must be above 0 and at most 60000 calls per minute.")
        }
    }

    func run() async throws {
        try ProcessLimits.set()
        let environment = ProcessInfo.processInfo.environment
        let plan = try options.dashboardPlan(environment: environment)
        let file = try ConfigurationSource(path: Starter.fileName, bytes: Array(Starter.text.utf8)).usable()
        guard let secret = WebhookSecret(Self.randomBytes()) else {
            throw CommandFailure(.defect, "The demo could not create a secret.")
        }
        let assembly = try await ServerComponents.start(
            file, contacts: ContactDirectory(sources: []), http: OutboundHTTP(),
            listen: ListenAddress(host: "127.0.0.1", port: 0), secrets: [secret],
            process: ServerProcess(id: Int(getpid()), rulesFile: nil, stateFolder: nil, logFile: nil)
        ) { .none }
        let callers = DemoCallers(
            traffic: traffic(file.rules, to: assembly, signingWith: secret))
        let server = RunningServer(
            assembly: assembly, dashboard: plan, onHangup: options.onHangup, rules: nil,
            control: ControlPlaces(
                paths: [control.map(HomeFolder.expand)].compactMap(\.self), isRequired: true, stateFolder: nil),
            who: CurrentOperator.of(environment), companions: [callers])
        let reason = try await server.run()
        if reason != .success { throw CommandFailure(reason, "") }
    }

    private func traffic(_ rules: RuleSet, to assembly: ServerComponents, signingWith secret: WebhookSecret) -> Traffic
    {
        let target = WebhookTarget(
            host: assembly.server.address.host, port: assembly.server.address.port, path: assembly.settings.path)
        let client = PlatformClient(
            target: target, secret: secret, http: assembly.http, now: assembly.clock.now)
        let player = CallPlayer(sender: client, clock: ContinuousClock(), now: assembly.clock.now) { _ in }
        let lines = rules.lines.map { SimulatedLine(number: $0.number.description, name: $0.name) }
        let numbers = DemoCallers.numbersOfTheStarter + FictitiousNumbers.all
        return Traffic(
            callers: SimulatedCallers(seed: seed, lines: lines, numbers: numbers), player: player, rate: rate,
            seed: seed, clock: ContinuousClock())
    }

    private static func randomBytes() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}

/// The simulated callers as a service: they call until the server stops.
struct DemoCallers: Service {
    /// Callers that the starter's rules name: its VIPs, and one of the blocked numbers.
    static let numbersOfTheStarter = ["+31612345678", "+31655501234", "+442079460101"]

    let traffic: Traffic

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await self.traffic.run()
        }
    }
}
