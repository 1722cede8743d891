// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import WireFormat
import Overrides
import TestSupport
import Testing

/// The state and the audit as files have them.
@Suite struct PersistedStateTests {
    private static let jan = Operator(user: "jan", terminal: "pts/3", host: "desk1")

    /// Texts that a careless writer or reader would trip over.
    private static let texts = [
        "Dicht.", "\"\\\n\r\t\u{0}\u{1B}[2J\u{7F}\u{9B}", "\u{202E}\u{2028}\u{FEFF}", "e\u{301} é 👩‍👩‍👧 \u{10FFFF}",
        "}{\"version\":1}\n", String(repeating: "ü", count: 2000),
    ]

    private static func overrides() -> [Override] {
        texts.enumerated().flatMap { index, text in
            [
                Override.sample(.closed(says: text), .group(text), id: index * 2 + 1, reason: text, who: jan),
                Override.sample(.greeting(text), .group(text), id: index * 2 + 2, until: .sample, who: jan),
            ]
        } + [.sample(.forcedOpen, .line("+31850835037"), id: 90), .sample(.inform(says: "x"), id: 91)]
    }

    private static let callers: [CallerOverride] = texts.enumerated().compactMap { index, text in
        PhoneNumber("+3161234567\(index)").map { caller in
            CallerOverride(
                id: 92 + index, kind: index == 2 ? .allowed : .blocked(says: text), caller: caller, reason: text,
                who: jan, since: .sample, until: index % 2 == 0 ? nil : .sample.advanced(bySeconds: 60))
        }
    }

    private static func saved() -> PersistedState {
        let overrides = overrides()
        let changes = texts.map {
            UndoableChange(
                at: .sample, who: Operator(user: $0), words: $0, begun: overrides, ended: [overrides[0]],
                callers: CallerChanges(begun: callers, ended: [callers[0]]))
        }
        let ofCallers = AuditEntry.Event.allCases.enumerated().map { index, event in
            AuditEntry(
                number: 90 + index, at: .sample, who: jan,
                content: .caller(event, callers[index % callers.count], old: index == 0 ? "\u{1B}" : nil))
        }
        let audit =
            ofCallers
            + AuditEntry.Event.allCases.enumerated().flatMap { index, event in
                overrides.enumerated().map { place, override in
                    AuditEntry(
                        number: 96 + index * overrides.count + place, at: .sample, who: place == 0 ? nil : jan,
                        event: event,
                        override: override, old: event == .begun && place > 0 ? override.reason : nil)
                }
            }
        let state = OverrideState(
            overrides: overrides, changes: changes, callers: CallerOverrides(callers), nextID: 99,
            auditLines: 89 + audit.count)
        return PersistedState(state: state, audit: audit)
    }

    @Test func isReadAsItWasWritten() throws {
        let saved = Self.saved()
        let bytes = saved.bytes
        #expect(try PersistedState(bytes) == saved)
        #expect(bytes.filter { $0 < 0x20 } == [0x0A])
        #expect(try PersistedState(PersistedState(state: OverrideState(), audit: []).bytes).state == OverrideState())
    }

    @Test func everyLineOfTheAuditIsOneLineAndIsReadAsItWasWritten() throws {
        for entry in Self.saved().audit {
            let line = entry.document.bytes
            #expect(!line.contains { $0 < 0x20 })
            #expect(AuditEntry(line: line) == entry)
            // A line that was torn says nothing.
            for length in Set([0, 1, line.count / 2, line.count - 1]) {
                #expect(AuditEntry(line: line.prefix(length)) == nil)
            }
        }
    }

