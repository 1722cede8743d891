// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Tells the script which port the system chose.
enum Ready {
    static func say(port: Int) {
        FileHandle.standardOutput.write(Data("\(port)\n".utf8))
    }
}
