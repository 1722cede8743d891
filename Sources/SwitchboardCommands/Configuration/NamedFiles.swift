// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Foundation

/// Reads the files that a rules file names; a relative path counts from the rules file.
enum NamedFiles {
    static func read(_ path: String, besides configuration: String) -> FileReading {
        let folder = URL(fileURLWithPath: configuration).deletingLastPathComponent()
        do {
            return .bytes(Array(try Data(contentsOf: URL(fileURLWithPath: path, relativeTo: folder))))
        } catch {
            return .unreadable(words(for: error))
        }
    }

    /// Says why a file cannot be read.
    static func words(for error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile: "there is no such file"
        case .fileReadNoPermission: "permission is denied"
        default: "\(error.localizedDescription)"
        }
    }
}
