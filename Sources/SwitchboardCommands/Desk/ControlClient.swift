// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import Calls
import WireFormat
import Foundation
import OutboundHTTP
import Screen

/// Asks the running server over its control socket; what goes wrong is said in a sentence.
struct ControlClient {
    let path: String
    let socket: SocketHTTP

    /// How long a reply may take; an order waits for the disk.
    private static let patience = Duration.seconds(10)

    /// Finds the socket and runs a body with a client that is closed behind it.
    static func with<Result: Sendable>(
        socket named: String?, _ body: (ControlClient) async throws -> Result
    ) async throws -> Result {
        let environment = ProcessInfo.processInfo.environment
        let path =
            try named
            ?? ControlPath.find(
                named: nil, stateFolder: StateFolder.find(named: nil, environment: environment),
                environment: environment)
        let http = OutboundHTTP()
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(ControlClient(path: path, socket: SocketHTTP(path: path, http: http))))
        } catch {
            result = .failure(error)
        }
        try await http.shutDown()
        return try result.get()
    }

    /// How the desk stands, as the server has it.
    func status() async throws -> ServerStatus {
        try read(await send(.get, "/v1/status")) { bytes throws(DocumentProblem) in try StatusReport(bytes).desk }
    }

    /// Gives an order; the answer comes when it is on disk and in force.
    func order(_ order: OverrideCommand) async throws -> OverrideResult {
        let who = CurrentOperator.of(ProcessInfo.processInfo.environment)
        let body = CommandDocument(command: order, who: who).document.bytes
        return try read(await send(.post, "/v1/overrides", body: body)) { bytes throws(DocumentProblem) in
            try OverrideResult(bytes)
        }
    }

    /// Sends a request and returns the body of a reply that is fine.
    func send(_ method: SocketHTTP.Method, _ target: String, body: [UInt8]? = nil) async throws -> [UInt8] {
        let reply: SocketHTTP.Reply
        do throws(SocketFailure) {
            reply = try await socket.send(method, target, body: body, within: Self.patience)
        } catch {
            throw CommandFailure(.failure, words(error))
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
                .failure, "What listens at \(path) does not speak as this version of switchboard does: \(error).")
        }
    }

    /// What went wrong on the way, and what to do.
    func words(_ failure: SocketFailure) -> String {
        switch failure {
        case .nobodyListens:
            "No switchboard listens at \(path). Start one with `switchboard serve`, or name its socket with --socket."
        case .notAllowed: "The socket \(path) belongs to somebody else: ask as the user who runs the server."
        case .timedOut: "The server at \(path) did not answer in time."
        case .tooLarge: "The server at \(path) answered more than makes sense."
        case .broken(let words): "The connection to \(path) broke: \(words)."
        }
    }
}

/// The server understood and refused; nothing has changed.
struct ServerRejection: Error {
    let failure: ControlFailure

    /// The same for people.
    var commandFailure: CommandFailure {
        let words = CleanText.clean(failure.message)
        return CommandFailure(.failure, words.prefix(1).uppercased() + words.dropFirst() + ".")
    }
}
