// SPDX-License-Identifier: Apache-2.0

/// Finds the numbers in what people write into a cell: `06-12345678 (work) or 020 1234567`.
///
/// It reads a text only as a whole: unless every digit of it belongs to a number that exists, nothing is found.
struct NumbersAmongWords<Plan: NumberingPlan> {
    let plan: Plan
    let country: String?

    private static var longest: Int { 256 }
    private static var fewestDigits: Int { 7 }
    /// A text with more words between its digits is not tried.
    private static var mostTokens: Int { 16 }

    func readings(in text: String) -> [NumberReading] {
        guard text.utf8.count <= Self.longest else { return [] }
        let runs = runs(of: CharacterForms.plain(text))
        var found: [NumberReading] = []
        for run in runs {
            guard let readings = reading(of: run.text, isOnly: runs.count == 1).map({ [$0] }) ?? several(in: run.text)
            else { return [] }
            if !Self.faxes.contains(run.word) { found += readings }
        }
        return found
    }

    private static var faxes: Set<String> { ["fax", "telefax", "f"] }

    /// A part of the text without letters, and the word in front of it.
    private struct Run {
        var text = ""
        var word: String
    }

    private func runs(of text: String) -> [Run] {
        var runs: [Run] = []
        var (word, run) = ("", "")
        for character in text + "|" {
            let isNext = character == "+" && run.count(where: \.isDigit) >= Self.fewestDigits
            if !isNext, character.isDigit || "+ -./()[]'".contains(character) {
                run.append(character)
                continue
            }
            if run.contains(where: \.isDigit) {
                runs.append(Run(text: Self.bare(run), word: word))
                word = ""
            } else if run.contains(" ") {
                word = ""
            }
            run = isNext ? "+" : ""
            if character.isLetter { word += character.lowercased() }
        }
        return runs
    }

    /// A run without what belongs to the words around it.
    private static func bare(_ run: String) -> String {
        var run = run.drop { !$0.isDigit && $0 != "+" && $0 != "(" }
        while let last = run.last, !last.isDigit { run.removeLast() }
        while run.hasPrefix("("), !run.contains(")") { run.removeFirst() }
        return String(run)
    }

    private func reading(of run: String, isOnly: Bool) -> NumberReading? {
        let start = run.first { $0 != "(" && $0 != " " }
        guard isOnly || start == "+" || start == "0", run.count(where: \.isDigit) >= Self.fewestDigits else {
            return nil
        }
        let reading = plan.read(run, country: country)
        return reading.number.map(plan.isValid) == true ? reading : nil
    }

    /// Several numbers with nothing but spaces and dashes between them, if there is one way only to read them.
    private func several(in run: String) -> [NumberReading]? {
        let tokens = run.split(separator: " ").map(String.init).filter { $0.contains(where: \.isDigit) }
        guard (2...Self.mostTokens).contains(tokens.count) else { return nil }
        let ways = ways(of: tokens[...])
        return ways.count == 1 ? ways[0] : nil
    }

    /// The ways to read all tokens as numbers; two at most, since more are as bad.
    private func ways(of tokens: ArraySlice<String>) -> [[NumberReading]] {
        guard !tokens.isEmpty else { return [[]] }
        var ways: [[NumberReading]] = []
        for end in tokens.indices where ways.count < 2 {
            guard let first = reading(of: tokens[...end].joined(separator: " "), isOnly: false) else { continue }
            ways += self.ways(of: tokens[(end + 1)...]).map { [first] + $0 }
        }
        return ways
    }
}
