// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// The words of a dialog: its title, what it will do in one sentence, and what else is good to know.
struct DialogText {
    let title: String
    /// What it will do, where there are two rows for it.
    let outcome: BarText
    /// The same where there is only one.
    let brief: BarText
    /// Sentences, the most important one first.
    var facts: [String] = []

    init(_ dialog: Dialog, in state: DashboardState) {
        if let plan = state.plan(of: dialog) {
            self.init(plan, in: state)
            guard dialog.asksForNoEnd else { return }
            self.init("No end", "No end: it stays so until somebody reopens. y/N", facts: [outcome.whole])
            return
        }
        switch dialog.purpose {
        case .order: self.init("Switch", "The desk is not ready yet.")
        case .undo(let undo):
            self.init(
                "Undo", "Takes back: \(undo.words).",
                facts: ["What it had replaced is in force again, unless its time is over."])
        case .export:
            let calls = Words.count(state.log.sequences.count, "call")
            self.init("Export", "Writes \(calls), one JSON object a line. It holds numbers.")
        case .overwrite(let path): self.init("Export", "\(path) exists: overwrite? y/N")
        case .quit:
            let losses = Self.losses(state)
            self.init("Quit", losses[0], facts: Array(losses.dropFirst()))
        case .suspend:
            self.init(
                "Suspend", "Suspending stops answering calls. s: suspend anyway, Esc: back.",
                facts: ["Callers then reach the normal assistant."])
        }
    }

    private init(_ title: String, _ outcome: String, facts: [String] = []) {
        self.title = title
        self.outcome = BarText(head: outcome, role: .dialog)
        brief = self.outcome
        self.facts = facts
    }

    private init(_ plan: OverrideDraft, in state: DashboardState) {
        title = plan.title
        outcome = plan.outcome(ellipsis: state.glyphs.ellipsis)
        brief = plan.brief(ellipsis: state.glyphs.ellipsis)
        facts = plan.facts
    }

    private static func losses(_ state: DashboardState) -> [String] {
        let live = state.liveCalls
        let unsaved = state.log.totals.calls - state.exportedCalls
        var lines: [String] = []
        if live > 0 { lines.append("\(Words.count(live, "call")) going on.") }
        if unsaved > 0 { lines.append("\(Words.count(unsaved, "call")) not exported.") }
        return lines + ["Without this server, callers reach the normal assistant."]
    }
}

extension Dialog {
    /// What the keys do now, for the key bar.
    var keys: [(key: String, name: String)] {
        guard case .field(let field) = focus else { return [("Tab", "next"), ("Enter", "press"), ("Esc", "back")] }
        switch field {
        case .path: return [("Enter", "export"), ("Tab", "buttons"), ("Esc", "back")]
        case .word: return [("Enter", "confirm"), ("Tab", "next"), ("Esc", "back")]
        case .scope, .kind, .until: return [("Left Right", "another"), ("Enter", "to the buttons"), ("Esc", "back")]
        case .text, .time, .reason: return [("Enter", "to the buttons"), ("Tab", "next"), ("Esc", "back")]
        }
    }

    /// What the keys do to the field that has the focus, or what is to be done before the buttons work.
    func hint(_ shape: DialogShape, zone: String) -> String {
        guard case .field(let field) = focus else { return hint(onButtons: shape) }
        switch field {
        case .scope where !form.sought.isEmpty: return "found by \"\(form.sought)\"  Enter: to the buttons"
        case .scope: return "Left Right: another  letters: find it"
        case .kind: return "Left Right: another  Enter: to the buttons"
        case .until: return "Left Right: another  digits: a time"
        case .text:
            let place = form.texts.firstIndex(of: form[.text].text).map { "text \($0 + 1) of \(form.texts.count)" }
            let texts = form.texts.isEmpty ? "" : "Up Down: \(place ?? "texts of the rules file")  "
            return texts + "Enter: to the buttons"
        case .time: return "HH:MM in \(zone)"
        case .reason: return "why, for the others  Enter: to the buttons"
        case .word: return "type \(shape.word ?? ""), then Enter"
        case .path: return keys.map { "\($0.key): \($0.name)" }.joined(separator: "  ")
        }
    }

    private func hint(onButtons shape: DialogShape) -> String {
        let letters = shape.fields.compactMap(\.letter).map(String.init).joined(separator: " ")
        let change = letters.isEmpty ? "" : "\(letters): change  "
        return change + (shape.word.map { "Tab: type \($0)" } ?? "Tab: next")
    }
}
