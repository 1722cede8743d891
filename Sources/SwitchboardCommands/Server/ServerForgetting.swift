// SPDX-License-Identifier: Apache-2.0

import Calls
import CallAnswering
import ControlAPI
import Dispatch
import EventLog
import Files
import Journal
import Overrides
import Signatures
import StateFiles
import WireFormat

extension ForgottenNumber {
    /// The number with the name that it gets by a key.
    init(_ number: PhoneNumber, key: [UInt8]) {
        self.init(number, name: Self.prefix + KeyedHash.name(of: number.description, key: key))
    }
}

extension ServerComponents {
    /// How long a request waits for the journal, in seconds; it goes on without the request.
    private static let patience = 8.0

    /// Removes a number from memory, the overrides, the audit and the journal, while calls are answered.
    func forget(_ number: PhoneNumber, by who: Operator) async throws(ControlProblem) -> ForgettingReport {
        guard !overrides.isLine(number) else {
            throw ControlProblem(409, "is_line", ForgottenNumber.refusal(ofLine: number))
        }
        let forgotten = ForgottenNumber(number, key: try key())
        let memory: ForgottenInMemory
        do throws(ForgettingProblem) {
            // The log of the desk has all calls of this server, so that it refuses first.
            let onScreens = desk === log ? nil : try desk.forget(forgotten, at: clock.now())
            let own = try log.forget(forgotten, at: clock.now())
            memory = onScreens ?? own
        } catch {
            switch error {
            case .inProgress(let call):
                throw ControlProblem(
                    409, "in_progress",
                    "call \(call.text) of \(number) is in progress or has just begun; try again when it is over")
            }
        }
        answers.forget(number)
        let done = await forgetInJournal(forgotten)
        let files: [String]
        do throws(OverrideError) {
            files = try await overrides.forget(forgotten, calls: max(memory.calls, done?.calls ?? 0), by: who)
        } catch {
            throw ControlProblem(503, error.code, "memory has forgotten \(number), the audit has not: \(error)")
        }
        return ForgettingReport(
            name: forgotten.name, memoryCalls: memory.calls, memoryOthers: memory.others,
            journal: done.map { .init(calls: $0.calls, others: $0.others, isErased: $0.isErased) },
            goesOn: journal != nil && done == nil, files: files)
    }

    private func key() throws(ControlProblem) -> [UInt8] {
        do throws(FileProblem) {
            // Without a folder nothing outlives the server, and neither need the names.
            return try files?.forgettingKey() ?? Self.keyOfSession
        } catch {
            throw ControlProblem(503, "not_durable", "nothing changed: \(error)")
        }
    }

    private static let keyOfSession: [UInt8] = (0..<32).map { _ in UInt8.random(in: .min ... .max) }

    private func forgetInJournal(_ forgotten: ForgottenNumber) async -> Forgotten? {
        guard let journal = journal?.journal else { return nil }
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: journal.forget(forgotten, within: Self.patience))
            }
        }
    }
}
