// SPDX-License-Identifier: Apache-2.0

/// Why a folder cannot be the desk's.
package enum StateFilesError: Error, Hashable, Sendable {
    /// Another server has it; its process, where that is known.
    case inUse(folder: String, process: Int?)
    /// Others may write to it, by its mode.
    case notPrivate(folder: String, mode: UInt32)
    case cannotUse(folder: String, FileProblem)
}

extension StateFilesError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .inUse(let folder, let process):
            "another server\(process.map { ", process \($0)," } ?? "") keeps its overrides in \(folder): stop it, or name "
                + "a folder of its own for this one with --state DIR"
        case .notPrivate(let folder, let mode):
            "others than its owner may write to \(folder) (mode \(String(mode, radix: 8))), and so could close the lines: "
                + "`chmod go-w` it, or name another folder with --state DIR"
        case .cannotUse(let folder, let problem):
            "the overrides cannot be kept in \(folder) (\(problem)): name another folder with --state DIR"
        }
    }
}
