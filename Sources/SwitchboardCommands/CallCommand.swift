// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import CallAnswering
import Foundation
import Signatures
import SimulatedPlatform

/// `switchboard call`: a signed test call, as the platform would send it.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call", abstract: "Send a signed test call and print the answer.",
        discussion: "The answer goes to stdout as it came; what happened goes to stderr.")

    @ArgumentParser.Option(help: "The caller's number, or `withheld`.")
    var from: String

    @ArgumentParser.Option(help: "The number that is called.")
    var to: String

    @ArgumentParser.Option(help: "Where the webhook is served.")
    var url = "http://127.0.0.1:8787/webhook"

    @ArgumentParser.Option(help: "The environment variable with the secret; else SWITCHBOARD_WEBHOOK_SECRET, if set.")
    var secretEnv: String?

    @Flag(help: "Play the whole call: picked up, ended, reported.")
    var whole = false

    func run() async throws {
        let secret = try secret(ProcessInfo.processInfo.environment)
        let clock = WallClock.system
        let client = PlatformClient(target: try target(), secret: secret, now: clock.now)
        defer { client.close() }
        let result = CallResult()
        let player = CallPlayer(sender: client, clock: ContinuousClock(), now: clock.now) { sent in
            result.take(sent)
        }
        await player.play(.test(call, whole: whole, pause: .milliseconds(700)))
        if !result.isFine { throw CommandFailure(.failure, "") }
    }

    private var call: SimulatedCall {
        let caller: CallerNumber = from == "withheld" ? .null : .text(from)
        let conversation = Conversation(
            summary: "A test call.",
            turns: [.init(.assistant, "Hello, how can I help you?"), .init(.user, "This is a test, goodbye.")],
            tool: nil, intent: "question")
        return SimulatedCall(
            id: UUID().uuidString.lowercased(), line: SimulatedLine(number: to, name: nil), caller: caller,
            conversation: conversation)
    }

    private func target() throws -> WebhookTarget {
        do throws(WebhookTargetError) {
            return try WebhookTarget(url: url)
        } catch {
            throw CommandFailure(.usage, "--url: \(error)")
        }
    }

    private func secret(_ environment: [String: String]) throws -> WebhookSecret? {
        let name = secretEnv ?? "SWITCHBOARD_WEBHOOK_SECRET"
        guard let text = environment[name] else {
            guard secretEnv == nil else { throw CommandFailure(.usage, "The environment variable \(name) is not set.") }
            return nil
        }
        guard let secret = WebhookSecret(Array(text.utf8)) else {
            throw CommandFailure(.usage, "The environment variable \(name) is empty.")
        }
        return secret
    }
}
