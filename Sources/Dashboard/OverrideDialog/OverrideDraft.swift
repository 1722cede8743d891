// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

/// What a dialog does to a scope.
enum OverrideAction: Hashable, Sendable {
    case close, open, greet
    /// Clears forced greetings.
    case clear
    /// About one caller instead of lines.
    case caller(CallerAction)
}

/// What a form means right now: the available choices, and the command it would send.
struct OverrideDraft {
    let action: OverrideAction
    let form: DialogForm
    let status: ServerStatus
    let now: Instant
    let clock: LocalClock

    var scope: Scope { form.scope }
    var lines: [LineStatus] { status.lines(in: scope) }

    /// Whether more than one line is affected, so that a word must be typed; without lines every number is.
    var isWide: Bool {
        if case .caller = action { false } else { lines.count != 1 && !isGone }
    }

    /// Whether its line or group has left the rules file while the dialog was open.
    var isGone: Bool {
        if case .caller = action { false } else { !status.has(scope) }
    }

    /// What opening can mean here.
    var openings: [OpenAction] { OpenAction.all(for: scope, at: status) }

    /// The chosen way of opening, as long as it is available: the choice never turns into another one because of a change
    /// that came in between.
    var opening: OpenAction? { form.opening.flatMap { openings.contains($0) ? $0 : nil } }

    /// The forced greetings in force here.
    var greetings: [Override] { status.overrides(within: scope).filter { !$0.kind.isClosure } }

    /// Whether it starts an override, which then has an end and a reason.
    var begins: Bool {
        switch action {
        case .close, .greet: true
        case .open: opening == .force
        case .clear: false
        case .caller(let action): action.deed != .clear
        }
    }

    /// The fields in order, without the word.
    var fields: [DialogField] {
        if case .caller(let action) = action { return self.fields(action) }
        var fields: [DialogField] = status.scopes.count > 1 || isGone ? [.scope] : []
        switch action {
        case .close: fields += [.kind, .text]
        case .greet: fields.append(.text)
        case .open: if openings.count > (opening == nil ? 0 : 1) { fields.append(.kind) }
        case .clear, .caller: break
        }
        guard begins else { return fields }
        return fields + (until == .time ? [.until, .time] : [.until]) + [.reason]
    }
}

extension OverrideDraft {
    /// When the hours next open or close one of the lines.
    private var nextChange: Instant? {
        // If every line is open, the next change would end a forced opening just when it is needed.
        if action == .open, lines.allSatisfy(\.isOpen) { return nil }
        return lines.compactMap(\.nextChange).filter { $0 > now }.min()
    }

    /// The available ends.
    var untils: [UntilChoice] {
        if case .caller = action { return UntilChoice.onCallers }
        return (nextChange == nil ? [] : [.nextChange]) + UntilChoice.always
    }

    var until: UntilChoice {
        let untils = untils
        if let chosen = form.until, untils.contains(chosen) { return chosen }
        if case .caller = action { return .usualOnCallers }
        return untils.first == .nextChange ? .nextChange : .usual
    }

    /// When a choice ends; `nil` for no end and for a time that is not valid.
    func end(_ choice: UntilChoice) -> Instant? {
        switch choice {
        case .nextChange: nextChange
        case .lasting(let minutes): now.advanced(bySeconds: Int64(minutes) * 60)
        case .time: TimeOfDay.seconds(form[.time].trimmed).map { clock.next($0, after: now) }
        case .reopened: nil
        }
    }
}

extension OverrideDraft {
    /// What is missing, or not possible any more.
    enum Complaint: Error, Hashable {
        case noTime
        case noText
        /// The text that a blocked caller hears is missing.
        case noCallerText
        case nothingToOpen
        /// The line or group has left the rules file.
        case scopeGone
        /// The chosen way of opening is not available any more.
        case kindGone

        /// The field where it can be mended.
        var field: DialogField {
            switch self {
            case .noTime: .time
            case .noText, .noCallerText: .text
            case .nothingToOpen, .scopeGone: .scope
            case .kindGone: .kind
            }
        }
    }

    /// The command, or what is missing.
    var command: Result<OverrideCommand, Complaint> {
        guard !isGone else { return .failure(.scopeGone) }
        if begins, until == .time, end(.time) == nil { return .failure(.noTime) }
        switch action {
        case .close:
            return begin { form.isInform ? .inform(says: $0) : .closed(says: $0) }
        case .greet:
            return begin { .greeting($0) }
        case .clear:
            return .success(.clearGreeting([scope]))
        case .caller(let action): return self.command(action)
        case .open:
            guard let opening else { return .failure(openings.isEmpty ? .nothingToOpen : .kindGone) }
            switch opening {
            case .lift: return .success(.open([scope]))
            case .followHours: return .success(.followHours([scope]))
            case .force: return .success(beginning(.forcedOpen))
            }
        }
    }

    /// Whether it has no end, which is asked again.
    var isEndless: Bool { begins && until == .reopened }

    /// Whether the word is typed, in any case, or none is needed.
    var hasWord: Bool { !isWide || form[.word].trimmed.uppercased() == action.word }

    private func begin(_ kind: (String) -> Override.Kind) -> Result<OverrideCommand, Complaint> {
        let text = form[.text].trimmed
        guard !text.isEmpty else { return .failure(.noText) }
        return .success(beginning(kind(text)))
    }

    private func beginning(_ kind: Override.Kind) -> OverrideCommand {
        .begin(kind, scopes: [scope], reason: form[.reason].trimmed, until: end)
    }

    var end: Until {
        switch until {
        case .nextChange: .nextChange
        case .lasting(let minutes): .lasting(seconds: Int64(minutes) * 60)
        // Without a time there is a complaint; the server would refuse a time that has passed.
        case .time: .time(end(.time) ?? now)
        case .reopened: .reopened
        }
    }
}
