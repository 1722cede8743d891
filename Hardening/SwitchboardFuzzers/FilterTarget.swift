// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Exports
import Filters
import PhoneNumbers
import TestSupport
import WireFormat

/// Filters, exported calls and masked texts.
enum FilterTarget {
    private static let setting = FilterSetting(
        now: .sample, clock: .fixed(7200), plan: WorldNumberingPlan(), country: "NL")
    private static let calls = EventLog.sample([
        CallSample("c-1").live().ended(), CallSample("c-2", from: nil).rejected(),
    ]).snapshot()

    /// A filter that is read is printed as one that reads the same, and can be asked.
    static func filters(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(FilterError) {
            let filter = try CallFilter(text, setting)
            for sequence in calls.sequences {
                if let call = calls[sequence] { _ = filter.holds(for: call, in: FilterFacts(now: .sample)) }
            }
            let printed = filter.description
            guard printed.utf8.count <= CallFilter.longest else { return }
            require(try CallFilter(printed, setting) == filter, "\(printed) is another filter")
        } catch {
            require(error.range.upperBound <= text.unicodeScalars.count, "the place is outside")
        }
    }

    /// A call that is read from an export is exported the same, in every format.
    static func exports(_ bytes: [UInt8]) {
        do throws(DocumentProblem) {
            let call = try SessionExport.read(bytes, sequence: 0)
            let line = SessionExport.line(call)
            for format in ExportFormat.allCases {
                let options = ExportOptions(masksNumbers: true, clock: .fixed(0), now: .sample)
                _ = CallExport(format, options).row(call)
            }
            let again = try SessionExport.read(line, sequence: 0)
            require(SessionExport.line(again) == line, "the second export differs")
        } catch {
            _ = error.description
        }
        _ = NumberMask.masked(String(decoding: bytes, as: UTF8.self))
    }
}
