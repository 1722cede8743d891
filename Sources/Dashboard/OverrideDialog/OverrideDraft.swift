// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

/// What a dialog does to a scope.
enum OverrideAction: Hashable, Sendable {
    case close, open, greet
    /// Takes forced greetings back.
    case clear

    /// The word that a wide action wants to be typed.
    var word: String {
        switch self {
        case .close: "CLOSE"
        case .open: "OPEN"
        case .greet: "GREET"
        case .clear: "CLEAR"
        }
    }
}

/// What a form comes to at a desk, at a moment: the choices that there are, and the order that would be given.
struct OverrideDraft {
    let act: OverrideAction
    let form: DialogForm
    let desk: ServerStatus
    let now: Instant
    let clock: LocalClock

    var scope: Scope { form.scope }
    var lines: [LineStatus] { desk.lines(in: scope) }

    /// Whether more than one line feels it, so that a word is wanted; without lines every number does.
    var isWide: Bool { lines.count != 1 }

    /// What opening can mean here.
    var wishes: [OpenAction] { OpenAction.all(for: scope, at: desk) }

    /// What opening means, if there still is something to open in that sense: what was chosen never turns into another
    /// thing because somebody else did something meanwhile.
    var wish: OpenAction? { form.wish.flatMap { wishes.contains($0) ? $0 : nil } }

    /// The forced greetings in force here.
    var greetings: [Override] { desk.overrides(within: scope).filter { !$0.kind.isClosure } }

    /// Whether it begins something, which then has an end and a reason.
    var begins: Bool {
        switch act {
        case .close, .greet: true
        case .open: wish == .force
        case .clear: false
        }
    }

    /// The fields, in the order in which they stand, without the word.
    var fields: [DialogField] {
        var fields: [DialogField] = desk.scopes.count > 1 ? [.scope] : []
        switch act {
        case .close: fields += [.kind, .text]
        case .greet: fields.append(.text)
        case .open: if wishes.count > (wish == nil ? 0 : 1) { fields.append(.kind) }
        case .clear: break
        }
        guard begins else { return fields }
        return fields + (until == .time ? [.until, .time] : [.until]) + [.reason]
    }
}

extension OverrideDraft {
    /// When the hours of one of the lines next open or close it.
    private var nextChange: Instant? {
        // Where every line is open, the change would end a forced opening just when it is needed.
        if act == .open, lines.allSatisfy(\.isOpen) { return nil }
        return lines.compactMap(\.nextChange).filter { $0 > now }.min()
    }

    /// The ends that are offered.
    var untils: [UntilChoice] { (nextChange == nil ? [] : [.nextChange]) + UntilChoice.always }

    var until: UntilChoice {
        let untils = untils
        if let chosen = form.until, untils.contains(chosen) { return chosen }
        return untils.first == .nextChange ? .nextChange : .usual
    }

    /// When a choice ends; `nil` for no end, and for a time that cannot be read.
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
    /// What is missing before an order can be given, and the field that it is missing from.
    struct Complaint: Error, Hashable {
        let words: String
        let field: DialogField
    }

    /// The order that would be given, or what is missing.
    var order: Result<OverrideCommand, Complaint> {
        if begins, until == .time, end(.time) == nil {
            return .failure(Complaint(words: "type a time such as 17:30", field: .time))
        }
        switch act {
        case .close:
            return begin { form.isInform ? .inform(says: $0) : .closed(says: $0) }
        case .greet:
            return begin { .greeting($0) }
        case .clear:
            return .success(.clearGreeting([scope]))
        case .open:
            guard let wish else {
                return .failure(
                    wishes.isEmpty
                        ? Complaint(words: "there is nothing to open here", field: .scope)
                        : Complaint(words: "choose the kind anew", field: .kind))
            }
            switch wish {
            case .takeBack: return .success(.open([scope]))
            case .followHours: return .success(.followHours([scope]))
            case .force: return .success(beginning(.forcedOpen))
            }
        }
    }

    /// Whether the order has no end, which is asked once more.
    var isEndless: Bool { begins && until == .reopened }

    /// Whether the word stands there, in letters of any case, or none is wanted.
    var hasWord: Bool { !isWide || form[.word].trimmed.uppercased() == act.word }

    private func begin(_ kind: (String) -> Override.Kind) -> Result<OverrideCommand, Complaint> {
        let text = form[.text].trimmed
        guard !text.isEmpty else {
            return .failure(Complaint(words: "callers must hear something: type a text", field: .text))
        }
        return .success(beginning(kind(text)))
    }

    private func beginning(_ kind: Override.Kind) -> OverrideCommand {
        .begin(kind, scopes: [scope], reason: form[.reason].trimmed, until: ordered)
    }

    private var ordered: Until {
        switch until {
        case .nextChange: .nextChange
        case .lasting(let minutes): .lasting(seconds: Int64(minutes) * 60)
        // Without a time there is a complaint; were there none, the desk would refuse what is past.
        case .time: .time(end(.time) ?? now)
        case .reopened: .reopened
        }
    }
}
