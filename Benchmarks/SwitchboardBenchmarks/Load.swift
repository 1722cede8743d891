// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Glibc
import Synchronization

/// Calls a server of another process at a steady rate and prints how long its answers took.
enum Load {
    /// How many connections call at once.
    private static let connections = 16

    /// What all connections counted.
    private struct Result {
        var sent = 0
        var failed = 0
        /// The longest time, in microseconds, that a call was sent later than it was due.
        var late: UInt64 = 0
        /// In microseconds.
        var times: [UInt64] = []
    }

    private final class SharedResult: Sendable {
        let counts = Mutex(Result())
    }

    /// `load PORT RATE SECONDS`: one line, `calls failed p50 p99 p99.9 max late`, in microseconds.
    static func run(_ arguments: [String]) {
        guard arguments.count == 3, let port = UInt16(arguments[0]), let rate = Double(arguments[1]),
            let seconds = Double(arguments[2]), rate > 0
        else {
            print("usage: SwitchboardBenchmarks load PORT RATE SECONDS")
            exit(2)
        }
        let result = SharedResult()
        let start = DispatchTime.now().uptimeNanoseconds + 50_000_000
        let end = start + UInt64(seconds * 1e9)
        let pause = UInt64(1e9 / rate * Double(connections))
        let running = DispatchGroup()
        for worker in 0..<connections {
            running.enter()
            // Threads of their own: a queue runs only as many as there are cores.
            Thread.detachNewThread {
                defer { running.leave() }
                var own = Result()
                call(
                    port, from: start + pause * UInt64(worker) / UInt64(connections), until: end, every: pause, worker,
                    &own
                )
                let counted = own
                result.counts.withLock { all in
                    all.sent += counted.sent
                    all.failed += counted.failed
                    all.late = max(all.late, counted.late)
                    all.times += counted.times
                }
            }
        }
        running.wait()
        let (sent, failed, late, times) = result.counts.withLock { ($0.sent, $0.failed, $0.late, $0.times.sorted()) }
        let marks = [0.5, 0.99, 0.999, 1].map { part in
            times.isEmpty ? 0 : times[min(times.count - 1, Int(Double(times.count) * part))]
        }
        print(([sent, failed].map { String($0) } + marks.map { String($0) } + [String(late)]).joined(separator: " "))
    }

    private static func call(
        _ port: UInt16, from start: UInt64, until end: UInt64, every pause: UInt64, _ worker: Int,
        _ result: inout Result
    ) {
        let connection = connected(to: port)
        guard connection >= 0 else {
            result.failed += 1
            return
        }
        defer { close(connection) }
        let run = getpid()
        var due = start
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while due < end {
            let now = DispatchTime.now().uptimeNanoseconds
            // A server that cannot keep up gets fewer calls, not more time.
            guard now < end else { return }
            if now < due { Thread.sleep(forTimeInterval: Double(due - now) / 1e9) }
            let sent = DispatchTime.now().uptimeNanoseconds
            result.late = max(result.late, (sent - min(sent, due)) / 1000)
            result.sent += 1
            let request = request(
                "bench-\(run)-\(worker)-\(result.sent)", from: worker * 1_000_000 + result.sent % 100_000)
            guard write(connection, request, request.count) == request.count, isAnswered(connection, &buffer) else {
                result.failed += 1
                return
            }
            result.times.append((DispatchTime.now().uptimeNanoseconds - sent) / 1000)
            due += pause
        }
    }

    private static func connected(to port: UInt16) -> Int32 {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        var on: Int32 = 1
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return status == 0 ? connection : -1
    }

    private static func request(_ id: String, from caller: Int) -> [UInt8] {
        let number = String(10_000_000 + caller)
        let body =
            #"{"message":{"type":"assistant-request","timestamp":"2026-07-01T10:00:00.000Z","call":{"id":""# + id
            + #"","type":"inbound_phone_call","status":"ringing"},"phone_number":{"number":"+31850835037","name":"Demo"},"#
            + #""customer":{"number":"+316"# + number + #""}}}"#
        return Array(
            "POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    }

    /// Reads one reply, which is small enough to come in one or two pieces.
    private static func isAnswered(_ connection: Int32, _ buffer: inout [UInt8]) -> Bool {
        var count = 0
        while count < buffer.count {
            let room = buffer.count - count
            let read = buffer.withUnsafeMutableBytes { bytes in
                recv(connection, bytes.baseAddress.map { $0 + count }, room, 0)
            }
            guard read > 0 else { return false }
            count += read
            let text = String(decoding: buffer[..<count], as: UTF8.self)
            guard let head = text.range(of: "\r\n\r\n") else { continue }
            let length = text[..<head.lowerBound].split(separator: "\r\n")
                .first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.drop { $0 != ":" }.dropFirst().trimmingCharacters(in: .whitespaces)) }
            guard let length, text[head.upperBound...].utf8.count >= length else { continue }
            return text.hasPrefix("HTTP/1.1 200")
        }
        return false
    }
}
