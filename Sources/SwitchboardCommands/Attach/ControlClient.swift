// SPDX-License-Identifier: Apache-2.0

import Calls
import ControlSocket
import EventLog
import Foundation
import JSON
import OutboundHTTP
import Overrides
import Screen
import StateFiles
import Synchronization
import WireFormat

/// Talks to the running server over its control socket; failures become messages for people.
struct ControlClient {
    private let place: SocketPlace
    private let http: OutboundHTTP
    /// Where a server was looked for; `nil` if the path was given.
    let search: ControlSearch.Result?
    /// The state folder of the server, by which it is known wherever its socket is; `nil` if the path was given.
    let stateFolder: String?

    var path: String { place.path }
    var socket: SocketHTTP { SocketHTTP(path: path, http: http) }

    private init(path: String, search: ControlSearch.Result?, http: OutboundHTTP) {
        place = SocketPlace(path)
        self.search = search
        self.http = http
        stateFolder = search?.stateFolder(of: path)
    }

    /// How long a reply may take; a command waits for the disk.
    private static let patience = Duration.seconds(10)

    /// Finds the socket and runs a body with a client, which is closed afterwards.
    static func with<Result: Sendable>(
        socket named: String?, _ body: (ControlClient) async throws -> Result
    ) async throws -> Result {
        let search = named == nil ? ControlSearch.here() : nil
        guard let path = named.map(HomeFolder.expand) ?? search?.best else {
            throw CommandFailure(.failure, search?.failure ?? "")
        }
        guard path.utf8.count <= SocketFile.longestPath else {
            throw CommandFailure(.failure, ControlSocketError.pathTooLong(path).reason + ".")
        }
        if let note = search?.note { StandardError.say(note) }
        let http = OutboundHTTP()
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(ControlClient(path: path, search: search, http: http)))
        } catch {
            result = .failure(error)
        }
        try await http.shutDown()
        return try result.get()
    }

    /// Goes where the socket of the server is now; it is made in another place while its own cannot be used.
    ///
    /// Another server is never taken for this one: it has another state folder.
    func follow() {
        guard let stateFolder, let socket = StateHolder.read(stateFolder)?.socket, socket != path,
            SocketFile.state(of: socket) == .listening
        else { return }
        place.move(to: socket)
    }

    /// The status of the server.
    func status() async throws -> ServerStatus {
        try read(await send(.get, "/v1/status")) { bytes throws(DocumentProblem) in try StatusReport(bytes).server }
    }

    /// The status of the server; `nil` if none listens.
    func statusIfRunning() async throws -> ServerStatus? { try await reportIfRunning()?.server }

    /// The status of the server with its counts; `nil` if none listens.
    func reportIfRunning() async throws -> StatusReport? {
        guard let body = try await sendIfRunning(.get, "/v1/status") else { return nil }
        return try read(body) { bytes throws(DocumentProblem) in try StatusReport(bytes) }
    }

    /// Sends an override command; returns once it is on disk and in force.
    func carryOut(_ command: OverrideCommand) async throws -> OverrideResult {
        try await send(command, isDryRun: false)
    }

    /// Asks what a command would do; nothing changes.
    func rehearse(_ command: OverrideCommand) async throws -> OverrideResult {
        try await send(command, isDryRun: true)
    }

    private func send(_ command: OverrideCommand, isDryRun: Bool) async throws -> OverrideResult {
        let who = CurrentOperator.of(ProcessInfo.processInfo.environment)
        let body = CommandDocument(command: command, who: who, isDryRun: isDryRun).document.bytes
        let reply = try await send(
            .post, "/v1/overrides", body: body, unanswered: isDryRun ? "" : Self.unanswered)
        return try read(reply) { bytes throws(DocumentProblem) in
            try OverrideResult(bytes)
        }
    }

    /// Has the server read its rules file again.
    func reloadRules() async throws -> ReloadReport {
        let who = CurrentOperator.of(ProcessInfo.processInfo.environment)
        let reply = try await send(.post, "/v1/reload", body: ReloadRequest(who: who).document.bytes)
        return try read(reply) { bytes throws(DocumentProblem) in try ReloadReport(bytes) }
    }

    /// Added where a command reached the server and its reply did not come back.
    private static let unanswered = " It is not known whether the change was made; check with `switchboard status`."

    /// Sends a request and returns the body of a reply with status 200.
    ///
    /// `unanswered` is added to the failure if the server may have carried the request out.
    func send(
        _ method: SocketHTTP.Method, _ target: String, body: [UInt8]? = nil, unanswered: String = ""
    ) async throws -> [UInt8] {
        guard let body = try await sendIfRunning(method, target, body: body, unanswered: unanswered) else {
            throw CommandFailure(.failure, words(.nobodyListens))
        }
        return body
    }

    /// Sends a request and returns the body of a reply with status 200; `nil` if no server listens.
    func sendIfRunning(
        _ method: SocketHTTP.Method, _ target: String, body: [UInt8]? = nil, unanswered: String = ""
    ) async throws -> [UInt8]? {
        let reply: SocketHTTP.Reply
        do throws(SocketFailure) {
            reply = try await socket.send(method, target, body: body, within: Self.patience)
        } catch .nobodyListens {
            return nil
        } catch {
            throw CommandFailure(.failure, words(error) + (error.mayBeCarriedOut ? unanswered : ""))
        }
        guard reply.status == 200 else {
            throw ServerRejection(failure: try read(reply.body, ControlFailure.read))
        }
        return reply.body
    }

    /// Reads a document of the server.
    func read<Document>(
        _ body: [UInt8], _ read: ([UInt8]) throws(DocumentProblem) -> Document
    ) throws -> Document {
        do throws(DocumentProblem) {
            return try read(body)
        } catch {
            throw CommandFailure(
                .failure, "The server at \(path) uses an incompatible protocol version: \(error).")
        }
    }

    /// The failure for people, and what to do.
    func words(_ failure: SocketFailure) -> String {
        switch failure {
        case .nobodyListens:
            search?.failure
                ?? "No server listens at \(path). Start one with `switchboard serve`, or name its socket with --socket."
        case .notAllowed: "Permission denied for \(path); run this command as the user that runs the server."
        case .timedOut: "The server at \(path) did not answer in time."
        case .tooLarge: "The server at \(path) sent a response that is too large."
        case .broken(let words): "The connection to \(path) failed: \(words)."
        }
    }
}

