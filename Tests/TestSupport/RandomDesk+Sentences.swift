// SPDX-License-Identifier: Apache-2.0

import Calls

/// What is true of the lines because of what callers get.
extension RandomDesk {
    package func expectedState(of place: Int) -> String {
        let word = word(place, at: now)
        guard let change = first({ self.word(place, at: $0) }) else {
            let isOperators =
                word != "OPEN" && !reply(to: place, at: now).contains("by rule")
                && !reply(to: place, at: now).contains("hours")
            let isSettled = first { decision(place, at: $0).0.by.description + reply(to: place, at: $0) } == nil
            guard isOperators, isSettled else { return word }
            return word == "FORCED OPEN" ? "\(word) until removed" : "\(word) until reopened"
        }
        let local = there(place, change).map { " (\($0))" } ?? ""
        return "\(word) until \(time(change))\(local), then \(self.word(place, at: change))"
    }

    package func expectedSummary() -> String {
        let words = (0..<3).map { word($0, at: now) }
        let open = (0..<3).filter { isOpen($0, at: now) }
        var parts: [String] = []
        switch open.count {
        case 3: parts.append(words.allSatisfy { $0 == "FORCED OPEN" } ? "ALL 3 FORCED OPEN" : "ALL 3 OPEN")
        case 0: parts.append(words.allSatisfy { $0 == "INFORM" } ? "ALL 3 CLOSED (INFORM)" : "ALL 3 CLOSED")
        default: parts.append("\(open.count) of 3 open")
        }
        let special = ["INFORM", "FORCED OPEN"].compactMap { word in
            let count = words.count { $0 == word }
            return (1...2).contains(count) ? "\(count) \(word)" : nil
        }
        if !special.isEmpty { parts.append(special.joined(separator: ", ")) }
        let turns = (0..<3).compactMap { place in first { isOpen(place, at: $0) }.map { (place: place, at: $0) } }
        guard let at = turns.map(\.at).min() else { return parts.joined(separator: " · ") }
        let turning = turns.filter { $0.at == at }.map(\.place)
        let names = turning.count > 1 ? "Line \(turning[0]) and \(turning.count - 1) more" : "Line \(turning[0])"
        let local = turning.count == 1 ? there(turning[0], at) : nil
        let verb = open.count == 3 ? "close" : "open"
        switch open.count {
        case 0 where turning.count == 3, 3 where turning.count == 3: parts.append("all \(verb) \(time(at))")
        default: break
        }
        return parts.joined(separator: " · ")
            + rest(open, turning, names, local, verb, at)
    }

    private func rest(
        _ open: [Int], _ turning: [Int], _ names: String, _ local: String?, _ verb: String, _ at: Instant
    ) -> String {
        if open.count == 0 || open.count == 3 {
            guard turning.count < 3 else { return "" }
            return " · first \(verb)s \(time(at)) (\(names)\(local.map { ", \($0)" } ?? ""))"
        }
        let (closing, opening) = (turning.filter(open.contains), turning.filter { !open.contains($0) })
        let texts = [(closing, "close"), (opening, "open")].filter { !$0.0.isEmpty }.map { lines, verb in
            lines.count == 1 ? "Line \(lines[0]) \(verb)s" : "Line \(lines[0]) and \(lines.count - 1) more \(verb)"
        }
        return " · next: \(texts.joined(separator: ", ")) \(time(at))\(local.map { " (\($0))" } ?? "")"
    }
}
