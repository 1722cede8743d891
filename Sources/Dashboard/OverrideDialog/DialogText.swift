// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

/// The text of a dialog: its title, its effect in one sentence, and what else to know.
struct DialogText {
    let title: String
    /// Its effect, for two rows.
    let outcome: BarText
    /// The same for one row.
    let brief: BarText
    /// Sentences, the most important one first.
    var facts: [String] = []

    init(_ dialog: Dialog, in state: DashboardState) {
        if let draft = state.draft(of: dialog) {
            self.init(draft, in: state)
            guard dialog.asksForNoEnd else { return }
            self.init("No end", "No end: it stays in force \(draft.ending). y/N", facts: [outcome.whole])
            return
        }
        switch dialog.purpose {
        case .override: self.init("Override", "The server is not ready yet.")
        case .undo(let undo):
            self.init("Undo", "Undoes: \(state.named(undo.words)).", facts: state.facts(of: undo))
        case .explain:
            self.init(
                "Explain a call",
                "Shows what a call would get, with the rules and overrides in use. It changes nothing.",
                brief: "Shows what a call would get; changes nothing.",
                facts: ["Without a caller: withheld. Without a time: now."])
        case .testCall:
            self.init(
                "Test call", "Sends a signed request to this server. It counts as a call of the line.",
                brief: "Signed request; counts as a call of the line.",
                facts: ["It is answered, ends and is reported within a few seconds."])
        case .export:
            self.init("Export", state.exportWords(to: dialog.form[.path].trimmed))
        case .overwrite(let path): self.init("Export", "\(path) exists: overwrite? y/N")
        case .quit:
            let losses = Self.losses(state)
            self.init("Quit", losses[0], facts: Array(losses.dropFirst()))
        case .suspend:
            self.init(
                "Suspend", "Suspending stops answering calls. s: suspend anyway, Esc: back.",
                facts: ["Callers then reach the platform's default assistant."])
        }
    }

    private init(_ title: String, _ outcome: String, brief: String? = nil, facts: [String] = []) {
        self.title = title
        self.outcome = BarText(head: outcome, role: .dialog)
        self.brief = BarText(head: brief ?? outcome, role: .dialog)
        self.facts = facts
    }

    private init(_ draft: OverrideDraft, in state: DashboardState) {
        title = draft.title
        outcome = draft.outcome(ellipsis: state.glyphs.ellipsis)
        brief = draft.brief(ellipsis: state.glyphs.ellipsis)
        facts = draft.facts.map(state.named)
    }

    private static func losses(_ state: DashboardState) -> [String] {
        let live = state.liveCalls
        let unsaved = state.log.totals.calls - state.exportedCalls
        var lines: [String] = []
        if live > 0 { lines.append("\(Text.count(live, "call")) in progress.") }
        if unsaved > 0 { lines.append("\(Text.count(unsaved, "call")) not exported.") }
        return lines + ["Without this server, callers reach the platform's default assistant."]
    }
}

extension DialogText {
    /// What is missing before a change to more than one line is confirmed.
    static func request(for word: String) -> String { "more than one line: type \(word), then Enter" }
}

extension DialogField {
    var label: String {
        switch self {
        case .scope: "Lines"
        case .kind: "Kind"
        case .text: "Text"
        case .until: "Until"
        case .time: "At"
        case .reason: "Reason"
        case .word: "Word"
        case .path: "File"
        case .from: "From"
        case .to: "To"
        case .moment: "At"
        }
    }
}

extension DialogButton {
    static let cancel = DialogButton("Cancel", key: .cancel, .cancel)
    static let back = DialogButton("Back", key: .cancel, .cancel)
    static let noEnd = DialogButton("No end")
    static let clear = DialogButton("Clear", key: .clear, .clear)
}

extension DashboardState {
    /// The word that confirms an undo which affects more than one line.
    static let undoWord = "UNDO"

    /// What undoing a change does, and what the lines do then.
    fileprivate func facts(of undo: ServerStatus.Undo) -> [String] {
        guard let status, let effect = undo.effect else {
            return ["What it replaced is in force again, unless that has ended."]
        }
        let ended = effect.ended.map { "\($0.kind.phrases.noun) \(Text.scope($0.scope, in: status))" }
        let restored = effect.restored.map { override in
            let end = override.until.map { "until \(Text.moment($0, on: clock, now: now))" } ?? override.kind.withoutEnd
            return "\(override.kind.phrases.noun) \(Text.scope(override.scope, in: status)) (\(end))"
        }
        let sentences = [
            ended.isEmpty ? nil : "Ends \(ended.shortList).",
            restored.isEmpty ? nil : "In force again: \(restored.shortList).",
        ]
        let callers =
            effect.callers.ended.map { "Ends \($0.words)." }
            + effect.callers.begun.map { "In force again: \($0.words)." }
        let changesLines = (effect.ended + effect.restored).contains(where: \.kind.isClosure)
        let forecast = OverrideForecast(undoing: effect, in: status, at: now)
        return sentences.compactMap(\.self) + callers.prefix(3)
            + (changesLines && !forecast.isIdle(in: status) ? [status.naming(forecast.words(now: now, on: clock))] : [])
    }
}

extension Dialog {
    /// What the keys do, for the key bar.
    var keys: [(key: String, name: String)] {
        guard case .field(let field) = focus else { return [("Tab", "next"), ("Enter", "press"), ("Esc", "back")] }
        switch field {
        case .path: return [("Enter", "export"), ("Tab", "buttons"), ("Esc", "back")]
        case .word: return [("Enter", "confirm"), ("Tab", "next"), ("Esc", "back")]
        case .scope, .kind, .until: return [("Left Right", "another"), ("Enter", "to the buttons"), ("Esc", "back")]
        case .from where purpose == .explain, .to where purpose == .explain, .moment:
            return [("Enter", "explain"), ("Tab", "next"), ("Esc", "back")]
        case .text, .time, .reason, .from, .to: return [("Enter", "to the buttons"), ("Tab", "next"), ("Esc", "back")]
        }
    }

    /// What the keys do in the field with the focus, or what is missing before the buttons work.
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
        case .reason: return "other operators see it  Enter: to the buttons"
        case .word: return "type \(shape.word ?? ""), then Enter"
        case .from: return "a number, or withheld"
        case .to: return "a number, or the name of a line"
        case .moment: return "17:30, mon 9:00, 2026-06-02 10:00, empty: now"
        case .path: return keys.map { "\($0.key): \($0.name)" }.joined(separator: "  ")
        }
    }

    private func hint(onButtons shape: DialogShape) -> String {
        let letters = shape.fields.compactMap(\.letter).map(String.init).joined(separator: " ")
        let change = letters.isEmpty ? "" : "\(letters): change  "
        return change + (shape.word.map { "type \($0), then Enter" } ?? "Tab: next")
    }
}