    @Test func aLineOfTheAuditHasKeysThatScriptsRelyOn() {
        let override = Override.sample(
            .closed(says: "Dicht."), .group("north"), id: 7, reason: "brand", until: .sample.advanced(bySeconds: 60))
        let begun = AuditEntry(number: 12, at: .sample, who: Self.jan, event: .begun, override: override, old: "Nacht.")
        #expect(
            begun.document.text == """
                {"n":12,"at":"2026-07-01T12:00:00.000Z","who":{"user":"jan","terminal":"pts/3","host":"desk1"},\
                "event":"begun","kind":"closed","scope":"group north","id":7,"old":"Nacht.","new":"Dicht.",\
                "reason":"brand","since":"2026-07-01T12:00:00.000Z","until":"2026-07-01T12:01:00.000Z",\
                "set_by":{"user":"anna","terminal":null,"host":null}}
                """)
        let note = AuditEntry(number: 14, at: .sample, who: Self.jan, content: .note("Call the carrier."))
        #expect(
            note.document.text == """
                {"n":14,"at":"2026-07-01T12:00:00.000Z","who":{"user":"jan","terminal":"pts/3","host":"desk1"},\
                "event":"note","text":"Call the carrier."}
                """)
        #expect(AuditEntry(line: note.document.bytes) == note)
        let forgotten = AuditEntry(
            number: 15, at: .sample, who: nil,
            content: .forgottenCaller(.expired, .blocked(says: "No."), name: "forgotten-5be0"))
        #expect(
            forgotten.document.text == """
                {"n":15,"at":"2026-07-01T12:00:00.000Z","who":null,"event":"note",\
                "text":"blocked caller forgotten-5be0: expired","change":"expired","kind":"blocked","says":"No.",\
                "scope":"caller forgotten-5be0"}
                """)
        #expect(AuditEntry(line: forgotten.document.bytes) == forgotten)
        let ended = AuditEntry(number: 13, at: .sample, who: nil, event: .expired, override: override, old: nil)
        #expect(ended.document.value["who"] == .null)
        #expect(ended.document.value["old"] == "Dicht.")
        #expect(ended.document.value["new"] == .null)
    }

    static let damages = [
        ("\"version\":1", "\"version\":\"1\"", "version"), ("\"version\":1", "\"version\":2", "version"),
        ("\"next_id\":3", "\"next_id\":0", "next_id"),
        ("\"next_id\":3", "\"next_id\":9223372036854775807", "next_id"),
        ("\"next_id\":3", "\"next_id\":2", "overrides[1].id"),
        ("\"audit_lines\":2", "\"audit_lines\":-1", "audit_lines"),
        ("\"audit_lines\":2", "\"audit_lines\":3", "audit[0].n"), ("\"id\":2", "\"id\":1", "overrides[1].id"),
        ("\"id\":1", "\"id\":-1", "overrides[0].id"), ("\"scope\":\"group a\"", "\"scope\":\"all\"", "overrides[1]"),
        ("\"text\":\"Dicht.\"", "\"text\":\" \"", "overrides[0].text"),
        ("\"text\":\"Dicht.\"", "\"text\":null", "overrides[0].text"),
        ("\"event\":\"begun\"", "\"event\":\"gone\"", "audit[0].event"),
        ("\"words\":\"closed\"", "\"words\":[]", "changes[0].words"),
        ("\"changes\":[", "\"changes\":[1,", "changes[0]"),
    ]

    @Test(arguments: damages) func aProblemNamesItsPlace(_ part: String, _ damage: String, _ place: String) throws {
        let overrides = [
            Override.sample(.closed(says: "Dicht."), id: 1), .sample(.closed(says: "Ook."), .group("a"), id: 2),
        ]
        let saved = PersistedState(
            state: OverrideState(
                overrides: overrides,
                changes: [UndoableChange(at: .sample, who: Self.jan, words: "closed", begun: [], ended: [])], nextID: 3,
                auditLines: 2),
            audit: overrides.enumerated().map { index, override in
                AuditEntry(
                    number: index + 1, at: .sample, who: nil, event: .begun, override: override, old: nil)
            })
        let text = String(decoding: saved.bytes, as: UTF8.self)
        let range = try #require(text.firstRange(of: part))
        let damaged = text.replacingCharacters(in: range, with: damage)
        do throws(DocumentProblem) {
            _ = try PersistedState(Array(damaged.utf8))
            Issue.record("it was read: \(damaged)")
        } catch {
            #expect(error.place == place)
        }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + self[range.upperBound...]
    }
}
