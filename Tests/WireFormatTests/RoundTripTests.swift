// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import Calls
import WireFormat
import EventLog
import TestSupport
import Testing

/// What a document was written of is read back from it, whatever its texts hold.
@Suite struct RoundTripTests {
    @Test(arguments: UInt64(0)..<40) func aStatusComesBack(seed: UInt64) throws {
        var values = RandomValues(seed: seed)
        let (status, totals) = (values.status(), values.optional { $0.totals() })
        let document = totals.map { status.document(totals: $0, at: .sample) } ?? status.document()
        let value = try #require(JSONReader.read(document.bytes))
        #expect(try ServerStatus(value, at: "") == status)
    }

    @Test(arguments: UInt64(0)..<60) func aCallComesBack(seed: UInt64) throws {
        var values = RandomValues(seed: seed)
        let call = values.record()
        let value = try #require(JSONReader.read(call.document.bytes))
        #expect(dumped(try CallRecord(value, at: "")) == dumped(call))
    }

    /// A line of an export is read and exported again: the same bytes.
    @Test(arguments: UInt64(0)..<200) func anExportedCallComesBack(seed: UInt64) throws {
        var values = RandomValues(seed: seed)
        let line = SessionExport.line(values.record())
        guard JSONReader.read(line) != nil else { return }
        let again = SessionExport.line(try SessionExport.read(line, sequence: seed))
        #expect(String(decoding: again, as: UTF8.self) == String(decoding: line, as: UTF8.self))
    }

    /// What is damaged is refused, or read as something that exports to what it says; nothing traps.
    @Test(arguments: UInt64(0)..<40) func aDamagedExportIsReadOrRefused(seed: UInt64) {
        var values = RandomValues(seed: seed)
        guard let line = JSONReader.read(SessionExport.line(values.record())) else { return }
        for _ in 0..<20 {
            let damaged = values.damage(line).bytes
            do throws(DocumentProblem) {
                _ = SessionExport.line(try SessionExport.read(damaged, sequence: 0))
            } catch {
                #expect(!error.problem.isEmpty)
            }
        }
    }

    @Test(arguments: UInt64(0)..<10) func totalsComeBack(seed: UInt64) throws {
        var values = RandomValues(seed: seed)
        let totals = values.totals()
        let value = try #require(JSONReader.read(totals.document.bytes))
        #expect(try Totals(value, at: "").document == totals.document)
    }

    @Test(arguments: UInt64(0)..<40) func aCommandComesBack(seed: UInt64) throws {
        var values = RandomValues(seed: seed)
        let document = CommandDocument(
            command: values.command(), who: values.optional { $0.who().with(nil) }, isDryRun: values.chance())
        #expect(try CommandDocument(document.document.bytes) == document)
    }

    @Test(arguments: UInt64(0)..<10) func aResultComesBack(seed: UInt64) throws {
        var values = RandomValues(seed: seed)
        let result = OverrideResult(
            words: values.text(), begun: values.list { $0.override() }, ended: values.list { $0.override() },
            caveats: values.list { $0.text() }, effect: values.optional { $0.effect() })
        #expect(try OverrideResult(result.document.bytes) == result)
    }

    @Test(arguments: UInt64(0)..<10) func aFailureAndAReloadComeBack(seed: UInt64) throws {
        var values = RandomValues(seed: seed)
        let failure = ControlFailure(values.text(), values.text())
        #expect(try ControlFailure.read(failure.document.bytes) == failure)
        let reload = values.reloadReport()
        #expect(try ReloadReport(reload.document.bytes) == reload)
    }

    @Test(arguments: UInt64(0)..<10) func aPageComesBack(seed: UInt64) throws {
        var values = RandomValues(seed: seed)
        let page = CallPage(calls: values.list { $0.record() }, next: values.optional { UInt64($0.number(0...99)) })
        let read = try CallPage(page.document.bytes)
        #expect(dumped(read.calls) == dumped(page.calls))
        #expect(read.next == page.next)
    }

    @Test(arguments: UInt64(0)..<40) func anEventComesBack(seed: UInt64) throws {
        var values = RandomValues(seed: seed)
        let (event, place) = (values.loggedEvent(), UInt64(values.number(0...1 << 53)))
        let line = StreamLine.event(event, cursor: place).bytes
        #expect(!line.contains { $0 < 0x20 }, "a line is one line")
        guard case .event(let read, let cursor) = try StreamLine(line) else {
            Issue.record("not an event")
            return
        }
        #expect(cursor == place)
        #expect(dumped(read) == dumped(event))
    }
}

/// Everything that a value stores, at any depth, for types without equality.
func dumped(_ value: Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
}
