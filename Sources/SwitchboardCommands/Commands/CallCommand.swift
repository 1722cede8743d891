// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Foundation
import OutboundHTTP
import Overrides
import Signatures
import SimulatedPlatform
import Synchronization

/// `switchboard call`: a signed test call, as the platform would send it.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call", abstract: "Send a signed test call and print the answer.",
        discussion: "The raw answer goes to stdout, status messages go to stderr.")

    @ArgumentParser.Option(help: ArgumentHelp("The caller's number, or `withheld`.", valueName: "NUMBER"))
    var from: String

    @ArgumentParser.Option(
        help: ArgumentHelp("The called line: its number, sent as written, or its name.", valueName: "LINE"),
        completion: ShellCompletion.lines)
    var to: String

    @ArgumentParser.Option(help: ArgumentHelp("URL of the webhook.", valueName: "URL"))
    var url = "http://127.0.0.1:8787/webhook"

    @OptionGroup var signing: SigningOptions

    @Flag(help: "Send all webhooks of a call: request, pick-up, end, report.")
    var whole = false

    func run() async throws {
        let secret = try signing.secret(ProcessInfo.processInfo.environment)
        let clock = WallClock.system
        let http = OutboundHTTP()
        if secret == nil { StandardError.say(SigningOptions.unsigned) }
        let client = PlatformClient(target: try WebhookTarget(option: url), secret: secret, http: http, now: clock.now)
        let result = CallResult(isSigned: secret != nil)
        let player = CallPlayer(sender: client, clock: ContinuousClock(), now: clock.now) { sent in
            result.take(sent)
        }
        await player.play(.test(call(to: try await calledNumber()), whole: whole, pause: .milliseconds(700)))
        try await http.shutDown()
        if !result.isFine { throw CommandFailure(.failure, "") }
    }

    /// The called number as it is sent; the name of a line is looked up at the running server.
    private func calledNumber() async throws -> String {
        guard case .unreadable(.letters) = ConfigurationSource.numbers.read(to, country: nil) else { return to }
        let status: ServerStatus?
        do {
            status = try await ControlClient.with(socket: nil) { try await $0.statusIfRunning() }
        } catch let rejection as ServerRejection {
            throw rejection.commandFailure
        }
        guard let status else {
            throw CommandFailure(.usage, "--to: \"\(to)\" is not a phone number, and no server is running here to ask")
        }
        do throws(LineNames.Problem) {
            return try LineNames(status.lines).called(to).description
        } catch {
            throw CommandFailure(.usage, "--to: \"\(to)\" is \(error)")
        }
    }

    private func call(to: String) -> SimulatedCall {
        let caller: CallerNumber = from == "withheld" ? .null : .text(from)
        return .test(from: caller, to: to)
    }
}

extension SimulatedCall {
    /// A call that somebody makes to see what callers get.
    static func test(from caller: CallerNumber, to number: String) -> SimulatedCall {
        let conversation = Conversation(
            summary: "A test call.",
            turns: [.init(.assistant, "Hello, how can I help you?"), .init(.user, "This is a test, goodbye.")],
            tool: nil, intent: "question")
        return SimulatedCall(
            id: UUID().uuidString.lowercased(), line: SimulatedLine(number: number, name: nil), caller: caller,
            conversation: conversation)
    }
}

/// Prints the result of a test call: the answer on stdout, status messages on stderr.
final class CallResult: Sendable {
    private let hasFailed = Mutex(false)
    private let isSigned: Bool

    init(isSigned: Bool) {
        self.isSigned = isSigned
    }

    /// Whether every webhook got status 200.
    var isFine: Bool { hasFailed.withLock { !$0 } }

    func take(_ sent: SentWebhook) {
        switch sent.result {
        case .success(let reply):
            StandardError.say("\(sent.type): \(reply.status) in \(Self.text(reply.milliseconds)) ms")
            if reply.status != 200 { fail(advice(reply.status)) }
            if sent.type == "assistant-request" { Self.show(reply.body) }
        case .failure(let error):
            StandardError.say("\(sent.type): \(error)")
            fail(nil)
        }
    }

    private func fail(_ advice: String?) {
        hasFailed.withLock { $0 = true }
        if let advice { StandardError.say(advice) }
    }

    private func advice(_ status: Int) -> String? {
        switch status {
        case 401 where !isSigned:
            "The server refused the request: missing signature. Set SWITCHBOARD_WEBHOOK_SECRET to the server's secret, or "
                + "name another variable with --secret-env."
        case 401:
            "The server refused the signature; check that --secret-env names the variable with the server's secret."
        case 404: "The server has no webhook at this path; check the path in --url."
        default: nil
        }
    }

    /// Prints an answer as it is; at a terminal without what the terminal would obey, since any server may have sent it.
    private static func show(_ answer: [UInt8]) {
        if isatty(STDOUT_FILENO) == 1 {
            StandardOutput.say(String(decoding: answer, as: UTF8.self))
        } else {
            StandardOutput.emit(answer + [0x0A])
        }
    }

    private static func text(_ milliseconds: Double) -> String {
        String(format: "%.1f", milliseconds)
    }
}
