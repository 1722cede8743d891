// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Files
import Foundation
import Overrides
import Rules
import WireFormat

/// JSON lines, as `export` writes them.
///
/// Of a file only where each line is stays in memory; lines are read again when they are shown. What comes through a pipe is
/// kept whole.
final class ExportRecord: DeskRecord {
    let path: String
    let extent: ClosedRange<Instant>?
    private let lines: [Line]
    private let source: Source

    private struct Line: Sendable {
        let offset: UInt64
        let count: Int
        let number: Int
        let receivedAt: Instant
    }

    /// The longest line, in bytes.
    private static let longestLine = 64 << 20

    /// Where lines are read, each more than once.
    private enum Source {
        case file(FileHandle)
        case bytes([UInt8])

        /// The most bytes that come through a pipe.
        private static let mostBytes = 256 << 20

        init(_ path: String) throws {
            if FileIdentity(path)?.isRegularFile == true {
                self = .file(try FileHandle(forReadingFrom: URL(filePath: path)))
            } else {
                self = .bytes(try WholeFile.read(path, atMost: Self.mostBytes).bytes)
            }
        }

        /// At most that many bytes; none at the end.
        func read(at offset: UInt64, upTo count: Int) throws -> [UInt8] {
            switch self {
            case .file(let file):
                try file.seek(toOffset: offset)
                return try file.read(upToCount: count).map(Array.init) ?? []
            case .bytes(let bytes): return Array(bytes.dropFirst(Int(offset)).prefix(count))
            }
        }
    }

    /// `-` is the standard input.
    init(_ file: String) throws(CommandFailure) {
        let path = NamedFiles.title(of: file)
        self.path = path
        do {
            source = try Source(file)
        } catch {
            throw CommandFailure(.failure, "cannot read \(path): \(NamedFiles.words(for: error))")
        }
        var lines: [Line] = []
        var end: Instant?
        let progress = ReadingProgress(of: path)
        defer { progress.clear() }
        try Self.read(source, path) { bytes, offset, number throws(CommandFailure) in
            let times: (receivedAt: Instant, last: Instant)
            do throws(DocumentProblem) {
                times = try ExportedTimes.of(bytes)
            } catch {
                throw CommandFailure(
                    .failure, "\(path):\(number): not a line of `switchboard export`: \(error)")
            }
            lines.append(
                Line(offset: offset, count: bytes.count, number: number, receivedAt: times.receivedAt))
            end = max(end ?? times.last, times.last)
            progress.note(lines.count)
        }
        self.lines = lines
        let start = lines.map(\.receivedAt).min()
        extent = start.flatMap { start in end.map { start...max(start, $0) } }
    }

    /// Passes each line that is not empty, with where it begins and its number.
    private static func read(
        _ source: Source, _ path: String, _ body: ([UInt8], UInt64, Int) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        var rest: [UInt8] = []
        var (offset, number) = (UInt64(0), 1)
        while true {
            let chunk: [UInt8]
            do {
                chunk = try source.read(at: offset + UInt64(rest.count), upTo: 1 << 20)
            } catch {
                throw CommandFailure(.failure, "cannot read \(path): \(NamedFiles.words(for: error))")
            }
            rest += chunk
            var start = 0
            while let end = rest[start...].firstIndex(of: 0x0A) {
                if end > start { try body(Array(rest[start..<end]), offset + UInt64(start), number) }
                (start, number) = (end + 1, number + 1)
            }
            rest.removeFirst(start)
            offset += UInt64(start)
            guard rest.count <= longestLine else {
                throw CommandFailure(.failure, "\(path):\(number): the line has more than \(longestLine >> 20) MiB")
            }
            guard !chunk.isEmpty else { break }
        }
        if !rest.isEmpty { try body(rest, offset, number) }
    }

    private func call(_ index: Int) throws(CommandFailure) -> CallRecord {
        let line = lines[index]
        do {
            let bytes = try source.read(at: line.offset, upTo: line.count)
            return try SessionExport.read(bytes, sequence: UInt64(index))
        } catch {
            let words = (error as? DocumentProblem)?.description ?? NamedFiles.words(for: error)
            throw CommandFailure(.failure, "\(path):\(line.number): \(words)")
        }
    }

    func zone(at moment: Instant) -> Zone { .utc }

    func calls(around moment: Instant, atMost limit: RecordLimit) throws(CommandFailure) -> RecordedWindow {
        let later = lines.lazy.map(\.receivedAt).filter { $0 > moment }.sorted()
        let until = limit.ahead == 0 ? moment : later.count >= limit.ahead ? later[limit.ahead - 1] : nil
        var calls: [CallRecord] = []
        var (weight, index) = (0, lines.count)
        while index > 0, calls.count < limit.calls, weight < limit.bytes {
            index -= 1
            if let until, lines[index].receivedAt > until { continue }
            calls.append(try call(index))
            weight += calls.last?.weight ?? 0
        }
        return RecordedWindow(calls: calls.reversed(), before: index, until: until)
    }

    func callTime(after moment: Instant, isForward: Bool) -> Instant? {
        isForward
            ? lines.lazy.map(\.receivedAt).filter { $0 > moment }.min()
            : lines.lazy.map(\.receivedAt).filter { $0 < moment }.max()
    }

    func desk(at moment: Instant) -> RecordedDesk {
        var desk = RecordedDesk(at: moment)
        desk.remarks = ["an export has calls only: lines, overrides and rules of then are unknown; times are UTC"]
        return desk
    }

    var changes: [RecordedChange] { [] }

    func overrides(at moment: Instant) -> (overrides: ActiveOverrides?, during: Range<Instant>) { (nil, always) }

    func contact(of call: AssistantRequest, at moment: Instant) -> ContactLookup? { nil }

    func forEachCall(in period: Range<Instant>, _ body: (CallRecord) throws -> Void) throws {
        for index in lines.indices where period.contains(lines[index].receivedAt) { try body(try call(index)) }
    }
}

/// Shows on stderr how much of a file was read, if it takes longer than a second.
final class ReadingProgress {
    private let path: String
    private var next = ContinuousClock.now + .seconds(1)
    private var isShown = false
    private static let step = 1000

    init(of path: String) {
        self.path = NamedFiles.name(of: path)
    }

    func note(_ calls: Int) {
        guard calls % Self.step == 0, isatty(STDERR_FILENO) == 1, ContinuousClock.now >= next else { return }
        next = ContinuousClock.now + .milliseconds(200)
        isShown = true
        show("\r\(path): \(calls) calls ")
    }

    func clear() {
        if isShown { show("\r\u{1B}[K") }
        isShown = false
    }

    private func show(_ text: String) { _ = FileDescriptor(number: STDERR_FILENO).write(Array(text.utf8)) }
}
