// SPDX-License-Identifier: Apache-2.0

import Sharing
import Testing

struct CallPackerTests {
    private func packer(mostBytes: Int = 1 << 20) throws -> CallPacker {
        let name = "eu-1"
        return CallPacker(replica: try #require(ReplicaName(name)), mostBytes: mostBytes)
    }

    private func line(_ number: Int, bytes: Int = 20) -> [UInt8] {
        let text = Array("\(number)".utf8)
        return text + Array(repeating: UInt8(ascii: " "), count: bytes - text.count)
    }

    private func taken(_ packer: inout CallPacker) throws -> CallBatch {
        let batch = packer.take()
        return try #require(batch)
    }

    private func expectNothing(_ packer: inout CallPacker) {
        let batch = packer.take()
        #expect(batch == nil)
    }

    @Test func linesAreNumberedThroughAllBatches() throws {
        var packer = try packer()
        for number in 0..<600 { packer.add(line(number)) }
        var next: UInt64 = 0
        var sizes: [Int] = []
        while let batch = packer.take() {
            #expect(batch.fromSequence == next && batch.missed == 0)
            #expect(batch.lines.map(Array.init) == (0..<batch.count).map { line(Int(next) + $0) })
            next += UInt64(batch.count)
            sizes.append(batch.count)
        }
        #expect(sizes == [256, 256, 88])
        #expect(packer.isEmpty)
    }

    @Test func aBatchIsBoundedInBytesUnlessOneLineIsLonger() throws {
        var packer = try packer()
        for bytes in [20_000, 20_000, 100_000, 10, 10] { packer.add(line(0, bytes: bytes)) }
        var sizes: [Int] = []
        while let batch = packer.take() { sizes.append(batch.count) }
        #expect(sizes == [1, 1, 1, 2])
    }

    @Test func whatIsDroppedIsCounted() throws {
        var packer = try packer(mostBytes: 100)
        for number in 0..<8 { packer.add(line(number)) }
        let first = try taken(&packer)
        #expect((first.fromSequence, first.missed, first.count) == (3, 3, 5))
        // Lines that never came, before and between others.
        packer.noteMissing(2)
        packer.noteMissing(1)
        packer.add(line(8))
        packer.noteMissing(4)
        packer.add(line(9))
        let second = try taken(&packer)
        #expect((second.fromSequence, second.missed, second.count) == (11, 3, 1))
        let third = try taken(&packer)
        #expect((third.fromSequence, third.missed, third.count) == (16, 4, 1))
        expectNothing(&packer)
        // One that is too long for everybody.
        packer.add(line(0, bytes: CallPacker.longestLine + 1))
        expectNothing(&packer)
        packer.add(line(10))
        let last = try taken(&packer)
        #expect(last.missed == 1)
    }

    @Test func aBatchHasNoMoreLinesThanItSays() throws {
        let name = "eu-1"
        let replica = try #require(ReplicaName(name))
        let batch = CallBatch(replica: replica, fromSequence: 0, count: 2, bytes: Array("a\n\nb\nc\n".utf8))
        #expect(batch.lines.map { String(decoding: $0, as: UTF8.self) } == ["a", "b"])
    }
}
