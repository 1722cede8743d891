// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Words for people; data goes to stdout.
enum StandardError {
    static func say(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
