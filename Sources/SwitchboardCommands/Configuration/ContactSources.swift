// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import ContactDatabases
import ContactTables
import Contacts
import Foundation
import OutboundHTTP

/// Opens the contact sources of a rules file.
struct ContactSources {
    /// The file that names them.
    let configuration: String
    /// Reads a file that they name.
    let read: (String) -> FileReading
    /// The country for national numbers.
    let country: String?
    let numbers: any NumberingPlan
    let http: OutboundHTTP

    /// The opened sources, and the diagnostics.
    struct Opening {
        var sources: [ContactDirectory.Source] = []
        var findings: [Diagnostic] = []
        /// The files in memory, by name.
        var tables: [String: Table] = [:]
        /// Whether a source is missing from `sources`; a CSV file with errors is there and fails for every caller.
        var isIncomplete = false

        var hasErrors: Bool { findings.contains { $0.severity == .error } }
        var directory: ContactDirectory { ContactDirectory(sources: sources) }
    }

    /// The size of a file, and what differs between two versions of it.
    struct Table: Equatable, Sendable {
        let contacts: Int
        let fingerprint: UInt64
    }

    /// How many unusable rows are reported one by one.
    private static let mostRows = 10
    /// How long a database lookup may take; the default timeout of an HTTP source.
    private static let databaseTimeout = Duration.milliseconds(500)

    /// Opens every source; unusable rows are warnings, an unusable source is an error.
    func open(_ sources: [ContactSource]) -> Opening {
        var opening = Opening()
        for source in sources {
            switch source.kind {
            case .csv(let path): openTable(path, source.position, &opening)
            case .sqlite(let path, let query): openDatabase(path, query, source.position, &opening)
            case .http(let url, let timeout, let cache):
                let remote = RemoteSource(HTTPContacts(url: url, http: http), timeout: timeout, lifetime: cache)
                opening.sources.append(.remote(remote))
            }
        }
        return opening
    }

    private func openTable(_ path: String, _ position: SourcePosition, _ opening: inout Opening) {
        // The rules file already has an error for an unreadable file.
        guard case .bytes(let bytes) = read(path) else { return }
        do throws(ContactTableError) {
            let reading = try ContactTable.read(bytes, name: path, country: country, numbers: numbers)
            for problem in reading.problems.prefix(Self.mostRows) {
                opening.findings.append(finding(.warning, .contactRow, position, "\(path): \(problem)"))
            }
            if reading.problems.count > Self.mostRows {
                let more = reading.problems.count - Self.mostRows
                opening.findings.append(
                    finding(.warning, .contactRow, position, "\(path): \(more) more rows are unusable"))
            }
            opening.sources.append(.local(reading.table))
            var hash = FNV1a()
            hash.combine(bytes)
            opening.tables[path] = Table(contacts: reading.table.count, fingerprint: hash.value)
        } catch {
            opening.findings.append(finding(.error, .contactSource, position, error.description))
            opening.sources.append(.local(UnavailableContacts(name: path, problem: error.problem)))
        }
    }

    private func openDatabase(_ path: String, _ query: String, _ position: SourcePosition, _ opening: inout Opening) {
        do throws(ContactDatabaseError) {
            let database = try ContactDatabase.open(
                path: NamedFiles.path(path, besides: configuration), name: path, query: query, country: country,
                numbers: numbers)
            // A burst of calls, or another writing program, must not open a circuit breaker.
            opening.sources.append(
                .remote(RemoteSource(database, timeout: Self.databaseTimeout, lifetime: .zero, rests: false)))
        } catch {
            opening.findings.append(finding(.error, .contactSource, position, error.description))
            opening.isIncomplete = true
        }
    }

    private func finding(
        _ severity: Diagnostic.Severity, _ code: Diagnostic.Code, _ position: SourcePosition, _ words: String
    ) -> Diagnostic {
        Diagnostic(severity, code, file: configuration, at: position, words)
    }
}

extension ContactSources {
    /// Opens the sources of a file.
    static func opening(_ file: RulesFile, of source: ConfigurationSource, http: OutboundHTTP) -> Opening {
        ContactSources(
            configuration: source.path, read: source.read, country: file.country,
            numbers: ConfigurationSource.numbers, http: http
        ).open(file.contacts)
    }

    /// Opens the sources of a file at the start and prints what is wrong with them.
    ///
    /// A CSV file with errors must not keep the server from starting, since callers would then reach the platform's
    /// default assistant: the source is unavailable, and calls are answered without it.
    static func atStart(_ file: RulesFile, of source: ConfigurationSource, http: OutboundHTTP) throws -> Opening {
        let opening = opening(file, of: source, http: http)
        for finding in opening.findings { StandardError.say(finding.description) }
        guard !opening.isIncomplete else {
            throw CommandFailure(.failure, "\(source.path) has contacts that cannot be read and is not used.")
        }
        if opening.hasErrors {
            StandardError.say("Warning: a contact source is unavailable; calls are answered without it.")
        }
        return opening
    }
}

/// A file of contacts that cannot be used, so that *why* says of each call that it failed.
private struct UnavailableContacts: LocalContacts {
    let name: String
    let problem: String

    func contact(for number: PhoneNumber) -> ContactAnswer { .failed(problem) }
}
