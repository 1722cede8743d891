// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A port of the loopback address that refuses connections for as long as it is held.
///
/// It is bound and never listens. A port that was given back could be another test's by the time it is connected to.
struct SilentPort {
    let number: Int
    private let descriptor: CInt

    init() throws(Failure) {
        let socket = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard isBound else { throw Failure(errno: errno) }
        descriptor = socket
        number = Int(UInt16(bigEndian: address.sin_port))
    }

    func close() { _ = Glibc.close(descriptor) }

    struct Failure: Error {
        let errno: CInt
    }
}
