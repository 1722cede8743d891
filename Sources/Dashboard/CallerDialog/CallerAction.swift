// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Screen

/// What a dialog does to one caller.
struct CallerAction: Hashable, Sendable {
    let deed: Deed
    let caller: PhoneNumber

    enum Deed: Hashable, Sendable {
        case block, allow
        /// Removes what is set for the caller.
        case clear
    }

    /// The same caller with what is set for them removed.
    var clearing: CallerAction { CallerAction(deed: .clear, caller: caller) }
}

extension UntilChoice {
    /// The ends that are offered for a caller, who has no hours.
    static let onCallers: [UntilChoice] =
        [60, 240, 480, 1440].map { .lasting(minutes: $0) } + [.time, .reopened]

    static let usualOnCallers = lasting(minutes: 480)
}

extension OverrideDraft {
    /// What is set for the caller now, as far as the status lists it.
    func present(_ action: CallerAction) -> CallerOverride? { status.callers.override(on: action.caller) }

    /// Whether something is in force that the dialog can also remove.
    var isClearable: Bool {
        switch action {
        case .greet: !greetings.isEmpty
        case .caller(let action): action.deed != .clear && present(action) != nil
        case .close, .open, .clear: false
        }
    }

    func fields(_ action: CallerAction) -> [DialogField] {
        let ends: [DialogField] = until == .time ? [.until, .time] : [.until]
        return switch action.deed {
        case .block: [.text] + ends + [.reason]
        case .allow: ends + [.reason]
        case .clear: []
        }
    }

    func command(_ action: CallerAction) -> Result<OverrideCommand, Complaint> {
        let kind: CallerOverride.Kind
        switch action.deed {
        case .clear: return .success(.clearCallers([action.caller]))
        case .allow: kind = .allowed
        case .block:
            let text = form[.text].trimmed
            guard !text.isEmpty else { return .failure(.noCallerText) }
            kind = .blocked(says: text)
        }
        return .success(
            .beginOnCallers(kind, callers: [action.caller], reason: form[.reason].trimmed, until: end))
    }

    func confirmation(_ action: CallerAction) -> DialogButton {
        switch action.deed {
        case .block: DialogButton("Block caller", short: "Block")
        case .allow: DialogButton("Allow caller", short: "Allow")
        case .clear: DialogButton("Remove", short: "Remove")
        }
    }

    func title(_ action: CallerAction) -> String {
        switch action.deed {
        case .block: "Block \(action.caller)"
        case .allow: "Allow \(action.caller)"
        case .clear: "Remove what is set for \(action.caller)"
        }
    }

    func outcome(_ action: CallerAction, ellipsis: String) -> BarText {
        let text = form[.text].trimmed
        switch action.deed {
        case .block:
            return BarText(
                head: "New calls of \(action.caller) are rejected on every line; they hear ",
                quote: text.isEmpty ? ellipsis : text, tail: " \(ending).", role: .dialog, leastQuote: 8)
        case .allow:
            return BarText(
                head: "Closures and hours do not apply to \(action.caller) \(ending).", role: .dialog)
        case .clear:
            let words = present(action).map { "Ends \($0.words)." } ?? "Removes what is set for \(action.caller)."
            return BarText(head: words, role: .dialog)
        }
    }

    /// The effect for a single narrow row, below the title with the number; `nil` where the usual one does.
    func brief(_ action: CallerAction, _ ellipsis: String) -> BarText? {
        switch action.deed {
        case .allow: BarText(head: "Closures, hours do not apply \(shortEnding).", role: .dialog)
        case .block:
            BarText(
                head: "Reject on every line: ", quote: quote(ellipsis), tail: " \(ending)",
                shortTail: " \(shortEnding)", role: .dialog, leastQuote: 4)
        case .clear: nil
        }
    }

    func facts(_ action: CallerAction) -> [String] {
        let replaced =
            present(action).map { override in
                let end = override.until.map { "until \(moment($0))" } ?? "until removed"
                return ["Replaces \(override.words) (\(end)); x removes it."]
            } ?? (status.callers.isCut ? ["More callers are blocked or allowed than this screen knows."] : [])
        return switch action.deed {
        case .block: literal + replaced + ["It comes before everything else. A call in progress is not affected."]
        case .allow: replaced + ["Rules still apply: one of them may reject the calls."]
        case .clear: []
        }
    }
}

extension CallersStatus {
    /// The bar that says how many callers are blocked or allowed; one of them is named.
    func bar(now: Instant, clock: LocalClock) -> BarText? {
        guard let words else { return nil }
        if count == 1, let only = newest.first {
            let end = only.until.map { "until \(Text.moment($0, on: clock, now: now))" } ?? "until removed"
            let reason = only.reason.isEmpty ? "" : ", \(only.reason)"
            return BarText(
                head: "\(only.scope) \(only.kind.word) \(end)", tail: "\(reason) (\(only.who.user))",
                shortTail: " (\(only.who.user))", role: .statusBar)
        }
        let end = nextEnd.map { ", the first until \(Text.moment($0, on: clock, now: now))" } ?? ""
        return BarText(head: words, tail: end, role: .statusBar)
    }
}
