// SPDX-License-Identifier: Apache-2.0

import Overrides
import ArgumentParser
import Calls
import WireFormat
import CallAnswering
import OutboundHTTP
import Screen

/// `switchboard status`: how the running server stands.
struct StatusCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say what callers of each line hear now, who says so and until when.")

    @OptionGroup var desk: OperatorOptions

    func run(with client: ControlClient) async throws {
        let body = try await client.send(.get, "/v1/status")
        guard !desk.json else { return StandardOutput.say(String(decoding: body, as: UTF8.self)) }
        let report = try client.read(body) { bytes throws(DocumentProblem) in try StatusReport(bytes) }
        let clock = OverrideTimeText(zone: report.desk.timeZone, now: WallClock.system.now())
        for line in StatusText.lines(report, clock: clock) { StandardOutput.say(CleanText.clean(line)) }
    }
}
