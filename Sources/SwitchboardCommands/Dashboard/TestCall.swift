// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import ControlAPI
import Dashboard
import JSON
import OutboundHTTP
import Rules
import SimulatedPlatform
import WebhookServer
import WireFormat

/// A signed test call that a server sends to itself for a dashboard.
struct TestCall: Sendable {
    private let assembly: ServerComponents

    /// The time between two webhooks of the call.
    private static let pause = Duration.milliseconds(700)

    init(to assembly: ServerComponents) {
        self.assembly = assembly
    }

    /// Begins a call and returns with the answer to its first webhook; the others are sent too, so that it does not ring for
    /// ever.
    func begin(_ request: TestCallRequest) async -> TestCallOutcome {
        let (from, to): (String?, String)
        do throws(CallQuestion.Problem) {
            (from, to) = try ends(of: request)
        } catch {
            return .refused(error)
        }
        let address = assembly.server.address
        let client = PlatformClient(
            target: WebhookTarget(
                host: address.host, port: address.port, path: assembly.settings.path,
                isSecure: assembly.tls != nil),
            trustsAnyone: true, secret: assembly.answers.signingSecret, http: assembly.http, now: assembly.clock.now)
        let (outcomes, continuation) = AsyncStream.makeStream(of: TestCallOutcome.self)
        let player = CallPlayer(sender: client, clock: ContinuousClock(), now: assembly.clock.now) { sent in
            guard sent.type == "assistant-request" else { return }
            continuation.yield(TestCallOutcome(sent))
            continuation.finish()
        }
        Task {
            await player.play(
                .test(.test(from: from.map { .text($0) } ?? .null, to: to), whole: true, pause: Self.pause))
            continuation.finish()
        }
        for await outcome in outcomes { return outcome }
        return .failed("nothing was sent")
    }

    /// The numbers as the platform would send them: the line may be named, and the caller be withheld, which is `nil`.
    private func ends(of request: TestCallRequest) throws(CallQuestion.Problem) -> (from: String?, to: String) {
        let question = try CallQuestion(
            from: request.from, to: request.to, at: assembly.clock.now(),
            rules: assembly.overrides.policy.compiled.rules)
        return (question.caller.number?.description, question.called.number?.description ?? request.to)
    }
}

/// What came of a test call.
enum TestCallOutcome: Sendable {
    case answered(TestCallReport)
    /// What of the numbers cannot be read.
    case refused(CallQuestion.Problem)
    /// Why there is no answer.
    case failed(String)

    fileprivate init(_ sent: SentWebhook) {
        self =
            switch sent.result {
            case .success(let reply) where reply.status == 200:
                .answered(TestCallReport(milliseconds: Int(reply.milliseconds.rounded(.up))))
            case .success(let reply): .failed("HTTP status \(reply.status)")
            case .failure(let error): .failed("\(error)")
            }
    }

    /// The words for the operator.
    func message(to called: String) -> OperatorMessage {
        switch self {
        case .answered(let report):
            OperatorMessage("test call to \(called) answered in \(report.milliseconds) ms")
        case .refused(let problem): OperatorMessage("no test call: \(problem.words)", isAlert: true)
        case .failed(let reason): OperatorMessage("test call to \(called): \(reason)", isAlert: true)
        }
    }

    /// The report for a client of the control socket.
    func report() throws(ControlProblem) -> TestCallReport {
        switch self {
        case .answered(let report): return report
        case .refused(let problem): throw problem.rejection
        case .failed(let reason): throw ControlProblem(502, "test_call_failed", reason)
        }
    }
}

extension ControlClient {
    /// Has the server send a test call, and returns the result for the dashboard.
    func testCall(_ request: TestCallRequest) async -> OperatorMessage {
        let outcome: TestCallOutcome
        do {
            let reply = try await send(.post, "/v1/test-calls", body: request.document.bytes)
            outcome = .answered(try read(reply) { bytes throws(DocumentProblem) in try TestCallReport(bytes) })
        } catch let refusal as ServerRejection {
            outcome = .failed(refusal.failure.message)
        } catch {
            outcome = .failed("the server could not be reached")
        }
        return outcome.message(to: request.to)
    }
}
