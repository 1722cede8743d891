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
    /// The contents of the files that it names, by absolute path; the databases among them are opened where they are.
    private(set) var contents: [String: [UInt8]]
    /// The rules file and the files that it names.
    let watchedFiles: Set<WatchedFile>

    /// The numbering plans; loading them takes some milliseconds, once per process.
    static let numbers: any NumberingPlan = WorldNumberingPlan()

    /// Reads and checks a file.
    init(path: String) throws(CommandFailure) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw CommandFailure(.failure, "cannot read \(path): \(NamedFiles.words(for: error))")
        }
        self.init(path: path, bytes: Array(data))
    }

    /// Checks a text that was read before; `kept` has the contents of files that it names, which are not read again.
    init(path: String, bytes: [UInt8], kept: [String: [UInt8]] = [:]) {
        self.path = path
        self.bytes = bytes
        var named: Set<WatchedFile> = [WatchedFile(NamedFiles.absolute(path))]
        var contents: [String: [UInt8]] = [:]
        outcome = RulesFile.read(
            bytes, name: path, zones: TimeZones.zone(named:),
            files: { file in
                let absolute = NamedFiles.path(file, besides: path)
                named.insert(WatchedFile(absolute))
                let reading = kept[absolute].map(FileReading.bytes) ?? NamedFiles.read(file, besides: path)
                if case .bytes(let bytes) = reading { contents[absolute] = bytes }
                return reading
            }, plan: Self.numbers)
        for source in outcome.file?.contacts ?? [] {
            guard let file = source.kind.openFile else { continue }
            // Changes inside the database are visible without reopening it.
            named.insert(WatchedFile(NamedFiles.path(file, besides: path), change: .replacement))
        }
        watchedFiles = named
        self.contents = contents
    }

    /// A file that it names, as it was when the rules were checked.
    func read(_ file: String) -> FileReading {
        contents[NamedFiles.path(file, besides: path)].map(FileReading.bytes) ?? NamedFiles.read(file, besides: path)
    }

    /// The same without the contents, which may be large, for the time that the server runs.
    var withoutContents: ConfigurationSource {
        var source = self
        source.contents = [:]
        return source
    }

    /// The diagnostics with their source lines.
    var renderedFindings: String { rendered(outcome.findings) }

    /// The diagnostics as of a moment: dates in the file may be over by then.
    func findings(at now: Instant) -> [Diagnostic] { outcome.findings + (outcome.file?.findings(at: now) ?? []) }

    /// Diagnostics of this file with their source lines.
    func rendered(_ findings: [Diagnostic]) -> String {
        Diagnostic.rendered(findings, source: String(decoding: bytes, as: UTF8.self), included: outcome.included)
    }

    /// The rules and settings, or a failure with all diagnostics.
    func usable() throws -> RulesFile {
        if let file = outcome.file, !outcome.hasErrors { return file }
        throw CommandFailure(.failure, "\(renderedFindings)\n\(path) has errors.")
    }
}
