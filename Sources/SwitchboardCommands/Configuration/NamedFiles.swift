// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Foundation

/// Reads the files that a rules file names; a relative path counts from the rules file.
enum NamedFiles {
    static func read(_ path: String, besides configuration: String) -> FileReading {
        do {
            let path = self.path(path, besides: configuration)
            return .bytes(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        } catch {
            return .unreadable(words(for: error))
        }
    }

    /// The path of a file that a rules file names.
    static func path(_ path: String, besides configuration: String) -> String {
        let folder = URL(fileURLWithPath: configuration).deletingLastPathComponent()
        return URL(fileURLWithPath: path, relativeTo: folder).path
    }

    /// The path from the root, so that it stays the same wherever the program goes.
    static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).path }

    /// Says why a file cannot be read.
    static func words(for error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile: "there is no such file"
        case .fileReadNoPermission: "permission is denied"
        case .fileReadUnknown: "it is no file that can be read"
        case .fileWriteFileExists: "a file of that name is in the way"
        default: "\(error.localizedDescription)"
        }
    }
}
