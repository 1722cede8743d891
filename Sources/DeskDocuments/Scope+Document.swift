// SPDX-License-Identifier: Apache-2.0

package import Calls

extension Scope {
    /// Reads a scope as `description` writes it: `all`, `group NAME` or `line NUMBER`.
    package init?(_ text: String) {
        // Bytes, since a name may begin with a mark that joins the blank before it.
        if text == "all" {
            self = .all
        } else if text.utf8.starts(with: "group ".utf8), text.utf8.count > 6 {
            self = .group(String(decoding: text.utf8.dropFirst(6), as: UTF8.self))
        } else if text.hasPrefix("line "), let number = PhoneNumber(text.dropFirst(5)) {
            self = .line(number)
        } else {
            return nil
        }
    }

    init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        guard let scope = value.string.flatMap({ Scope($0) }) else {
            throw DocumentProblem(at: place, "must be `all`, `group NAME` or `line +NUMBER`")
        }
        self = scope
    }
}
