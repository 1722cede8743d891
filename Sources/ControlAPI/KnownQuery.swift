// SPDX-License-Identifier: Apache-2.0

import Calls
import ControlServer

extension ControlRoute {
    /// A route whose query may have these names, each once; anything else is an error, since ignoring it would answer
    /// another question.
    init(_ method: String, _ path: String, knowing names: [String], answer: @escaping Answer) {
        self.init(method, path) { request in
            if let problem = request.problem(knowing: names) {
                return .failure(status: 400, code: "bad_query", message: problem)
            }
            return await answer(request)
        }
    }
}

extension ControlRequest {
    /// The sequence numbers and cursors that a client may send: integers that JavaScript has too.
    static let positions: ClosedRange<UInt64> = 0...(1 << 53)

    /// A number of the query, in digits; `nil` if it is not one or out of range.
    func number(_ name: String, in range: ClosedRange<UInt64>, else standard: UInt64) -> UInt64? {
        guard let text = query(name) else { return standard }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt64(text) else { return nil }
        return range.contains(number) ? number : nil
    }

    /// What is wrong with the names of the query.
    fileprivate func problem(knowing names: [String]) -> String? {
        var seen: Set<String> = []
        for (name, _) in query {
            guard names.contains(name) else {
                let near = NearMiss.word(nearest: name, among: names).map { "; did you mean `\($0)`?" }
                let known = names.isEmpty ? "; \(path) has none" : "; expected \(names.joined(separator: ", "))"
                return "unknown query parameter `\(name.prefix(40))`\(near ?? known)"
            }
            guard seen.insert(name).inserted else { return "query parameter `\(name)` is given twice" }
        }
        return nil
    }
}
