// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import FileWatching
import Files
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
    /// Whether it can be read again; false for a pipe.
    private(set) var isRepeatable = true

    /// The numbering plans; loading them takes some milliseconds, once per process.
    static let numbers: any NumberingPlan = WorldNumberingPlan()

    /// Reads and checks a file; `-` is the standard input.
    ///
    /// A pipe is waited for; with `patience`, in milliseconds, no longer than that for the next byte.
    init(path: String, patience: Int32? = nil) throws(CommandFailure) {
        do throws(WholeFile.Failure) {
            let contents = try WholeFile.read(path, atMost: RulesFile.mostBytes, patience: patience)
            self.init(path: path, bytes: contents.bytes)
            isRepeatable = contents.isRepeatable
        } catch .tooLarge {
            self.init(path: path, bytes: [], outcome: .tooLarge(NamedFiles.title(of: path)))
        } catch {
            throw CommandFailure(.failure, "cannot read \(NamedFiles.title(of: path)): \(error)")
        }
    }

    private init(path: String, bytes: [UInt8], outcome: RulesFile.Outcome) {
        self.path = path
        self.bytes = bytes
        self.outcome = outcome
        contents = [:]
        watchedFiles = [WatchedFile(NamedFiles.absolute(path))]
    }

    /// Checks a text of the past; what is not among the contents of then is not read from the disk of now.
    init(path: String, bytes: [UInt8], only contents: [String: [UInt8]]) {
        self.init(path: path, bytes: bytes, kept: contents) { _ in .unreadable("its content was not kept") }
    }

    /// Checks a text that was read before; `kept` has the contents of files that it names, which are not read again.
    init(path: String, bytes: [UInt8], kept: [String: [UInt8]] = [:]) {
        self.init(path: path, bytes: bytes, kept: kept) { NamedFiles.read($0, besides: path) }
    }

    private init(path: String, bytes: [UInt8], kept: [String: [UInt8]], read: (String) -> FileReading) {
        self.path = path
        self.bytes = bytes
        var named: Set<WatchedFile> = [WatchedFile(NamedFiles.absolute(path))]
        var contents: [String: [UInt8]] = [:]
        outcome = RulesFile.read(
            bytes, name: NamedFiles.title(of: path), zones: TimeZones.zone(named:),
            files: { file in
                let absolute = NamedFiles.path(file, besides: path)
                named.insert(WatchedFile(absolute))
                let reading = kept[absolute].map(FileReading.bytes) ?? read(file)
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
