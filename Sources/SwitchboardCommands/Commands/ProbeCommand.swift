// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Foundation
import JSON
import OutboundHTTP
import SimulatedPlatform

/// `switchboard probe`: whether the public address leads to the server.
struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Check that the public address leads to the server.",
        discussion: """
            Sends a signed webhook that the server answers and does not count. Exit code 0 if it came back as the server \
            sent it, 1 if not.

            EXAMPLES:
              switchboard probe --url https://phone.example.com/webhook
              switchboard probe --url https://phone.example.com/webhook --every 5m
            """)

    @ArgumentParser.Option(help: ArgumentHelp("The address that the platform calls.", valueName: "URL"))
    var url: String

    @OptionGroup var signing: SigningOptions

    @ArgumentParser.Option(
        help: ArgumentHelp("Repeat after this time, such as 5m, until interrupted.", valueName: "DURATION"))
    var every: String?

    @Flag(help: "Print each result as a line of JSON.")
    var json = false

    func run() async throws {
        let pause = try pause()
        let secret = try signing.secret(ProcessInfo.processInfo.environment)
        if secret == nil { StandardError.say(SigningOptions.unsigned) }
        let clock = WallClock.system
        let http = OutboundHTTP()
        let probe = Probe(
            through: PlatformClient(
                target: try WebhookTarget(option: url), secret: secret, http: http, now: clock.now))
        var result = await probe.send(id: Probe.newID())
        say(result)
        while let pause, !StandardOutput.isBroken {
            try await Task.sleep(for: pause)
            result = await probe.send(id: Probe.newID())
            say(result)
        }
        try await http.shutDown()
        if !result.isFine { throw CommandFailure(.failure, "") }
    }

    private func pause() throws -> Duration? {
        guard let every else { return nil }
        guard let seconds = DurationText.seconds(every), seconds > 0 else {
            throw CommandFailure(.usage, "--every must be a duration such as 30s or 5m, found \"\(every)\".")
        }
        return .seconds(seconds)
    }

    private func say(_ result: ProbeResult) {
        let now = WallClock.system.now().iso8601
        guard json else { return StandardOutput.say("\(now) \(url): \(result)") }
        var fields: [JSONValue.Member] = [
            JSONValue.Member("at", .string(now)), JSONValue.Member("url", .string(url)),
            JSONValue.Member("ok", .bool(result.isFine)),
            JSONValue.Member("code", .string(result.code)), JSONValue.Member("message", .string("\(result)")),
        ]
        if case .answered(let milliseconds) = result {
            fields.append(JSONValue.Member("milliseconds", .integer(Int(milliseconds.rounded(.up)))))
        }
        StandardOutput.document(JSONValue.object(fields).text)
    }
}
