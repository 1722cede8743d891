// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import FileWatching
import Foundation
import PhoneNumbers
import TimeZones

/// A rules file as it was read: its findings, and what it says if it can be used.
struct ConfigurationSource {
    let path: String
    let bytes: [UInt8]
    let outcome: RulesFile.Outcome
    /// The file itself, and the files that it names.
    let watchedFiles: Set<WatchedFile>

    /// The numbering plans; loading them takes some milliseconds, once in a process.
    static let numbers: any NumberingPlan = WorldNumberingPlan()

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
        var named: Set<WatchedFile> = [WatchedFile(NamedFiles.absolute(path))]
        outcome = RulesFile.read(
            bytes, name: path, zones: TimeZones.zone(named:),
            files: { file in
                named.insert(WatchedFile(NamedFiles.path(file, besides: path)))
                return NamedFiles.read(file, besides: path)
            }, plan: Self.numbers)
        for source in outcome.file?.contacts ?? [] {
            guard case .sqlite(let file, _) = source.kind else { continue }
            // What is written into the database is seen without opening it again.
            named.insert(WatchedFile(NamedFiles.path(file, besides: path), change: .replacement))
        }
        watchedFiles = named
    }

    /// The findings with their source lines, one paragraph.
    var renderedFindings: String { rendered(outcome.findings) }

    /// Diagnostics in this file with their source lines, one paragraph.
    func rendered(_ findings: [Diagnostic]) -> String {
        Diagnostic.rendered(findings, source: String(decoding: bytes, as: UTF8.self))
    }

    /// The rules and settings, or a failure that shows every finding.
    func usable() throws -> RulesFile {
        if let file = outcome.file { return file }
        throw CommandFailure(.failure, renderedFindings + "\n\(path) has errors and is not used.")
    }
}
