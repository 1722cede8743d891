// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
import WireFormat

/// Writes calls in a format, one after the other, so that a file of any length needs little memory.
package struct CallExport: Sendable {
    package let format: ExportFormat
    package let options: ExportOptions

    package init(_ format: ExportFormat, _ options: ExportOptions) {
        self.format = format
        self.options = options
    }

    /// What comes before the first call.
    package var head: [UInt8] {
        switch format {
        case .jsonLines: []
        case .csv: CSVText.row(CSVColumn.all.map(\.name))
        case .markdown: MarkdownTable.head
        }
    }

    /// One call.
    package func row(_ call: CallRecord) -> [UInt8] {
        let call = options.hidesTranscripts ? call.withoutTranscript : call
        switch format {
        case .jsonLines:
            return (options.masksNumbers ? MaskedJSON.line(call) : SessionExport.line(call)) + [0x0A]
        case .csv: return row(CallRow(call, at: options.now))
        case .markdown: return MarkdownTable.row(call, options)
        }
    }

    /// One row of a table of values; only CSV has nothing else.
    package func row(_ call: CallRow) -> [UInt8] {
        var bytes: [UInt8] = []
        append(call, to: &bytes)
        return bytes
    }

    /// Appends a row of CSV.
    package func append(_ call: CallRow, to bytes: inout [UInt8]) {
        var call = call
        if options.hidesTranscripts { call.summary = call.summary.map { _ in "" } }
        CSVText.append(call, options, to: &bytes)
    }

    /// Writes calls piece by piece.
    package func write<Failure: Error>(
        _ calls: some Sequence<CallRecord>, to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        if !head.isEmpty { try sink(head) }
        for call in calls { try sink(row(call)) }
    }
}

/// How calls are written.
package struct ExportOptions: Sendable {
    /// Whether all but the last digits of telephone numbers are left out, in texts too.
    package var masksNumbers: Bool
    /// Whether what was said on the call is left out.
    package var hidesTranscripts: Bool
    /// The clock of the times that people read.
    package let clock: LocalClock
    package let now: Instant

    package init(masksNumbers: Bool = false, hidesTranscripts: Bool = false, clock: LocalClock, now: Instant) {
        self.masksNumbers = masksNumbers
        self.hidesTranscripts = hidesTranscripts
        self.clock = clock
        self.now = now
    }

    /// A text as it may be shown.
    func shown(_ text: String) -> String { masksNumbers ? NumberMask.masked(text) : text }
}
