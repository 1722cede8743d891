// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import EventLog

extension RefusedRequest {
    /// The request as a stream has it: the reason as a word and in words, and what belongs to it.
    var members: [JSONValue.Member] {
        [
            .time("at", at), .init("reason", .string(refusal.code)), .init("words", .string(refusal.description)),
            .init("peer", .string(peer)),
        ] + refusal.details
    }

    init(_ fields: ObjectReader) throws(DocumentProblem) {
        self.init(
            at: try fields.instant("at"), refusal: try Refusal(fields), peer: try fields.text("peer"))
    }
}

extension Refusal {
    fileprivate var details: [JSONValue.Member] {
        switch self {
        case .stale(let age): [.init("age", .integer(age))]
        case .notJSON(let problem): [.init("problem", .string(problem))]
        case .tooLarge(let limit): [.init("limit", .integer(limit))]
        case .missingSignature, .badSignature, .notHTTP, .noMessageType, .wrongPath, .wrongMethod, .tooSlow,
            .stopping:
            []
        }
    }

    fileprivate init(_ fields: ObjectReader) throws(DocumentProblem) {
        let plain: [Refusal] = [
            .missingSignature, .badSignature, .notHTTP, .noMessageType, .wrongPath, .wrongMethod, .tooSlow,
            .stopping,
        ]
        let code = try fields.text("reason")
        switch code {
        case "stale_signature": self = .stale(age: Int64(try fields.integer("age")))
        case "not_json": self = .notJSON(problem: try fields.text("problem"))
        case "too_large": self = .tooLarge(limit: try fields.integer("limit"))
        default:
            guard let refusal = plain.first(where: { $0.code == code }) else {
                throw fields.problem("reason", "is not known")
            }
            self = refusal
        }
    }
}
