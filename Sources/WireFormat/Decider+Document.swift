// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

extension Decider {
    /// The decider as `by`, and the arm beside it where there is one: only then is it known what of `by` is its name.
    var members: [JSONValue.Member] {
        let by = JSONValue.Member("by", .string(description))
        if case .arm(let arm, ofRule: _) = self { return [by, .init("arm", .string(arm))] }
        return [by]
    }

    init(_ fields: ObjectReader) throws(DocumentProblem) {
        let text = try fields.text("by")
        let arm = try fields.optionalText("arm")
        guard let decider = Decider(text, arm: arm) else {
            throw fields.problem("by", "must be a decider, such as `rule NAME` or `otherwise`")
        }
        self = decider
    }

    /// Reads a decider as `description` writes it.
    private init?(_ text: String, arm: String?) {
        if let arm {
            guard let name = text.after("rule ")?.before("/\(arm)") else { return nil }
            self = .arm(arm, ofRule: name)
        } else if let name = text.after("rule ") {
            self = .rule(name)
        } else if let name = text.after("override ") {
            guard let scope = Scope(name) else { return nil }
            self = .override(scope)
        } else if let name = text.after("hours ") {
            self = .hours(name)
        } else {
            guard let word = [Self.unknownLine, .otherwise, .deadline].first(where: { $0.description == text }) else {
                return nil
            }
            self = word
        }
    }
}

extension String {
    /// What comes behind a beginning, byte by byte: a name may begin with a mark that joins the character before it.
    func after(_ beginning: String) -> String? {
        guard utf8.starts(with: beginning.utf8) else { return nil }
        return String(decoding: utf8.dropFirst(beginning.utf8.count), as: UTF8.self)
    }

    /// What comes before an end, byte by byte.
    func before(_ end: String) -> String? {
        guard utf8.count >= end.utf8.count, utf8.suffix(end.utf8.count).elementsEqual(end.utf8) else { return nil }
        return String(decoding: utf8.dropLast(end.utf8.count), as: UTF8.self)
    }
}
