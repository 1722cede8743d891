// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallAnswering
import Calls
import ConfigFiles
import Contacts
import DryRuns
import Foundation
import JSON
import OutboundHTTP
import Overrides
import Rules
import TimeZones
import WireFormat

/// `switchboard explain`: the answer that a hypothetical call would get, and why.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Show the answer that a call would get, what decides it, and each step.",
        discussion: """
            Without --config it asks the running server, so that the overrides in force count; if no server runs, it uses \
            the rules file that serve would use, without overrides. The first line says which.

            EXAMPLES:
              switchboard explain --from +31612345678 --to +31850835037
              switchboard explain --config new.yaml --from withheld --to +31850835037
            """)

    @ArgumentParser.Option(help: ArgumentHelp("The caller's number, or `withheld`.", valueName: "NUMBER"))
    var from: String

    @ArgumentParser.Option(
        help: ArgumentHelp("The called line, by number or name.", valueName: "LINE"), completion: ShellCompletion.lines)
    var to: String

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Time of the call, on the clock of the rules file: 'tomorrow 9:00', 'mon 14:30', '2026-06-02 10:00', or with "
                + "an offset: 2026-06-02T10:00+02:00; default: now.", valueName: "TIME"))
    var at: String?

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "How many other calls the line and its group have at that moment, by the rules of a file.",
            valueName: "COUNT"))
    var live = 0

    @ArgumentParser.Option(
        help: ArgumentHelp("Rules file, without overrides; default: ask the running server.", valueName: "FILE"),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @ArgumentParser.Option(
        help: ArgumentHelp(
            "Control socket of the server to ask; default: $XDG_RUNTIME_DIR/switchboard.sock, then the one in the state folder.",
            valueName: "PATH"), completion: .file())
    var socket: String?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if config != nil, socket != nil { throw ValidationError("--config and --socket cannot be combined.") }
        if live > 0, socket != nil { throw ValidationError("--live and --socket cannot be combined.") }
        guard live >= 0 else { throw ValidationError("--live must not be negative.") }
    }

    func run() async throws {
        // The server counts its own calls.
        if config == nil, live == 0, try await askServer() { return }
        let path = try ConfigurationPath.find(named: config, environment: ProcessInfo.processInfo.environment)
        let source = try ConfigurationSource(path: path)
        let file = try source.usable()
        let question = try question(file)
        let http = OutboundHTTP()
        let contacts = ContactSources.atStart(file, of: source, http: http).directory
        var counted = CallFacts.none
        counted.live = LiveCallCounts(onLine: live, inGroup: live)
        let explanation = await question.explanation(
            by: CallPolicy(rules: file.rules), contacts: contacts, within: file.server.answerWithin, counted: counted)
        try await http.shutDown()
        let why = config != nil ? "" : live > 0 ? ": --live is for a file" : ": no server is running"
        let used = "\(path), no overrides\(why)"
        if json {
            StandardOutput.document(explanation.document(source: .file).text)
        } else {
            StandardOutput.say(explanation.text(source: used))
        }
    }

    /// Asks the running server and prints what it says; `false` if none is running.
    private func askServer() async throws -> Bool {
        do {
            return try await ControlClient.with(socket: socket) { client in
                guard let status = try await client.statusIfRunning() else {
                    guard socket == nil else { throw CommandFailure(.failure, client.words(.nobodyListens)) }
                    return false
                }
                let zone = TimeZones.zone(named: status.timeZone) ?? .utc
                let moment = at == nil ? nil : try moment(zone)
                let question = QuestionDocument(from: from, to: to, at: moment)
                let body = try await client.send(.post, "/v1/explain", body: question.document.bytes)
                let explanation = try client.read(body) { bytes throws(DocumentProblem) in
                    try ReceivedExplanation(bytes)
                }
                let source = "the server at \(client.path), with its rules and overrides"
                let text = ExplanationText(
                    source: source, answer: explanation.answer, by: explanation.by, until: explanation.until,
                    steps: explanation.steps
                ).text
                if json {
                    StandardOutput.document(String(decoding: body, as: UTF8.self))
                } else {
                    StandardOutput.say(text)
                }
                return true
            }
        } catch let refusal as ServerRejection {
            throw refusal.commandFailure
        }
    }

    private func question(_ file: RulesFile) throws -> CallQuestion {
        let moment = try moment(file.rules.zone)
        do throws(CallQuestion.Problem) {
            return try CallQuestion(from: from, to: to, at: moment, rules: file.rules)
        } catch {
            throw CommandFailure(.usage, "--\(error.end): \"\(error.text)\" is \(error.problem)")
        }
    }

    private func moment(_ zone: Zone) throws -> Instant {
        let now = WallClock.system.now()
        guard let at else { return now }
        let clock = LocalClock { zone.offset(at: $0) }
        if let instant = MomentText.read(at, now: now, clock: clock) {
            if let oddity = MomentText.oddity(of: at, read: instant, clock: clock) {
                StandardError.say("Note: --at: \(oddity).")
            }
            return instant
        }
        throw CommandFailure(.usage, "--at: \"\(at)\" is not a time; examples: \(MomentText.examples)")
    }
}
