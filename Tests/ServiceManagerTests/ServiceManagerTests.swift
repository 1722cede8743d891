// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import ServiceManager
import TestSupport
import Testing

struct ServiceManagerTests {
    /// A socket of a service manager, at a path or with an abstract name.
    private final class Manager {
        private let number: Int32

        init(_ name: String) throws {
            number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            var bytes = Array(name.utf8)
            if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
            let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count + (bytes[0] == 0 ? 0 : 1))
            let result = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, length) }
            }
            guard result == 0 else { throw POSIXError(.EIO) }
        }

        deinit { close(number) }

        var notice: String? {
            var bytes = [UInt8](repeating: 0, count: 1000)
            let count = recv(number, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
        }
    }

    @Test func noticesReachASocketAtAPath() throws {
        try TemporaryFolder.with { folder in
            let manager = try Manager(folder.path("notify"))
            let notifier = try #require(ServiceNotifier(folder.path("notify")))
            #expect(notifier.send(.ready, .status("two\nlines")))
            #expect(manager.notice == "READY=1\nSTATUS=two lines")
            #expect(notifier.send(.reloading(12)))
            #expect(manager.notice == "RELOADING=1\nMONOTONIC_USEC=12")
            #expect(notifier.send(.stopping))
            #expect(manager.notice == "STOPPING=1")
        }
    }

    @Test func noticesReachAnAbstractSocket() throws {
        let name = "@switchboard-test-\(UUID().uuidString)"
        let manager = try Manager(name)
        #expect(try #require(ServiceNotifier(name)).send(.ready))
        #expect(manager.notice == "READY=1")
    }

    @Test(arguments: ["", "@", "relative", "/" + String(repeating: "x", count: 107)])
    func otherNamesAreNotSockets(_ name: String) {
        #expect(ServiceNotifier(name) == nil)
    }

    @Test func aManagerThatIsGoneStopsNothing() throws {
        #expect(ServiceNotifier(nil) == nil)
        #expect(try #require(ServiceNotifier("/nonexistent/notify")).send(.ready) == false)
    }

    static let variables: [Row<String, InheritedSocket.Problem?>] = [
        Row("none", "", nil),
        Row("for another process", "LISTEN_PID=1 LISTEN_FDS=1", nil),
        Row("not numbers", "LISTEN_PID=x LISTEN_FDS=y", nil),
        Row("several", "LISTEN_PID=77 LISTEN_FDS=2", .count(2)),
        Row("a word", "LISTEN_PID=77 LISTEN_FDS=abc", .notCount("abc")),
        Row("less than none", "LISTEN_PID=77 LISTEN_FDS=-1", .notCount("-1")),
        Row("more than any", "LISTEN_PID=77 LISTEN_FDS=1000000", .notCount("1000000")),
    ]

    @Test(arguments: variables) func onlyOneSocketForThisProcessIsTaken(_ row: Row<String, InheritedSocket.Problem?>) {
        let pairs = row.input.split(separator: " ").map { $0.split(separator: "=").map(String.init) }
        let variables = Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1]) })
        do throws(InheritedSocket.Problem) {
            #expect(try InheritedSocket.take({ variables[$0] }, process: 77) == nil)
            #expect(row.expected == nil)
        } catch {
            #expect(error == row.expected)
        }
    }
}
