// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import OutboundHTTP
import WireFormat

/// `switchboard report`: an incident on one page.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write what happened in a period as one page of Markdown.",
        discussion: """
            It has the overrides with who set them and why, the counts, the callers who were turned away with their numbers, \
            the failures by reason, the answer times, and what the platform did not apply.

            EXAMPLES:
              switchboard report --since 2h
              switchboard report --since 14:00 --until 15:30 --mask --output incident.md
            """)

    @OptionGroup var selection: SelectionOptions

    @Flag(
        inversion: .prefixedNo,
        help: "Keep only the last three digits of telephone numbers, in texts too; as the rules file says if left out.")
    var mask: Bool?

    @OptionGroup var file: OutputFileOptions

    @OptionGroup var server: SocketOption

    func run() async throws {
        let query = selection.query + (mask.map { [("mask", $0 ? "true" : "false")] } ?? [])
        let page: [UInt8]
        do {
            page = try await ControlClient.with(socket: server.socket) { client in
                try await client.send(.get, RequestTarget.target("/v1/report", query))
            }
        } catch let rejection as ServerRejection {
            throw rejection.failure(in: selection)
        }
        guard let path = file.output else { return StandardOutput.emit(page) }
        do throws(NewFile.Problem) {
            try NewFile.write(page, to: path, overwriting: file.overwrite)
        } catch {
            throw file.failure(error)
        }
        StandardError.say("Wrote the report to \(path).")
    }
}
