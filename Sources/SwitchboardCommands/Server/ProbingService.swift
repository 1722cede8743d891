// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import EventLog
import Overrides
import ServiceLifecycle
import SimulatedPlatform

/// Sends probes through the public address while the server runs, so that a broken tunnel does not look like a quiet
/// night.
struct ProbingService: Service {
    private let probe: Probe
    private let arrivals: ProbeArrivals
    private let overrides: OverrideService
    private let log: EventLog
    private let clock: WallClock
    private let begun: ProbeStatus

    /// Creates it; from now on the status of the server shows the probe.
    init(
        _ begun: ProbeStatus, through sender: any WebhookSender, to answers: AnswerService, _ overrides: OverrideService
    ) {
        probe = Probe(through: sender)
        arrivals = answers.probes
        self.overrides = overrides
        log = answers.log
        clock = answers.clock
        self.begun = begun
        overrides.note(begun)
    }

    func run() async {
        await cancelWhenGracefulShutdown {
            var status = begun
            while !Task.isCancelled {
                await send(&status)
                do {
                    try await Task.sleep(for: .seconds(status.pause))
                } catch {
                    return
                }
            }
        }
    }

    /// Sends one probe and shows its result.
    func send(_ status: inout ProbeStatus) async {
        let id = Probe.newID()
        arrivals.expect(id)
        let result = await probe.send(id: id)
        guard !Task.isCancelled else { return }
        let now = clock.now()
        let news = status.take(.init(at: now, outcome: outcome(result)))
        overrides.note(status)
        if let news { log.record(DeskEvent(at: now, words: news)) }
    }

    private func outcome(_ result: ProbeResult) -> ProbeStatus.Outcome {
        guard case .answered(let milliseconds) = result else {
            return .failed(code: result.code, words: result.description)
        }
        guard arrivals.hasArrived else {
            return .failed(
                code: "another_server",
                words: "another server with the same secret answered, so calls may not arrive here")
        }
        return .answered(milliseconds: Int(milliseconds.rounded(.up)))
    }
}
