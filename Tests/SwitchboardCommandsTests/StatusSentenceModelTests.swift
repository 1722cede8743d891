// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import JSON
import Overrides
import TestSupport
import Testing
import WireFormat

@testable import SwitchboardCommands

/// The text that `status` prints, with random hours, rules and overrides, against callers that are answered one after the
/// other.
@Suite struct StatusSentenceModelTests {
    private static func lines(_ desk: RandomDesk) throws -> [String] {
        let document = desk.status.document(totals: Totals(), at: desk.now)
        let clock = OverrideTimeText(zone: "Etc/GMT-2", now: desk.now)
        return StatusText.lines(try StatusReport(Array(document.text.utf8)), clock: clock)
    }

    @Test(
        "state by decider until T, then; callers hear; the summary",
        arguments: Thoroughness.isFull ? 500...529 : 500...505 as ClosedRange<UInt64>)
    func linesAndSummary(seed: UInt64) throws {
        let desk = RandomDesk(seed: seed)
        let lines = try Self.lines(desk)
        #expect(lines.first == desk.expectedSummary(), "\(desk)")
        for place in desk.lines.indices {
            let start = lines.firstIndex { $0.hasPrefix(RandomDesk.numbers[place].description) } ?? 0
            #expect(lines[start] == Self.expectedRow(of: place, desk), "\(desk)")
            #expect(
                lines[start + 1] == "  callers hear \"\(Self.words(desk.reply(to: place, at: desk.now)))\"", "\(desk)")
        }
    }

    /// What a reply says first, cut out of its bytes.
    private static func words(_ reply: String) -> String {
        for key in [#""error":""#, #""first_message":""#] {
            guard let start = reply.firstRange(of: key)?.upperBound else { continue }
            return String(reply[start...].prefix { $0 != "\"" })
        }
        return ""
    }

    private static func state(_ desk: RandomDesk, _ place: Int, at moment: Instant) -> String {
        ["OPEN": "open", "CLOSED": "closed", "INFORM": "inform"][desk.word(place, at: moment)] ?? "forced-open"
    }

    private static func expectedRow(of place: Int, _ desk: RandomDesk) -> String {
        let by = { (moment: Instant) in desk.decision(place, at: moment).0.by.description }
        let time = { (moment: Instant) in desk.time(moment) + (desk.there(place, moment).map { " (\($0))" } ?? "") }
        var row = "\(RandomDesk.numbers[place]) Line \(place)\(place < 2 ? " [north]" : ""): "
        row += "\(state(desk, place, at: desk.now)) by \(by(desk.now))"
        let change = desk.first { state(desk, place, at: $0) + by($0) + desk.reply(to: place, at: $0) }
        guard let change else { return row }
        row += " until \(time(change)), then \(state(desk, place, at: change)) by \(by(change))"
        guard let turn = desk.first({ desk.isOpen(place, at: $0) }), turn != change else { return row }
        return row + "; \(state(desk, place, at: turn)) from \(time(turn))"
    }

    @Test(
        "BUT ..., of every override; Still let in",
        arguments: Thoroughness.isFull ? 530...649 : 530...553 as ClosedRange<UInt64>)
    func overrides(seed: UInt64) throws {
        let desk = RandomDesk(seed: seed)
        let lines = try Self.lines(desk)
        for override in desk.overrides {
            let row = try #require(lines.first { $0.hasPrefix(Self.title(override)) }, "\(lines)")
            let claims = row.components(behind: "; BUT ")
            for place in desk.lines.indices where override.scope.covers(desk.lines[place]) {
                let claim = claims.first { $0.names.isEmpty || $0.names.contains("Line \(place)") }
                #expect(Self.isTrue(claim?.cause, of: override, on: place, desk), "Line \(place): \(row)\n\(desk)")
            }
        }
        let letsIn = desk.status.bypasses.contains { $0.rule == "first" } && !desk.isOpen(1, at: desk.now)
        #expect(lines.contains { $0.hasPrefix("Still let in: rule first") } == letsIn, "\(lines)\n\(desk)")
    }

    private static func title(_ override: Override) -> String {
        let deed =
            switch override.kind {
            case .closed: "CLOSED"
            case .inform: "CLOSED (the assistant announces it)"
            case .forcedOpen: "FORCED OPEN"
            case .greeting: "FORCED GREETING"
            }
        return "\(deed) \(override.scope == .all ? "all lines" : override.scope.description) until"
    }

    /// Whether what is said of an override on a line is so; without a claim it does what its kind says.
    private static func isTrue(_ cause: String?, of override: Override, on place: Int, _ desk: RandomDesk) -> Bool {
        let reply = desk.reply(to: place, at: desk.now)
        let by = desk.decision(place, at: desk.now).0.by.description
        let isOpen = desk.isOpen(place, at: desk.now)
        let isRejected = reply.hasPrefix(#"{"error""#)
        let isHeard = override.kind.text.map { words(reply) == $0 } ?? false
        guard let cause else {
            return switch override.kind {
            case .closed: isHeard && isRejected
            case .inform: isHeard && !isRejected
            case .forcedOpen: isOpen
            case .greeting: isHeard && isOpen
            }
        }
        if cause.hasSuffix(" is newer, callers hear that") {
            let other = desk.overrides.first { cause.hasPrefix("\($0.words) is newer") }
            return other.map { $0.id > override.id && words(reply) == $0.kind.text } ?? false
        }
        if cause.hasSuffix(" rejects the calls") { return isHeard && isRejected }
        if cause.hasSuffix(" keeps it closed") {
            return !isOpen
                && desk.overrides.contains { other in
                    by == "override \(other.scope)"
                        && cause.contains(other.scope == .all ? "all lines" : "\(other.scope)")
                }
        }
        if cause.hasPrefix("closed by ") { return !isOpen && cause == "closed by \(by)" }
        if cause.hasSuffix(" decides first") { return cause == "\(by) decides first" && !isHeard }
        let greetings = desk.overrides.compactMap(\.kind.text)
        return cause == "the answer by \(by) is sent unchanged" && isOpen && !greetings.contains(words(reply))
    }
}

extension String {
    /// What is said behind some words: of the lines that are named, or of all.
    fileprivate func components(behind words: String) -> [(names: [String], cause: String)] {
        guard let start = firstRange(of: words)?.upperBound else { return [] }
        return self[start...].split(separator: "; ").map { part in
            guard part.hasPrefix("Line "), let colon = part.firstRange(of: ": ") else { return ([], String(part)) }
            let names = part[..<colon.lowerBound].split(separator: ", ").map(String.init)
            return (names, String(part[colon.upperBound...]))
        }
    }
}
