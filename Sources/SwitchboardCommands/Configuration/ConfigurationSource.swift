// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import FileWatching
import Foundation
import PhoneNumbers
import Rules
import TimeZones

/// A rules file as read: its diagnostics, and its rules and settings if it is valid.
struct ConfigurationSource {
    let path: String
    let bytes: [UInt8]
    let outcome: RulesFile.Outcome
    /// The rules file and the files that it names.
    let watchedFiles: Set<WatchedFile>

    /// The numbering plans; loading them takes some milliseconds, once per process.
    static let numbers: any NumberingPlan = WorldNumberingPlan()

    /// Reads and checks a file.
    init(path: String) throws {
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            self.init(path: path, bytes: Array(data))
        } catch {
            throw CommandFailure(.failure, "cannot read \(path): \(NamedFiles.words(for: error))")
        }
    }

    /// Checks a text that does not come from a file.
    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        var named: Set<WatchedFile> = [WatchedFile(NamedFiles.absolute(path))]
        outcome = RulesFile.read(
            bytes, name: path, zones: TimeZones.zone(named:),
            files: { file in
                named.insert(WatchedFile(NamedFiles.path(file, besides: path)))
                return NamedFiles.read(file, besides: path)
            }, plan: Self.numbers)
        for source in outcome.file?.contacts ?? [] {
            guard let file = source.kind.openFile else { continue }
            // Changes inside the database are visible without reopening it.
            named.insert(WatchedFile(NamedFiles.path(file, besides: path), change: .replacement))
        }
        watchedFiles = named
    }

    /// The diagnostics with their source lines, as of a moment: dates in the file may be over by then.
    func renderedFindings(at now: Instant) -> String { rendered(findings(at: now)) }

    /// The diagnostics as of a moment.
    func findings(at now: Instant) -> [Diagnostic] { outcome.findings + datedFindings(at: now) }

    /// What the file says of dates that are over by the file's clock.
    func datedFindings(at now: Instant) -> [Diagnostic] {
        guard let file = outcome.file else { return [] }
        return file.findings(on: file.rules.zone.local(now).date, name: path)
    }

    /// Diagnostics of this file with their source lines.
    func rendered(_ findings: [Diagnostic]) -> String {
        Diagnostic.rendered(findings, source: String(decoding: bytes, as: UTF8.self), included: outcome.included)
    }

    /// The rules and settings, or a failure with all diagnostics.
    func usable() throws -> RulesFile {
        if let file = outcome.file { return file }
        throw CommandFailure(.failure, rendered(outcome.findings) + "\n\(path) has errors.")
    }
}
