// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

/// The probes of the public address, with the keys of `switchboard probe --json` for the newest.
enum ProbeDocument: Document {
    typealias Subject = ProbeStatus

    static func fields<Coder: FieldCoder<ProbeStatus>>(_ key: inout Coder) throws(Coder.Failure) -> ProbeStatus {
        let url = try key("url", .text, \.url)
        let every = try key("every_seconds", .count, \.everySeconds)
        let failingSince = try key("failing_since", .time, \.failingSince)
        let newest = try key("newest", .object(ProbedDocument.self), \.newest)
        return ProbeStatus(url: url, everySeconds: every, newest: newest, failingSince: failingSince)
    }
}

/// One probe.
private enum ProbedDocument: Document {
    typealias Subject = ProbeStatus.Probed

    static func fields<Coder: FieldCoder<Subject>>(_ key: inout Coder) throws(Coder.Failure) -> Subject {
        let at = try key("at", .callTime, \.at)
        key.derived("ok", .flag, \.outcome.isAnswered)
        let code = try key("code", .text, \.outcome.code)
        let words = try key("message", .text, \.outcome.failure)
        let milliseconds = try key("milliseconds", .integer, \.outcome.milliseconds)
        let outcome =
            milliseconds.map { ProbeStatus.Outcome.answered(milliseconds: $0) }
            ?? .failed(code: code, words: words ?? "")
        return Subject(at: at, outcome: outcome)
    }
}

extension ProbeStatus.Outcome {
    fileprivate var isAnswered: Bool { milliseconds != nil }

    fileprivate var code: String {
        switch self {
        case .answered: "answered"
        case .failed(let code, _): code
        }
    }

    fileprivate var failure: String? {
        switch self {
        case .answered: nil
        case .failed(_, let words): words
        }
    }
}
