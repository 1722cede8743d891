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
    /// Where headers find their secrets.
    let environment: [String: String]

    /// The opened sources, and the diagnostics.
    struct Opening {
        /// One for each source of the file; one that cannot be used fails for every caller.
        var sources: [ContactDirectory.Source] = []
        var findings: [Diagnostic] = []
        /// The files in memory, by name.
        var tables: [String: Table] = [:]
        /// The names of all attributes; `nil` if a source may have any.
        var attributes: Set<String>? = []
        var isJoined = false

        var hasErrors: Bool { findings.contains { $0.severity == .error } }
        var directory: ContactDirectory { ContactDirectory(sources: sources, isJoined: isJoined) }
    }

    /// The size of a file, and what differs between two versions of it.
    struct Table: Equatable, Sendable {
        /// How many rows it has, without the header.
        let rows: Int
        /// How many numbers are known by it; a row may have several.
        let contacts: Int
        /// The columns that numbers are read from.
        let columns: [String]
        let fingerprint: UInt64
    }

    /// How many unusable rows are reported one by one.
    private static let mostRows = 10
    /// How long a database lookup may take; the default timeout of an HTTP source.
    private static let databaseTimeout = Duration.milliseconds(500)

    /// Opens every source; unusable rows are warnings, an unusable source is an error.
    func open(_ sources: [ContactSource], isJoined: Bool) -> Opening {
        var opening = Opening()
        opening.isJoined = isJoined
        for source in sources {
            switch source.kind {
            case .csv(let path, let columns): openTable(path, columns, source.position, &opening)
            case .sqlite(let path, let query): openDatabase(path, query, source.position, &opening)
            case .http(let server): openServer(server, source.position, &opening)
            }
        }
        return opening
    }

    private func openTable(
        _ path: String, _ columns: ContactColumns, _ position: SourcePosition, _ opening: inout Opening
    ) {
        // The rules file already has an error for an unreadable file.
        guard case .bytes(let bytes) = read(path) else { return }
        do throws(ContactTableError) {
            let reading = try ContactTable.read(
                bytes, name: path, columns: columns, country: country, numbers: numbers)
            for problem in reading.columnProblems {
                opening.findings.append(finding(.warning, .contactColumn, position, "\(path): \(problem)"))
            }
            let named = reading.problems.prefix(Self.mostRows)
            for problem in named {
                opening.findings.append(finding(.warning, .contactRow, position, "\(path): \(problem)"))
            }
            // A row may have several problems.
            let more = Set(reading.problems.map(\.row)).subtracting(named.map(\.row)).count
            if more > 0 {
                let words = more == 1 ? "1 more row like these" : "\(more) more rows like these"
                opening.findings.append(finding(.warning, .contactRow, position, "\(path): \(words)"))
            }
            opening.sources.append(.local(reading.table))
            opening.attributes?.formUnion(reading.attributes)
            var hash = FNV1a()
            hash.combine(bytes)
            opening.tables[path] = Table(
                rows: reading.rows, contacts: reading.table.count, columns: reading.numberColumns,
                fingerprint: hash.value)
        } catch {
            fail(path, error.problem, error.description, position, &opening)
        }
    }

    private func openDatabase(_ path: String, _ query: String, _ position: SourcePosition, _ opening: inout Opening) {
        do throws(ContactDatabaseError) {
            let database = try ContactDatabase.open(
                path: NamedFiles.path(path, besides: configuration), name: path, query: query, country: country,
                numbers: numbers)
            opening.attributes?.formUnion(database.columns)
            // A burst of calls, or another writing program, must not open a circuit breaker.
            opening.sources.append(
                .remote(RemoteSource(database, timeout: Self.databaseTimeout, lifetime: .zero, rests: false)))
        } catch {
            fail(path, error.problem, error.description, position, &opening)
        }
    }

    private func openServer(_ server: ContactServer, _ position: SourcePosition, _ opening: inout Opening) {
        opening.attributes = nil
        do throws(HeaderProblem) {
            let contacts = HTTPContacts(
                url: server.url, headers: try headers(of: server), path: server.path, http: http)
            opening.sources.append(
                .remote(RemoteSource(contacts, timeout: server.timeout, lifetime: server.cache)))
        } catch {
            let name = Upstream.name(of: server.url)
            fail(name, error.description, "\(name): \(error)", position, &opening)
        }
    }

    /// Adds a source that fails for every caller, so that their contacts are unavailable and not unknown.
    private func fail(
        _ name: String, _ problem: String, _ words: String, _ position: SourcePosition, _ opening: inout Opening
    ) {
        opening.findings.append(finding(.error, .contactSource, position, words))
        opening.attributes = nil
        opening.sources.append(.local(UnavailableContacts(name: name, problem: problem)))
    }

    private func finding(
        _ severity: Diagnostic.Severity, _ code: Diagnostic.Code, _ position: SourcePosition, _ words: String
    ) -> Diagnostic {
        Diagnostic(severity, code, file: configuration, at: position, words)
    }
}

