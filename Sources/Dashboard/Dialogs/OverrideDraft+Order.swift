// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

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
