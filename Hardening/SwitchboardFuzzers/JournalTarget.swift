// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Glibc
import Journal
import TestSupport
import WireFormat

/// Journals: files that may be damaged, and the documents in them.
enum JournalTarget {
    /// In memory where the machine has such a file system, since each input is a file.
    private static let folder: String = {
        let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        let folder = "\(parent)/switchboard-fuzz-\(getpid())"
        require(mkdir(folder, 0o700) == 0, "no folder for the journal")
        // `at_exit` is not run for a crash; the next run of this process number removes what is left.
        atexit { JournalTarget.removeFiles(andFolder: true) }
        return folder
    }()

    /// A damaged journal is read as far as it goes or refused, and a server begins with it or beside it.
    static func files(_ bytes: [UInt8]) {
        removeFiles()
        let path = "\(folder)/calls.sqlite"
        write(bytes, path)
        do throws(JournalProblem) {
            let reader = try JournalReader(path)
            _ = try? reader.facts()
            _ = try? reader.check()
            for numbered in (try? reader.calls(limit: 20)) ?? [] {
                let line = SessionExport.line(numbered.call)
                let again = try? SessionExport.read(line, sequence: numbered.call.sequence)
                require(again.map(SessionExport.line) == line, "a call of a journal is exported as another one")
            }
        } catch {
            _ = error.description
        }
        let log = EventLog()
        let journal = Journal(
            Journal.Options(
                path: path, contents: KeptContents(bodies: true, transcripts: true),
                limits: JournalLimits(days: 30, calls: 1000, bytes: 1 << 20),
                version: "0"),
            log: log, now: { .sample }, ticks: { 0 }, restoring: 1
        ) { news in _ = news.words }
        _ = journal.status
        journal.stop(within: 1)
    }

    /// The documents of a call, a line each: the call, its answer, its webhooks.
    static func documents(_ bytes: [UInt8]) {
        let lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
        let answer = lines.dropFirst().first.flatMap { $0.isEmpty ? nil : (document: $0, reply: [UInt8]()) }
        let entries = lines.dropFirst(2).map { (document: $0, body: [UInt8]()) }
        let everything = KeptContents(bodies: true, transcripts: true)
        let stored = JournaledCall(document: lines.first ?? [], answer: answer, entries: entries)
        if let call = try? stored.record(1) {
            let again = try? JournaledCall(
                document: JournalFormat.call(call, keeping: everything),
                answer: call.answered.map { (JournalFormat.answer($0), $0.reply) },
                entries: call.timeline.map { (JournalFormat.entry($0, keeping: everything, leftOut: nil), $0.body) }
            ).record(1)
            require(again.map(SessionExport.line) == SessionExport.line(call), "a call changes in the journal")
        }
        if let event = try? JournalFormat.desk(bytes) {
            let bytes = JournalFormat.desk(event)
            require((try? JournalFormat.desk(bytes)).map(JournalFormat.desk) == bytes, "an event of the desk changes")
        }
        if let refusal = try? JournalFormat.refusal(bytes) {
            let bytes = JournalFormat.refusal(refusal)
            require((try? JournalFormat.refusal(bytes)).map(JournalFormat.refusal) == bytes, "a refusal changes")
        }
    }

    private static func write(_ bytes: [UInt8], _ path: String) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        require(file >= 0 && Glibc.write(file, bytes, bytes.count) == bytes.count, "cannot write \(path)")
        close(file)
    }

    /// Everything that the last input left, damaged journals that were set aside too.
    private static func removeFiles(andFolder: Bool = false) {
        guard let entries = opendir(folder) else { return }
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { unlink("\(folder)/\(name)") }
        }
        closedir(entries)
        if andFolder { rmdir(folder) }
    }
}
