// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON
import Overrides

/// A rule that lets callers in while lines are closed.
enum BypassDocument: Document {
    typealias Subject = BypassRule

    static func fields<Coder: FieldCoder<BypassRule>>(_ key: inout Coder) throws(Coder.Failure) -> BypassRule {
        BypassRule(
            rule: try key("rule", .text, \.rule), callers: try key("callers", .text, \.callers),
            lines: try key("lines", .phoneNumbers, \.lines))
    }
}

extension Form where Value == [PhoneNumber]? {
    fileprivate static var phoneNumbers: Self {
        Form(
            write: { numbers, key, object in
                object.add(key, numbers.map { .array($0.map { .string($0.description) }) } ?? .null)
            },
            read: { key, object throws(DocumentProblem) in
                guard object.value(key) != nil else { return nil }
                let numbers = try object.texts(key)
                let read = numbers.compactMap { PhoneNumber($0) }
                guard read.count == numbers.count else {
                    throw object.problem(key, "must be numbers such as +31201234567")
                }
                return read
            })
    }
}
