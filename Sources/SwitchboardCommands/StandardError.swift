// SPDX-License-Identifier: Apache-2.0

/// Words for people; data goes to stdout.
enum StandardError {
    /// Says something, if anybody can still hear it: the terminal may be gone when the program stops.
    static func say(_ text: String) {
        _ = StandardStream.error.write(Array((text + "\n").utf8))
    }
}
