// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Foundation
import PhoneNumbers
import TimeZones

/// A rules file as it was read: its findings, and what it says if it can be used.
struct ConfigurationSource {
    let path: String
    let bytes: [UInt8]
    let outcome: RulesFile.Outcome

    /// The numbering plans; loading them takes some milliseconds, once in a process.
    static let numbers: any NumberPlan = WorldNumberPlan()

    /// Reads and checks a file.
    init(path: String) throws {
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            self.init(path: path, bytes: Array(data))
        } catch {
            throw CommandFailure(.failure, "\(path) cannot be read: \(NamedFiles.words(for: error))")
        }
    }

    /// Checks a text that is no file.
    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        outcome = RulesFile.read(
            bytes, name: path, zones: TimeZones.zone(named:), files: { NamedFiles.read($0, besides: path) },
            plan: Self.numbers)
    }

    /// The findings with their source lines, one paragraph.
    var renderedFindings: String {
        let source = String(decoding: bytes, as: UTF8.self)
        return outcome.findings.map { $0.rendered(source: source) }.joined(separator: "\n")
    }

    /// The rules and settings, or a failure that shows every finding.
    func usable() throws -> RulesFile {
        if let file = outcome.file { return file }
        throw CommandFailure(.failure, renderedFindings + "\n\(path) has errors and is not used.")
    }
}
