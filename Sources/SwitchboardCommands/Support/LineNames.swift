// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Rules

/// Finds the phone line that a person names: by its name, by its number in any spelling, or by both.
struct LineNames {
    private let lines: [(number: PhoneNumber, name: String)]
    private let parties: PartyReader
    private let plan: any NumberingPlan

    /// For the lines of a running server.
    init(_ lines: [LineStatus], plan: any NumberingPlan = ConfigurationSource.numbers) {
        self.init(
            lines.map { ($0.number, $0.name) },
            PartyReader(country: nil, lines: lines.map { ($0.number, plan.origin(of: $0.number)?.country) }), plan)
    }

    /// For the lines of a rules file.
    init(_ rules: RuleSet, plan: any NumberingPlan = ConfigurationSource.numbers) {
        self.init(rules.lines.map { ($0.number, $0.name) }, rules.parties, plan)
    }

    private init(
        _ lines: [(number: PhoneNumber, name: String)], _ parties: PartyReader, _ plan: any NumberingPlan
    ) {
        self.lines = lines
        self.parties = parties
        self.plan = plan
    }

    /// Why a text names no line.
    enum Problem: Error, CustomStringConvertible {
        case ambiguous([PhoneNumber])
        case unknown(names: [String])

        var description: String {
            switch self {
            case .ambiguous(let numbers):
                "several lines have this name; give the number: \(numbers.map(\.description).joined(separator: ", "))"
            case .unknown(let names):
                names.isEmpty
                    ? "neither a phone number such as +31850835037 nor the name of a line"
                    : "neither a phone number nor the name of a line; lines are \(names.formattedList)"
            }
        }
    }

    /// The most names in a message.
    private static let mostNamed = 6

    /// Reads a called number, which need not be a line.
    func called(_ text: String) throws(Problem) -> Party {
        let named = lines.filter { Self.folded($0.name) == Self.folded(text) || label($0) == Self.folded(text) }
        if named.count > 1 { throw .ambiguous(named.map(\.number)) }
        if let line = named.first { return .number(line.number) }
        let party = parties.called(text, by: plan)
        if case .unusual = party { throw .unknown(names: lines.prefix(Self.mostNamed).map(\.name)) }
        return party
    }

    /// Reads the number of a caller; a national one as in the country of a line.
    func caller(_ text: String) -> PhoneNumber? { parties.called(text, by: plan).number }

    /// As the dialog shows a line.
    private func label(_ line: (number: PhoneNumber, name: String)) -> String {
        Self.folded("\(line.name) \(line.number)")
    }

    private static func folded(_ text: String) -> String { text.trimmed.lowercased() }
}
