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
        // The journal may be locked until after a stop.
        let isNewWish = try noteWish(forgotten)
        let memory: ForgottenInMemory
        do throws(ForgettingProblem) {
            // The log of the desk has all calls of this server, so that it refuses first.
            let earlier = await callsInJournal(of: forgotten)
            let onScreens = desk === log ? nil : try desk.forget(forgotten, earlier: earlier, at: clock.now())
            let own = try log.forget(forgotten, earlier: earlier, at: clock.now())
            memory = onScreens ?? own
        } catch {
            if isNewWish { files?.end(forgotten, notesOn: []) }
            switch error {
            case .inProgress(let call):
                throw ControlProblem(
                    409, "in_progress",
                    "call \(call.text) of \(number) is in progress, or began less than \(EventLog.youngest) seconds ago, so that the "
                        + "platform may still ask for it; try again when it is over")
            }
        }
        answers.forget(number)
        let done = await forgetInJournal(forgotten, notesOn: memory.own)
        let files: [String]
        do throws(OverrideError) {
            files = try await overrides.forget(
                forgotten, calls: max(memory.calls, done?.calls ?? 0), notesOn: memory.own.union(done?.own ?? []),
                by: who)
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

    /// Keeps on disk what the journal has to forget; returns whether it was not to be forgotten before.
    private func noteWish(_ forgotten: ForgottenNumber) throws(ControlProblem) -> Bool {
        guard journal != nil, let files else { return false }
        do throws(FileProblem) {
            return try files.noteForgetting(forgotten)
        } catch {
            throw ControlProblem(503, "not_durable", "nothing changed: \(error)")
        }
    }

    /// The calls of a number that the journal has; none where it cannot be read, and then the writer finds them later.
    private func callsInJournal(of forgotten: ForgottenNumber) async -> Set<CallID> {
        guard let path = journal?.journal.path else { return [] }
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                do throws(JournalProblem) {
                    continuation.resume(returning: try JournalReader(path).calls(of: forgotten))
                } catch {
                    continuation.resume(returning: [])
                }
            }
        }
    }

    private static let keyOfSession: [UInt8] = (0..<32).map { _ in UInt8.random(in: .min ... .max) }

    private func forgetInJournal(_ forgotten: ForgottenNumber, notesOn calls: Set<CallID>) async -> Forgotten? {
        guard let journal = journal?.journal else { return nil }
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: journal.forget(forgotten, notesOn: calls, within: Self.patience))
            }
        }
    }
}

extension StateFiles {
    /// The numbers that an earlier session had still to forget; a file that cannot be read is a warning.
    func forgettingOfBefore() -> (numbers: [ForgottenNumber], warning: String?) {
        do throws(FileProblem) {
            return (try pendingForgetting(), nil)
        } catch {
            return ([], "it is not known which numbers the journal has still to forget: \(error)")
        }
    }

    /// Notes that a number is forgotten, and removes from the audit what was written on calls that only the journal had.
    ///
    /// Where that fails the next start looks for it once more.
    func end(_ forgotten: ForgottenNumber, notesOn calls: Set<CallID>) {
        do {
            if !calls.isEmpty { _ = try forget(forgotten, notesOn: calls) }
            try endForgetting(forgotten)
        } catch {
            StandardError.say("Warning: \(forgotten.name) is looked for again at the next start: \(error)")
        }
    }
}
