// SPDX-License-Identifier: Apache-2.0

import JSON
package import Calls

extension Scope {
    /// Reads a scope as `description` writes it: `all`, `group NAME` or `line NUMBER`.
    package init?(_ text: String) {
        // Bytes, since a name may begin with a mark that joins the blank before it.
        if text == "all" {
            self = .all
        } else if let name = text.after("group "), !name.isEmpty {
            self = .group(name)
        } else if let number = text.after("line ").flatMap({ PhoneNumber($0) }) {
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
