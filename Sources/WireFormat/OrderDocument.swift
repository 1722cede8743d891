// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import JSON
import Calls

/// An order as the control socket takes it: what, by whom, and whether the closing text of the rules file is wanted.
package struct OrderDocument: Hashable, Sendable {
    /// The order; the text of a closure is empty where `wantsDefaultText`.
    package let order: OverrideCommand
    /// Who gives it; `nil` leaves it to the server to say.
    package let who: Operator?
    /// The order closes and says no text: the first closing text of the rules file is meant.
    package let wantsDefaultText: Bool

    package init(order: OverrideCommand, who: Operator? = nil, wantsDefaultText: Bool = false) {
        self.order = order
        self.who = who
        self.wantsDefaultText = wantsDefaultText
    }

    /// The order with the text that it is to say where it says none itself.
    package func order(closingWith text: String) -> OverrideCommand {
        guard wantsDefaultText, case .begin(let kind, let scopes, let reason, let until) = order else { return order }
        switch kind {
        case .closed: return .begin(.closed(says: text), scopes: scopes, reason: reason, until: until)
        case .inform: return .begin(.inform(says: text), scopes: scopes, reason: reason, until: until)
        case .forcedOpen, .greeting: return order
        }
    }

    package var document: JSONValue {
        .object(members + (who.map { [.init("who", $0.document)] } ?? []))
    }

    private var members: [JSONValue.Member] {
        switch order {
        case .begin(let kind, let scopes, let reason, let until):
            let text = wantsDefaultText ? nil : kind.text
            return [
                .init("act", .string("begin")), .init("kind", .string(kind.word)), .text("text", text),
                .scopes(scopes), .init("reason", .string(reason)), until.member,
            ]
        case .open(let scopes): return [.init("act", .string("open")), .scopes(scopes)]
        case .followHours(let scopes): return [.init("act", .string("follow hours")), .scopes(scopes)]
        case .clearGreeting(let scopes): return [.init("act", .string("clear greeting")), .scopes(scopes)]
        case .end(let id): return [.init("act", .string("end")), .init("id", .integer(id))]
        case .undo: return [.init("act", .string("undo"))]
        }
    }
}

extension JSONValue.Member {
    fileprivate static func scopes(_ scopes: [Scope]) -> JSONValue.Member {
        .texts("scopes", scopes.map(\.description))
    }
}

extension Until {
    fileprivate var member: JSONValue.Member {
        switch self {
        case .time(let instant): .time("until", instant)
        case .lasting(let seconds): .init("for_seconds", .integer(seconds))
        case .nextChange: .init("until", .string("next change"))
        case .reopened: .init("until", .string("reopened"))
        }
    }
}