/// Where a control socket is, which may change while a dashboard is attached.
private final class SocketPlace: Sendable {
    private let held: Mutex<String>

    init(_ path: String) {
        held = Mutex(path)
    }

    var path: String { held.withLock { $0 } }

    func move(to path: String) { held.withLock { $0 = path } }
}

extension SocketFailure {
    /// Whether the server may have received the request.
    fileprivate var mayBeCarriedOut: Bool {
        switch self {
        case .nobodyListens, .notAllowed: false
        case .timedOut, .tooLarge, .broken: true
        }
    }
}

/// The server rejected the request; nothing has changed.
struct ServerRejection: Error {
    let failure: ControlFailure

    /// The same for people.
    var commandFailure: CommandFailure {
        let words = CleanText.clean(failure.message)
        return CommandFailure(.failure, words.prefix(1).uppercased() + words.dropFirst() + ".")
    }
}

/// The status of a running server, with its counts.
struct StatusReport {
    let server: ServerStatus
    let counts: OutcomeCounts
    /// The counts of each line; empty if the server is too old to send them.
    let lineCounts: [PhoneNumber: OutcomeCounts]
    /// How long no call has come to each line that was called.
    let silences: [PhoneNumber: Silence]
    /// The counts of the numbers that are not lines.
    let unknownLine: OutcomeCounts
    let evicted: Int
    /// How many calls memory has; `nil` if the server is too old to say.
    let kept: Int?
    let refused: Int
    /// How many requests were refused for which reason.
    let refusedBy: [String: Int]
    /// Milliseconds as sent by the server; `nil` if there are no answers yet.
    let latency: (p50: String, p99: String, max: String)?

