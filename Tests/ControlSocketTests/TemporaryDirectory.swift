// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc

/// Lets a test use a directory of its own, and takes it away with what is in it.
func inTemporaryDirectory(_ test: (String) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "socket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: directory) }
    try await test(directory.path)
}

/// What the system said instead of doing it.
struct SystemFailure: Error {
    let number: Int32
}

func succeeded(_ result: Int32) throws {
    guard result == 0 else { throw SystemFailure(number: errno) }
}

func permissions(of path: String) throws -> mode_t {
    try mode(of: path) & 0o7777
}

func kind(of path: String) throws -> mode_t {
    try mode(of: path) & S_IFMT
}

private func mode(of path: String) throws -> mode_t {
    var status = stat()
    try succeeded(lstat(path, &status))
    return status.st_mode
}
