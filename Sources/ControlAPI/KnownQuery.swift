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
