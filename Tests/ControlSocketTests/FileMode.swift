// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A failed system call.
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
