// SPDX-License-Identifier: Apache-2.0

import Calls
package import Sharing
import Testing

/// What replicas rely on, whatever the engine is; each rule is checked on an empty engine.
///
/// `make` opens one more connection of another replica to the same engine.
package enum EngineContract: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case anEmptyEngineHasNothing
    case aProposalReplacesWhatItExpects
    case aStaleProposalReturnsWhatIsThere
    case aRepeatedProposalIsWrittenOnce
    case everyWriterIsAcceptedOnce
    case aProposalNudgesOthers
    case reportsHaveAnAge
    case theAuditIsReadAfterANumber
    case documentsAreBytes
    case batchesAreReadOnceAndInOrder

    package var testDescription: String { rawValue }

    package func check(_ make: @Sendable () async throws -> any Engine) async throws {
        let engine = try await make()
        switch self {
        case .anEmptyEngineHasNothing:
            #expect(try await engine.read() == nil)
            #expect(try await engine.replicas().isEmpty)
            #expect(try await engine.audit(after: 0).isEmpty)
            #expect(try await engine.batches(after: [:], waiting: .zero).isEmpty)
        case .aProposalReplacesWhatItExpects:
            let (first, second) = (Self.state(1), Self.state(2))
            #expect(try await engine.propose(first, audit: [], expecting: nil).isAccepted)
            #expect(try await engine.read() == first)
            #expect(try await engine.propose(second, audit: [], expecting: first.id).isAccepted)
            #expect(try await make().read() == second)
        case .aStaleProposalReturnsWhatIsThere:
            let (first, second) = (Self.state(1), Self.state(2))
            #expect(try await engine.propose(first, audit: [], expecting: second.id) == .stale(nil))
            #expect(try await engine.propose(first, audit: Self.lines(1...1), expecting: nil).isAccepted)
            #expect(try await engine.propose(second, audit: Self.lines(2...2), expecting: nil) == .stale(first))
            #expect(try await engine.propose(second, audit: Self.lines(2...2), expecting: Self.id(9)) == .stale(first))
            #expect(try await engine.read() == first)
            #expect(try await engine.audit(after: 0) == Self.lines(1...1))
        case .aRepeatedProposalIsWrittenOnce:
            let first = Self.state(1)
            for _ in 0..<2 {
                #expect(try await engine.propose(first, audit: Self.lines(1...2), expecting: nil).isAccepted)
            }
            #expect(try await engine.audit(after: 0) == Self.lines(1...2))
        case .everyWriterIsAcceptedOnce: try await checkWriters(make)
        case .aProposalNudgesOthers:
            var nudges = try await make().nudges().makeAsyncIterator()
            #expect(await nudges.next() != nil)
            #expect(try await engine.propose(Self.state(1), audit: [], expecting: nil).isAccepted)
            #expect(await nudges.next() != nil)
        case .reportsHaveAnAge:
            let (one, two) = ("eu-1" as ReplicaName, "eu-2" as ReplicaName)
            _ = try await engine.report(EngineReport(replica: one, document: [1]))
            _ = try await engine.report(EngineReport(replica: two, document: [2]))
            let time = try await engine.report(EngineReport(replica: one, document: [3]))
            #expect(time.roundTrip >= .zero)
            let reports = try await engine.replicas().sorted { $0.replica < $1.replica }
            #expect(reports.map(\.replica) == [one, two])
            #expect(reports.map(\.document) == [[3], [2]])
            for report in reports { #expect(try #require(report.age) >= .zero) }
        case .theAuditIsReadAfterANumber:
            #expect(try await engine.propose(Self.state(1), audit: Self.lines(1...3), expecting: nil).isAccepted)
            #expect(
                try await engine.propose(Self.state(2), audit: Self.lines(4...4), expecting: Self.id(1)).isAccepted)
            #expect(try await engine.audit(after: 0) == Self.lines(1...4))
            #expect(try await engine.audit(after: 2) == Self.lines(3...4))
            #expect(try await engine.audit(after: 4).isEmpty)
        case .documentsAreBytes:
            let bytes = (0...255).map { UInt8($0) } + Array("\r\n$-1\r\n".utf8)
            let state = EngineState(epoch: Self.id(0), version: 1, id: Self.id(1), document: bytes)
            let line = EngineLine(number: 1, bytes: bytes)
            #expect(try await engine.propose(state, audit: [line], expecting: nil).isAccepted)
            #expect(try await engine.read() == state)
            #expect(try await engine.audit(after: 0) == [line])
        case .batchesAreReadOnceAndInOrder: try await checkBatches(engine)
        }
    }

    /// Writers that repeat until they are accepted make an unbroken chain.
    private func checkWriters(_ make: @Sendable () async throws -> any Engine) async throws {
        let writers = 50
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 1...writers {
                let engine = try await make()
                group.addTask {
                    var former = try await engine.read()
                    while true {
                        let state = EngineState(
                            epoch: Self.id(0), version: (former?.version ?? 0) + 1, id: Self.id(writer),
                            document: Array((former?.id.description ?? "").utf8))
                        let line = EngineLine(number: state.version, bytes: Array(state.id.description.utf8))
                        switch try await engine.propose(state, audit: [line], expecting: former?.id) {
                        case .accepted: return
                        case .stale(let newer): former = newer
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let engine = try await make()
        #expect(try await engine.read()?.version == writers)
        let lines = try await engine.audit(after: 0)
        #expect(lines.map(\.number) == Array(1...writers))
        #expect(Set(lines.map(\.bytes)).count == writers)
    }

    private func checkBatches(_ engine: any Engine) async throws {
        let (one, two) = ("eu-1" as ReplicaName, "eu-2" as ReplicaName)
        func batch(_ replica: ReplicaName, from sequence: UInt64) -> CallBatch {
            CallBatch(replica: replica, fromSequence: sequence, count: 2, bytes: [0, 0xFF, UInt8(sequence)])
        }
        for sequence in [0, 2, 4] as [UInt64] { try await engine.append(batch(one, from: sequence)) }
        try await engine.append(batch(two, from: 0))
        let pages = try await engine.batches(after: [:], waiting: .zero)
        #expect(pages[one]?.batches == [0, 2, 4].map { batch(one, from: $0) })
        #expect(pages[two]?.batches == [batch(two, from: 0)])
        let cursors = pages.mapValues(\.cursor)
        #expect(try await engine.batches(after: cursors, waiting: .zero).isEmpty)
        try await engine.append(batch(one, from: 6))
        #expect(
            try await engine.batches(after: cursors, waiting: .seconds(5)).mapValues(\.batches)
                == [one: [batch(one, from: 6)]])
    }

    private static func state(_ version: Int) -> EngineState {
        EngineState(epoch: id(0), version: version, id: id(version), document: Array("v\(version)".utf8))
    }

    private static func lines(_ numbers: ClosedRange<Int>) -> [EngineLine] {
        numbers.map { EngineLine(number: $0, bytes: Array("{\"n\":\($0)}".utf8)) }
    }

    private static func id(_ number: Int) -> StateID { .sample(number) }
}

extension Proposal {
    fileprivate var isAccepted: Bool {
        switch self {
        case .accepted: true
        case .stale: false
        }
    }
}
