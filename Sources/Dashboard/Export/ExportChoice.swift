// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// Which calls the next export is of.
struct ExportChoice: Hashable, Sendable {
    var kind = Kind.all

    enum Kind: CaseIterable, Hashable, Sendable {
        case all, shown, marked
    }
}

extension DashboardState {
    mutating func openExport() {
        var form = DialogForm()
        form[.path] = TextField(path: exportPath.offer(at: clock.local(wallClock)))
        exportChoice.kind = filter.inForce == nil ? .all : .shown
        dialog = Dialog(.export, form: form, focus: .field(.path))
    }

    /// The choices that make a difference.
    private var exportKinds: [ExportChoice.Kind] {
        ExportChoice.Kind.allCases.filter { kind in
            switch kind {
            case .all: true
            case .shown: filter.inForce != nil
            case .marked: !markedCalls.sequences.isEmpty
            }
        }
    }

    mutating func chooseExport(by step: Int) {
        let kinds = exportKinds
        let place = kinds.firstIndex(of: exportChoice.kind) ?? 0
        exportChoice.kind = kinds[(place + step + kinds.count) % kinds.count]
    }

    /// What the export will write, and how many.
    func exportWords(to path: String) -> String {
        let format = ExportFormat(path: path).words
        let calls =
            switch exportChoice.kind {
            case .all: awaitsCalls ? "all calls" : Text.count(log.sequences.count, "call")
            case .shown: "the \(Text.count(listed.count, "call")) shown"
            case .marked: "the \(Text.count(markedCalls.sequences.count, "marked call"))"
            }
        let numbers =
            masksExport ? "Phone numbers in it are masked." : "The file contains phone numbers."
        return "Writes \(calls) as \(format). \(numbers)"
    }

    /// What the arrows and the ending of the name choose.
    var exportHint: String {
        let which = exportKinds.count > 1 ? "Up Down: which calls  " : ""
        return "\(which).csv .md .jsonl: the format  Enter: export"
    }

    private var masksExport: Bool { masksNumbers || status?.masksNumbers ?? false }

    /// The export as it is chosen; `nil` while the calls that it is of are not known.
    func exportOrder(to path: String, overwriting: Bool) -> ExportOrder? {
        let calls: ExportedCalls
        switch exportChoice.kind {
        case .all: calls = .all
        case .marked: calls = .marked
        case .shown:
            guard listed.isComplete else { return nil }
            calls = filter.inForce == nil ? .all : .these(filter.calls.sequences)
        }
        return ExportOrder(to: path, calls: calls, overwriting: overwriting, masked: masksExport)
    }
}
