// SPDX-License-Identifier: Apache-2.0

/// A length of time in words, in the largest unit that divides it.
enum ElapsedText {
    static func of(seconds: Int) -> String {
        let units = [("d", 86_400), ("h", 3600), ("m", 60)]
        guard seconds > 0, let (name, size) = units.first(where: { seconds % $0.1 == 0 }) else { return "\(seconds)s" }
        return "\(seconds / size)\(name)"
    }
}
