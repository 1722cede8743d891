// SPDX-License-Identifier: Apache-2.0

import Calls
import ControlAPI
import Dashboard
import DryRuns
import JSON
import OutboundHTTP
import WireFormat

extension CallExplanation {
    /// What a server said, in the form of the control API, so that both kinds of dashboard show the same.
    init(_ call: CallToExplain, received bytes: [UInt8]) {
        do throws(DocumentProblem) {
            let received = try ReceivedExplanation(bytes)
            let reply = Array(received.answer.utf8)
            self.init(
                call,
                .answered(
                    Answer(
                        by: received.by, reply: reply, steps: received.steps,
                        isSame: call.former.map { AnswerComparison.areSame($0.reply, reply) })))
        } catch {
            self.init(call, .refused("the server's explanation cannot be read: \(error)"))
        }
    }
}

extension ServerComponents {
    /// Explains a call for the dashboard of this server.
    func explanation(of call: CallToExplain) async -> CallExplanation {
        do throws(ControlProblem) {
            let document = try await ControlService.explained(call.from, call.to, at: call.at, by: self)
            return CallExplanation(call, received: document.bytes)
        } catch {
            return CallExplanation(call, .refused(error.message))
        }
    }
}

extension ControlClient {
    /// Has the server explain a call.
    func explanation(of call: CallToExplain) async -> CallExplanation {
        do {
            let question = QuestionDocument(from: call.from, to: call.to, at: call.at)
            return CallExplanation(call, received: try await send(.post, "/v1/explain", body: question.document.bytes))
        } catch let refusal as ServerRejection {
            return CallExplanation(call, .refused(refusal.failure.message))
        } catch {
            return CallExplanation(call, .refused("the server could not be reached"))
        }
    }
}