// Headers with secrets.
extension ContactSources {
    /// Why a header cannot be sent; without its value.
    private struct HeaderProblem: Error, CustomStringConvertible {
        let description: String
    }

    private func headers(of server: ContactServer) throws(HeaderProblem) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        for header in server.headers {
            switch header.value {
            case .literal(let text): headers.append((header.name, text))
            case .secret(let source, let prefix):
                headers.append((header.name, prefix + (try secret(source, for: header.name))))
            }
        }
        return headers
    }

    private func secret(_ source: SecretSource, for header: String) throws(HeaderProblem) -> String {
        let place: String
        let bytes: [UInt8]
        switch source {
        case .environment(let name):
            place = "the environment variable \(name)"
            guard let text = environment[name] else {
                throw HeaderProblem(description: "\(place) for the header `\(header)` is not set")
            }
            bytes = Array(text.utf8)
        case .file(let path):
            place = "the file \(path)"
            bytes = try content(of: path, place, header)
        case .credential(let name):
            place = "the credential \(name)"
            let reader = SecretReader(configuration: configuration) { [environment] in
                environment[$0].map { Array($0.utf8) }
            }
            guard let path = reader.path(of: source) else {
                throw HeaderProblem(description: "\(place) for the header `\(header)` is not set")
            }
            bytes = try content(of: path, place, header)
        }
        let text = String(decoding: bytes, as: UTF8.self).trimmed
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw HeaderProblem(
                description: text.isEmpty
                    ? "\(place) for the header `\(header)` is empty"
                    : "\(place) for the header `\(header)` contains a character that headers cannot have")
        }
        return String(text)
    }

    private func content(of path: String, _ place: String, _ header: String) throws(HeaderProblem) -> [UInt8] {
        guard case .bytes(let content) = read(path) else {
            throw HeaderProblem(description: "cannot read \(place) for the header `\(header)`")
        }
        return content
    }
}

extension ContactSources {
    /// Opens the sources of a file.
    static func opening(_ file: RulesFile, of source: ConfigurationSource, http: OutboundHTTP) -> Opening {
        var opening = ContactSources(
            configuration: source.path, read: source.read, country: file.country,
            numbers: ConfigurationSource.numbers, http: http, environment: ProcessInfo.processInfo.environment
        ).open(file.contacts, isJoined: file.contactsAreJoined)
        if let attributes = opening.attributes, !file.contacts.isEmpty {
            opening.findings += file.unknownAttributes(besides: attributes)
        }
        return opening
    }

    /// Opens the sources of a file at the start and prints what is wrong with them.
    ///
    /// A source with errors must not keep the server from starting, since callers would then reach the platform's default
    /// assistant: the source is unavailable, and calls are answered without it.
    static func atStart(_ file: RulesFile, of source: ConfigurationSource, http: OutboundHTTP) -> Opening {
        let opening = opening(file, of: source, http: http)
        for finding in opening.findings { StandardError.say(finding.description) }
        if opening.hasErrors {
            StandardError.say("Warning: a contact source is unavailable; calls are answered without it.")
        }
        return opening
    }
}

/// A source of contacts that cannot be used, so that *why* says of each call that it failed.
private struct UnavailableContacts: LocalContacts {
    let name: String
    let problem: String

    func contact(for number: PhoneNumber) -> ContactAnswer { .failed(problem) }
}
