// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Calls
import Exports
import Filters
import Journal
import OutboundHTTP
import WireFormat

/// `switchboard report`: an incident on one page.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write what happened in a period as one page of Markdown.",
        discussion: """
            It has the overrides with who set them and why, the counts, the callers who were turned away with their numbers, \
            the failures by reason, the answer times, and what the platform did not apply.

            \(RecordPlace.explanation)

            EXAMPLES:
              switchboard report --since 2h
              switchboard report --since 14:00 --until 15:30 --mask --output incident.md
              switchboard report --since yesterday --journal backup.sqlite
            """)

    @OptionGroup var selection: SelectionOptions

    @Flag(
        inversion: .prefixedNo,
        help: "Keep only the last three digits of telephone numbers, in texts too; as the rules file says if left out.")
    var mask: Bool?

    @OptionGroup var file: OutputFileOptions

    @OptionGroup var place: RecordPlace

    func run() async throws {
        let query = selection.query + (mask.map { [("mask", $0 ? "true" : "false")] } ?? [])
        let page: [UInt8]
        do {
            page = try await place.find(
                asking: { try await $0.send(.get, RequestTarget.target("/v1/report", query)) },
                reading: { try document(of: $0) })
        } catch let rejection as ServerRejection {
            throw rejection.failure(in: selection)
        }
        guard let path = file.path else { return StandardOutput.emit(page) }
        do throws(NewFile.Problem) {
            try NewFile.write(page, to: path, overwriting: file.overwrite)
        } catch {
            throw file.failure(error)
        }
        StandardError.say("Wrote the report to \(path).")
    }

    private func document(of calls: JournalCalls) throws -> [UInt8] {
        let filter = try calls.filter(selection)
        guard filter.period.since.map({ $0 <= calls.now }) ?? true else {
            throw CommandFailure(.usage, "since: the period has not begun yet")
        }
        var report = IncidentReport(
            filter.period, filter: filter.withoutPeriod.description,
            options: ExportOptions(masksNumbers: mask ?? calls.masksNumbers, clock: calls.clock, now: calls.now))
        var scan = try calls.scan(selection, .oldestFirst)
        let progress = ExportProgress.onTerminal()
        defer { progress?.clear() }
        try scan.forEachPage { page, scan in
            for call in page { report.add(call) }
            progress?.note(scan.looked, of: scan.total)
            return true
        }
        for request in try calls.refusedRequests() { report.add(request) }
        for entry in try calls.audit() { report.add(entry) }
        report.add(inForce: calls.inForce)
        report.add(inForce: calls.callersInForce)
        if let beginning = calls.beginning, beginning.lacksCalls(of: filter.period) {
            report.noteMissing(before: beginning.oldest)
        }
        return Array(report.text.utf8)
    }
}
