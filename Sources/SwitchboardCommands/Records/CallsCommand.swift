// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import Dashboard
import EventLog
import Exports
import Foundation
import JSON
import Journal
import OutboundHTTP
import Overrides
import WireFormat

/// `switchboard calls`: the calls of the running server, or of a journal.
struct CallsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls", abstract: "List calls, the newest first.",
        discussion: """
            \(RecordPlace.explanation)

            On a terminal it prints a table that fits; elsewhere one line a call, complete and with tabs between the columns \
            of the CSV export.

            EXAMPLES:
              switchboard calls is:bad since:10m
              switchboard calls to:"front desk" answer:rejected --limit 20
              switchboard calls --since yesterday --json | jq '.[].from'
              switchboard calls --journal backup.sqlite state:failed
            """)

    @OptionGroup var selection: SelectionOptions

    @ArgumentParser.Option(help: ArgumentHelp("At most this many calls; default: all.", valueName: "COUNT"))
    var limit: Int?

    @Flag(
        inversion: .prefixedNo,
        help:
            "Keep only the last three digits of telephone numbers; as the rules file says if left out. JSON has them in full."
    )
    var mask: Bool?

    @OptionGroup var place: RecordPlace

    @Flag(help: "Print JSON.")
    var json = false

    /// How many calls one request gets: with the largest bodies they fit a reply.
    private static let page = 100

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
        if json, mask == true {
            throw ValidationError("--json and --mask cannot be combined; export has masked JSON lines.")
        }
    }

    func run() async throws {
        try await place.find(selected: selection, asking: { try await run(with: $0) }, reading: { try list($0) })
    }

    private func list(_ calls: JournalCalls) throws {
        try calls.noteBeginning(selection)
        let options = ExportOptions(masksNumbers: mask ?? calls.masksNumbers, clock: calls.clock, now: calls.now)
        var printer = CallPrinter(isJSON: json, options)
        var rest = limit ?? .max
        var scan = try calls.scan(selection, .newestFirst)
        try scan.forEachPage { page, _ in
            for call in page.prefix(rest) { printer.print(call) }
            rest -= min(rest, page.count)
            return rest > 0 && !StandardOutput.isBroken
        }
        printer.finish()
    }

    private func run(with client: ControlClient) async throws {
        do {
            let status = try await client.status()
            let options = ExportOptions(
                masksNumbers: mask ?? status.masksNumbers, clock: .ofZone(status.timeZone), now: WallClock.system.now())
            var printer = CallPrinter(isJSON: json, options)
            var rest = limit ?? .max
            var before: UInt64?
            repeat {
                let query =
                    selection.query + [("limit", "\(min(Self.page, rest))")]
                    + (before.map { [("before", "\($0)")] } ?? [])
                let body = try await client.send(.get, RequestTarget.target("/v1/calls", query))
                let page = try client.read(body) { bytes throws(DocumentProblem) in try CallPage(bytes) }
                for call in page.calls { printer.print(call) }
                rest -= page.calls.count
                before = page.next
            } while before != nil && rest > 0 && !StandardOutput.isBroken
            printer.finish()
        } catch let rejection as ServerRejection where !json {
            throw rejection.failure(in: selection)
        } catch let rejection as ServerRejection {
            StandardOutput.document(rejection.failure.document.text)
            throw CommandFailure(rejection.failure(in: selection).reason, "")
        }
    }
}

/// Prints calls one by one.
private struct CallPrinter {
    private enum Form {
        case json
        case table(CallTable)
        case lines
    }

    private let form: Form
    private let options: ExportOptions
    private var count = 0
    /// The day of the call before.
    private var day: CivilDate

    init(isJSON: Bool, _ options: ExportOptions) {
        self.options = options
        day = options.clock.local(options.now).date
        if isJSON {
            form = .json
        } else if let width = TerminalOutput.width {
            let isUnicode = TerminalOutput.isUnicode(ProcessInfo.processInfo.environment)
            form = .table(CallTable(width: width, isUnicode: isUnicode, clock: options.clock, now: options.now))
        } else {
            form = .lines
        }
    }

    mutating func print(_ call: CallRecord) {
        defer { count += 1 }
        switch form {
        case .json: StandardOutput.emit(Array((count == 0 ? "[" : ",\n").utf8) + call.document.bytes)
        case .table(let table):
            if count == 0 { StandardOutput.say(table.head) }
            let date = options.clock.local(call.firstHeardAt).date
            if date != day { StandardOutput.say("\(date):") }
            day = date
            let row = table.row(call)
            StandardOutput.say(options.masksNumbers ? NumberMask.masked(row: row) : row)
        case .lines: StandardOutput.say(TabbedText.line(CallRow(call, at: options.now), options))
        }
    }

    func finish() {
        switch form {
        case .json: StandardOutput.document(count == 0 ? "[]" : "]")
        case .table: if count == 0 { StandardError.say("No call matches.") }
        case .lines: break
        }
    }
}