    init(_ bytes: [UInt8]) throws(DocumentProblem) {
        guard let document = JSONReader.read(bytes) else {
            throw DocumentProblem(at: "", "this is not a JSON object")
        }
        let fields = try ObjectReader(document, at: "")
        let counts = try fields.object("counts")
        let times = try fields.object("latency_ms")
        server = try ServerStatus(document, at: "")
        self.counts = try OutcomeCounts(try fields.required("counts"), at: "counts")
        lineCounts = try Self.byLine(fields, "counts") { value, place throws(DocumentProblem) in
            try OutcomeCounts(value, at: place)
        }
        silences = try Self.byLine(fields, "silence") { value, place throws(DocumentProblem) in
            try Silence(value, at: place)
        }
        unknownLine =
            try fields.optionalObject("unknown_line")?.value("counts").map { value throws(DocumentProblem) in
                try OutcomeCounts(value, at: "unknown_line.counts")
            } ?? OutcomeCounts()
        evicted = try counts.count("evicted")
        kept = fields.value("calls_kept") == nil ? nil : try fields.count("calls_kept")
        refused = try counts.integer("refused")
        refusedBy = try counts.object("refused_by").counts()
        latency = Self.latency(times)
    }

    private static func latency(_ times: ObjectReader) -> (p50: String, p99: String, max: String)? {
        guard let p50 = text(times, "p50"), let p99 = text(times, "p99"), let max = text(times, "max") else {
            return nil
        }
        return (p50, p99, max)
    }

    /// What each line has under a key; lines without it are left out.
    private static func byLine<Value>(
        _ fields: ObjectReader, _ key: String, _ read: (JSONValue, String) throws(DocumentProblem) -> Value
    ) throws(DocumentProblem) -> [PhoneNumber: Value] {
        let lines = try fields.list("lines") { value, place throws(DocumentProblem) in
            let line = try ObjectReader(value, at: place)
            guard let number = PhoneNumber(try line.text("number")), let value = line.value(key) else {
                return (PhoneNumber, Value)?.none
            }
            return (number, try read(value, line.path(key)))
        }
        return Dictionary(lines.compactMap(\.self)) { first, _ in first }
    }

    private static func text(_ times: ObjectReader, _ key: String) -> String? {
        if case .number(let text)? = times.value(key) { text } else { nil }
    }
}

/// The user of this program, with terminal and host.
enum CurrentOperator {
    static func of(_ environment: [String: String]) -> Operator {
        let account = AccountName.of(geteuid())
        let names = [environment["SUDO_USER"], environment["USER"], environment["LOGNAME"], account]
        return Operator(
            user: names.compactMap(\.self).first { !$0.isEmpty } ?? "operator", terminal: terminal,
            host: ProcessInfo.processInfo.hostName, account: Operator.Account(uid: geteuid(), name: account))
    }

    /// The terminal's name without `/dev/`.
    private static var terminal: String? {
        guard let name = ttyname(STDIN_FILENO) else { return nil }
        let path = String(cString: name)
        return path.hasPrefix("/dev/") ? String(path.dropFirst(5)) : path
    }
}

/// The names of accounts.
enum AccountName {
    /// The largest entry of the user database that is read, in bytes.
    private static let largest = 16 << 10

    /// The name of an account, by its number; `nil` if it has none.
    ///
    /// Safe in any thread, unlike `getpwuid`.
    static func of(_ user: UInt32) -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: largest) { buffer in
            guard let start = buffer.baseAddress,
                getpwuid_r(user, &entry, start, buffer.count, &found) == 0, found != nil, let name = entry.pw_name
            else { return nil }
            return String(cString: name)
        }
    }
}
