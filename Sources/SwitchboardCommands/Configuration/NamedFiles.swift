// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Files
import Foundation

/// Reads the files that a rules file names; relative paths start at the folder of the rules file.
enum NamedFiles {
    /// The most bytes of a file that is named: some million numbers or contacts.
    private static let mostBytes = 256 << 20
    /// How long the next byte of a pipe may take, in milliseconds.
    private static let patience: Int32 = 30_000

    static func read(_ path: String, besides configuration: String) -> FileReading {
        do throws(WholeFile.Failure) {
            let path = self.path(path, besides: configuration)
            return .bytes(try WholeFile.read(path, atMost: mostBytes, patience: patience).bytes)
        } catch {
            return .unreadable(error.description)
        }
    }

    /// The path of a file that a rules file names; one that comes through a pipe has no folder but the current one.
    static func path(_ path: String, besides configuration: String) -> String {
        let folder =
            lasting(configuration).map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
            ?? URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)
        return URL(fileURLWithPath: HomeFolder.expand(path), relativeTo: folder).path
    }

    /// The name of a file without its folders, to fit a narrow screen.
    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    /// What findings and messages call a file.
    static func title(of path: String) -> String {
        path == WholeFile.standardInput ? "<stdin>" : path.isEmpty ? "\"\"" : path
    }

    /// The absolute path.
    static func absolute(_ path: String) -> String { URL(fileURLWithPath: HomeFolder.expand(path)).path }

    /// The absolute path by which other processes find the same file; `nil` for the standard input and for descriptors.
    static func lasting(_ path: String) -> String? {
        guard path != WholeFile.standardInput else { return nil }
        let path = absolute(path)
        return ["/dev/", "/proc/"].contains(where: path.hasPrefix) ? nil : path
    }

    /// The reason of a file error, for people.
    static func words(for error: any Error) -> String {
        if let failure = error as? WholeFile.Failure { return failure.description }
        return switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile: "no such file"
        case .fileReadNoPermission: "permission denied"
        case .fileReadUnknown: "not a readable file"
        case .fileWriteFileExists: "a file of that name exists"
        default: "\(error.localizedDescription)"
        }
    }
}
