// SPDX-License-Identifier: Apache-2.0

import JSON

extension JSONDocument {
    /// The document as a value, for looking into it.
    var value: JSONValue { JSONReader.read(bytes) ?? .null }
}
