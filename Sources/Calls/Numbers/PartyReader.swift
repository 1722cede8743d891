// SPDX-License-Identifier: Apache-2.0

/// Reads the two numbers of a call, once, where it comes in; after that a number is E.164 or a reason why not.
///
/// National spellings belong to the country of the called line, then to `country` of the rules file.
package struct PartyReader: Equatable, Sendable {
    /// The country of the rules file (ISO 3166-1).
    package let country: String?
    private let lines: Set<PhoneNumber>
    private let countries: [PhoneNumber: String]
    /// The countries in which the called number may be spelled, the likeliest first.
    private let calledCountries: [String?]
    private let withheldWords: Set<String>
    private let withheldNumbers: Set<PhoneNumber>
    /// Whether plain E.164 numbers come back as they are.
    package let keepsPlainNumbers: Bool

    /// Creates it for the lines of a rules file, with the country of each, and its `withheld_words`.
    package init(
        country: String?, lines: [(number: PhoneNumber, country: String?)], withheldWords: [String] = []
    ) {
        self.country = country
        self.lines = Set(lines.map(\.number))
        countries = Dictionary(
            lines.compactMap { line in line.country.map { (line.number, $0) } }, uniquingKeysWith: { first, _ in first }
        )
        let all = ([country] + lines.map(\.country)).compactMap(\.self)
        calledCountries = all.isEmpty ? [nil] : all.enumerated().filter { !all[..<$0].contains($1) }.map(\.element)
        withheldNumbers = Set(withheldWords.compactMap { PhoneNumber($0) })
        keepsPlainNumbers = withheldNumbers.isEmpty
        self.withheldWords = Set(withheldWords.filter { PhoneNumber($0) == nil }.map(Self.word))
    }

    /// The countries of the rules file and of its lines, each once.
    package var countriesOfLines: [String] { calledCountries.compactMap(\.self) }

    /// Reads the numbers of a call that are not plain E.164; a plain call comes back as it is.
    package func read(_ call: AssistantRequest, by plan: any NumberingPlan) -> AssistantRequest {
        guard call.asSent != nil || !keepsPlainNumbers else { return call }
        let called = if let text = call.asSent?.called { self.called(text, by: plan) } else { call.called }
        let caller =
            if let text = call.asSent?.caller {
                self.caller(text, callingOn: called, by: plan)
            } else if let number = call.caller.number, withheldNumbers.contains(number) {
                Party.withheld
            } else {
                call.caller
            }
        return call.with(caller: caller, called: called)
    }

    /// Reads the number that was called: a line, if any reading of it is one.
    package func called(_ text: String, by plan: any NumberingPlan) -> Party {
        if let number = PhoneNumber("+" + text), lines.contains(number) { return .number(number) }
        var first: Party?
        for country in calledCountries {
            let party = party(text, country: country, by: plan)
            if let number = party.number, lines.contains(number) { return party }
            if first?.number == nil { first = party }
        }
        return first ?? .unusual(text)
    }

    /// Reads the number of a caller on a line.
    package func caller(_ text: String, callingOn called: Party, by plan: any NumberingPlan) -> Party {
        if !withheldWords.isEmpty, withheldWords.contains(Self.word(text)) { return .withheld }
        let origin = called.number.flatMap { countries[$0] ?? plan.origin(of: $0)?.country }
        let party = party(text, country: origin ?? country, by: plan)
        if let number = party.number, withheldNumbers.contains(number) { return .withheld }
        return party
    }

    private func party(_ text: String, country: String?, by plan: any NumberingPlan) -> Party {
        switch plan.read(text, country: country) {
        case .number(let number, _): .number(number)
        case .withheld, .none: .withheld
        case .unreadable: isWithheld(text) ? .withheld : .unusual(text)
        }
    }

    private func isWithheld(_ text: String) -> Bool {
        guard !withheldWords.isEmpty else { return false }
        let spelling = NumberSpelling(text)
        if let name = spelling.displayName, withheldWords.contains(name) { return true }
        switch spelling.content {
        case .word(let text), .dialled(let text): return withheldWords.contains(text)
        case .empty, .unreadable: return false
        }
    }

    private static func word(_ text: String) -> String { CharacterForms.plain(text).lowercased() }
}
