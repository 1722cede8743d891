// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Dashboard
import JSON
import OutboundHTTP
import Overrides
import Screen

/// `switchboard replicas`: the servers that are one desk with the running one.
struct ReplicasCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "replicas", abstract: "Show the servers that are one desk, and which overrides each obeys.",
        discussion: """
            What the running server knows of them; a replica that is not heard for 5 seconds is silent. With --json it is \
            `shared` of the status, and null for a server that is a desk of its own.
            """)

    @OptionGroup var operatorOptions: OperatorOptions

    func run(with client: ControlClient) async throws {
        guard !operatorOptions.json else {
            let body = try await client.send(.get, "/v1/status")
            let shared = JSONReader.read(body)?["shared"] ?? .null
            return StandardOutput.document(shared.text)
        }
        let status = try await client.status()
        guard let shared = status.shared else {
            return StandardOutput.say(SharedDeskStatus.absence)
        }
        let clock = OverrideTimeText(zone: status.timeZone, now: WallClock.system.now())
        let table = ReplicaTable(shared, clock: .ofZone(status.timeZone), now: clock.now)
            .lines(width: TerminalOutput.width ?? .max)
        let alarms = shared.alarms(clock.time).map { "WARNING: \($0)" }
        for line in alarms + [shared.words, table.head] + table.rows.map(\.text) {
            StandardOutput.say(CleanText.clean(line))
        }
    }
}
