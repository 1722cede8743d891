// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

/// The rights that `docs/many-desks.md` gives to a desk, for one with the name `main`.
enum ManualACL {
    static func rights() throws -> String {
        let line = try Repository.read("docs/many-desks.md").split(separator: "\n").first {
            $0.hasPrefix("ACL SETUSER desk")
        }
        let words = try #require(line).split(separator: " ").map { word in
            word.first == "'" ? word.dropFirst().dropLast() : word
        }
        return words.filter { "~&+".contains($0.prefix(1)) }.joined(separator: " ")
    }
}
