// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ControlServer
import EventLog
import JSON
import Overrides
import WireFormat

extension ControlAPI {
    func overrides() -> ControlReply {
        let now = clock.now()
        let callers = overrideService.callers.all.filter { $0.isInForce(at: now) }
        return .json(OverrideList.document(dependencies.status().overrides, callers: callers))
    }

    /// Carries out a command; the reply comes when the result is on disk and in force, or refused.
    func command(_ request: ControlRequest) async -> ControlReply {
        do throws(DocumentProblem) {
            let document = try CommandDocument(request.body)
            return await carryOut(document, from: request.peer)
        } catch {
            return .failure(status: 400, code: "bad_document", message: error.description)
        }
    }

    /// Ends one override by its id.
    func end(_ request: ControlRequest) async -> ControlReply {
        guard let id = request.parameters["id"].flatMap({ Int($0) }) else {
            return .failure(
                status: 404, code: "no_override",
                message: "the id of an override is a number; GET /v1/overrides lists them")
        }
        return await carryOut(CommandDocument(command: .end(id: id)), from: request.peer)
    }

    func carryOut(_ document: CommandDocument, from peer: ControlPeer) async -> ControlReply {
        let who = who(document.who, peer)
        let command = document.command(closingWith: dependencies.status().closingTexts.first ?? "")
        do throws(OverrideError) {
            guard !document.isDryRun else {
                return .json(try overrideService.rehearse(command, by: who).document)
            }
            return .json(try await overrideService.carryOut(command, by: who).document)
        } catch {
            return .failure(status: error.httpStatus, code: error.code, message: error.description)
        }
    }
}

extension ControlAPI {
    /// The operator of a request as it names one, and what the kernel says; both where it names none.
    func who(_ named: Operator?, _ peer: ControlPeer) -> Operator {
        let name = dependencies.accountName(peer.user)
        return (named ?? Operator(user: name ?? "user \(peer.user)")).with(Operator.Account(uid: peer.user, name: name))
    }
}

extension OverrideError {
    /// The closest HTTP status.
    fileprivate var httpStatus: Int {
        switch self {
        case .unknownGroup, .unknownLine, .noOverride, .noCall: 404
        case .noScope, .noCaller, .emptyText, .emptyNote, .textTooLong, .reasonTooLong: 400
        case .nothingOnCallers, .callersHaveNoHours, .tooManyCallers, .callElsewhere: 409
        case .noChangeAhead, .nothingClosed, .closedWider, .nothingForced, .noGreeting, .nothingToUndo,
            .alreadyMarked, .notMarked, .withoutNotes, .withoutNoteOf, .tooManyNotes:
            409
        // Whether a time can be used depends on when the command arrives, as the state does.
        case .timeIsPast, .tooLong: 409
        case .notDurable, .notShared, .journalUnreadable: 503
        }
    }
}

extension ControlAPI {
    func status() -> ControlReply {
        let log = counted()
        return .json(
            dependencies.status().document(
                totals: log.totals, lines: log.lines, kept: log.sequences.count, at: clock.now()))
    }

    /// What a hypothetical call would get, with the overrides in force.
    func explain(_ request: ControlRequest) async -> ControlReply {
        do throws(DocumentProblem) {
            let question = try QuestionDocument(request.body)
            return await explained(question.from, question.to, at: question.at)
        } catch {
            return .failure(status: 400, code: "bad_document", message: error.description)
        }
    }

    private func explained(_ caller: String, _ called: String, at moment: Instant?) async -> ControlReply {
        do throws(ControlProblem) {
            return .json(try await dependencies.explain(caller, called, moment))
        } catch {
            return .failure(status: error.status, code: error.code, message: error.message)
        }
    }

    func reload(_ request: ControlRequest) async -> ControlReply {
        let who: Operator?
        do throws(DocumentProblem) {
            who = try ReloadRequest(request.body).who
        } catch {
            return .failure(status: 400, code: "bad_document", message: error.description)
        }
        guard let report = await dependencies.reload(self.who(who, request.peer)) else {
            return .failure(status: 409, code: "no_rules_file", message: "this server has no rules file")
        }
        return .json(report.document)
    }
}
