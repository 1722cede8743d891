// SPDX-License-Identifier: Apache-2.0

import Calls

extension RuleSet.NamedAnswer {
    /// Its name, or what it says.
    var words: String { name.map { "answer \($0)" } ?? content }

    /// What it says or does.
    var content: String {
        switch answer {
        case .standard: "default"
        case .reject(let text): AnswerText.rejected(text).sketch
        case .assistant(let assistant): AnswerText.assistant(assistant, hasForcedGreeting: false).text.sketch
        case .raw: "raw answer"
        case .ask(let ask): "what \(ask.upstream.name) answers"
        }
    }
}

extension TextTemplate {
    /// The text with an ellipsis for everything that is filled in.
    fileprivate var sketch: String {
        pieces.reduce(into: "") { text, piece in
            if case .text(let literal) = piece { text += literal } else { text += "{{...}}" }
        }
    }
}

extension PhoneLine {
    /// Its name, or its number where it has none.
    var title: String { name.isEmpty ? number.description : name }
}

extension Split {
    /// The arms with their weights, such as `short 1, long 9`.
    var shares: String { arms.map { "\($0.name) \($0.weight)" }.joined(separator: ", ") }
}

/// The callers that a condition names.
struct CallerSets: Equatable {
    var numbers: Set<PhoneNumber> = []
    var prefixes: Set<PhonePrefix> = []
    var ranges: Set<PhoneRange> = []
    /// By file.
    var lists: [String: CallerEntries] = [:]
    var isWithheld = false

    /// What another condition names more and less.
    func words(to new: CallerSets) -> [String] {
        Self.words("number", "numbers", numbers, new.numbers) + Self.words("prefix", "prefixes", prefixes, new.prefixes)
            + Self.words("range", "ranges", ranges, new.ranges)
            + Self.words("list", "lists", Set(lists.keys), Set(new.lists.keys))
            + (isWithheld == new.isWithheld
                ? [] : [new.isWithheld ? "withheld numbers added" : "withheld numbers removed"])
    }

    private static func words<Item>(
        _ noun: String, _ plural: String, _ old: Set<Item>, _ new: Set<Item>
    ) -> [String] {
        let counts = [(new.subtracting(old).count, "added"), (old.subtracting(new).count, "removed")]
        return counts.filter { $0.0 > 0 }.map { "\(CountText.words($0.0, noun, plural: plural)) \($0.1)" }
    }

    mutating func merge(_ other: CallerSets) {
        numbers.formUnion(other.numbers)
        prefixes.formUnion(other.prefixes)
        ranges.formUnion(other.ranges)
        lists.merge(other.lists) { first, _ in first }
        isWithheld = isWithheld || other.isWithheld
    }
}

extension Condition {
    /// The callers that it names, wherever it names them.
    var callerSets: CallerSets {
        switch self {
        case .test(.caller(let member)):
            switch member.values {
            case .numbers(let numbers): CallerSets(numbers: numbers)
            case .prefixes(let prefixes): CallerSets(prefixes: Set(prefixes))
            case .ranges(let ranges): CallerSets(ranges: Set(ranges))
            case .list(let list): CallerSets(lists: [list.file: list.entries])
            case .withheld: CallerSets(isWithheld: true)
            }
        case .always, .test: CallerSets()
        case .all(let conditions), .any(let conditions):
            conditions.reduce(into: CallerSets()) { $0.merge($1.callerSets) }
        case .not(let condition): condition.callerSets
        }
    }

    /// The same without the callers that it names; `nil` where nothing is left.
    var withoutCallers: Condition? {
        switch self {
        case .test(.caller): return nil
        case .always, .test: return self
        case .all(let conditions):
            let rest = conditions.compactMap(\.withoutCallers)
            return rest.isEmpty ? nil : .all(rest)
        case .any(let conditions):
            let rest = conditions.compactMap(\.withoutCallers)
            return rest.isEmpty ? nil : .any(rest)
        case .not(let condition): return condition.withoutCallers.map { .not($0) }
        }
    }

    /// Whether it asks if hours are open.
    var asksHours: Bool {
        switch self {
        case .test(let test): test.kind == .during
        case .always: false
        case .all(let conditions), .any(let conditions): conditions.contains(where: \.asksHours)
        case .not(let condition): condition.asksHours
        }
    }
}
