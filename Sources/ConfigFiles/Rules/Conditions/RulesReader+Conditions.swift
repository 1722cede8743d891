// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

extension RulesReader {
    /// The parts of a `when`, while it is read; `nil` for a part with an error.
    struct ConditionDraft {
        /// The name of the rule, for hours that it spells out.
        fileprivate let rule: String
        fileprivate var parts: [Condition?] = []
    }

    /// What a rule may ask, each key with its reader.
    static let conditionKeys = KeyTable<ConditionDraft>([
        "caller": { reader, entry, when in when.parts.append(reader.readCallers(entry.value)) },
        "contact": { reader, entry, when in when.parts.append(reader.readContact(entry.value)) },
        "line": { reader, entry, when in when.parts.append(reader.readLineCondition(entry)) },
        "group": { reader, entry, when in
            let groups = reader.readEach(entry) { $0.readGroup($1) }
            when.parts.append(groups.map { .member(LineGroup(), Set($0)) })
        },
        "during": { reader, entry, when in
            let hours = reader.readDuring(entry.value, rule: when.rule)
            when.parts.append(hours.map { .test(.during(OpenHours($0))) })
        },
        "date": { reader, entry, when in
            when.parts.append(reader.readDatePatterns(entry).map { .member(Today(), $0) })
        },
        "weekday": { reader, entry, when in
            let days = reader.readEach(entry) { $0.readDays($1) }
            when.parts.append(days.map { .member(DayOfWeek(), $0.reduce(into: []) { $0.formUnion($1) }) })
        },
        "calls_from_caller": { reader, entry, when in
            when.parts.append(reader.readLimit(entry, of: .caller, callerLimitKeys))
        },
        "calls_to_line": { reader, entry, when in
            when.parts.append(reader.readLimit(entry, of: .line, limitKeys))
        },
        "seen_before": { reader, entry, when in
            let time = reader.readTimeSpan(entry)
            when.parts.append(time.map { .test(.seenBefore(SeenBefore(within: $0))) })
        },
        "live_on_line": { reader, entry, when in
            when.parts.append(reader.readLiveLimit(entry, of: .line))
        },
        "live_in_group": { reader, entry, when in
            when.parts.append(reader.readLiveLimit(entry, of: .group))
        },
        "call_type": { reader, entry, when in
            let types = reader.readEach(entry) { $0.findings.text($1, of: "`call_type`") }
            when.parts.append(types.map { .member(CallType(), Set($0)) })
        },
        "all": { reader, entry, when in
            when.parts.append(reader.readConditions(entry, rule: when.rule).map(Condition.all))
        },
        "any": { reader, entry, when in
            when.parts.append(reader.readConditions(entry, rule: when.rule).map(Condition.any))
        },
        "not": { reader, entry, when in
            when.parts.append(reader.readCondition(entry.value, rule: when.rule).map(Condition.not))
        },
    ])

    /// Reads a `when`; several keys in it must all hold.
    mutating func readCondition(_ node: YAMLNode, rule: String) -> Condition? {
        var draft = ConditionDraft(rule: rule)
        guard let fields = read(node, of: "`when`", Self.conditionKeys, into: &draft) else { return nil }
        if fields.entries.isEmpty {
            findings.error(.emptyValue, "empty condition; a rule without `when` always holds", at: node.position)
            return nil
        }
        let parts = draft.parts.compactMap { $0 }
        guard parts.count == fields.entries.count else { return nil }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func readConditions(_ entry: YAMLNode.Entry, rule: String) -> [Condition]? {
        guard let items = entry.value.items, !items.isEmpty else {
            findings.error(.wrongType, "`\(entry.key)` must be a list of conditions", at: entry.value.position)
            return nil
        }
        let conditions = items.compactMap { readCondition($0, rule: rule) }
        return conditions.count == items.count ? conditions : nil
    }

    mutating func readLineNumber(_ node: YAMLNode) -> PhoneNumber? {
        if let text = node.scalarText, plan.number(spelled: text, country: country) == nil,
            let line = lines.first(where: { $0.name == text })
        {
            findings.error(
                .unknownLine, "use the number of the line, \"\(line.number)\", not its name", at: node.position)
            return nil
        }
        guard let number = readNumber(node) else { return nil }
        if linesByNumber[number] != nil { return number }
        let hint = Suggestion.hint(for: number.description, among: lines.map(\.number.description))
        findings.error(.unknownLine, "\(number) is not one of the `lines`\(hint)", at: node.position)
        return nil
    }

    mutating func readGroup(_ node: YAMLNode) -> String? {
        guard let name = findings.text(node, of: "`group`") else { return nil }
        if groups.contains(name) { return name }
        findings.error(
            .unknownGroup, "no line is in a group `\(name)`\(Suggestion.hint(for: name, among: groups))",
            at: node.position)
        return nil
    }

    /// Reads one value or a list of them; `nil` when any is wrong or there is none.
    mutating func readEach<Value>(
        _ entry: YAMLNode.Entry, _ read: (inout RulesReader, YAMLNode) -> Value?
    ) -> [Value]? {
        let values = entry.value.oneOrMore.compactMap { read(&self, $0) }
        return values.count == entry.value.oneOrMore.count && hasItems(entry.value, of: entry.key) ? values : nil
    }

    /// Reports an empty list, which no call could match.
    mutating func hasItems(_ node: YAMLNode, of key: String) -> Bool {
        guard node.oneOrMore.isEmpty else { return true }
        findings.error(.emptyValue, "`\(key)` is an empty list, so no call would match", at: node.position)
        return false
    }
}

// Contacts.
extension RulesReader {
    /// What is asked of one attribute, while it is read.
    struct AttributeDraft {
        fileprivate var isPresent: Bool?
        fileprivate var lower: NumberRange.Bound?
        fileprivate var upper: NumberRange.Bound?

        fileprivate var values: ContactValues? {
            if let isPresent { return isPresent ? .present : .absent }
            return lower == nil && upper == nil ? nil : .numbers(NumberRange(from: lower, to: upper))
        }
    }

    static let attributeKeys = KeyTable<AttributeDraft>([
        "present": { reader, entry, draft in draft.isPresent = reader.findings.flag(entry.value, of: "`present`") },
        "more_than": { reader, entry, draft in
            draft.lower = reader.readBound(entry.value, of: "`more_than`").map { .init($0, isWithin: false) }
        },
        "less_than": { reader, entry, draft in
            draft.upper = reader.readBound(entry.value, of: "`less_than`").map { .init($0, isWithin: false) }
        },
        "between": { reader, entry, draft in
            let bounds = entry.value.items?.compactMap { reader.readBound($0, of: "`between`") }
            guard let bounds, bounds.count == 2, entry.value.items?.count == 2 else {
                if entry.value.items?.count != 2 {
                    reader.findings.error(
                        .wrongType,
                        "`between` must be a list of two numbers such as [10, 20], found "
                            + entry.value.described, at: entry.value.position)
                }
                return
            }
            draft.lower = .init(bounds[0], isWithin: true)
            draft.upper = .init(bounds[1], isWithin: true)
        },
    ])

    private mutating func readBound(_ node: YAMLNode, of what: String) -> Double? {
        if let text = node.scalarText, let number = DecimalText.number(in: text) { return number }
        findings.error(
            .wrongType, "\(what) must be a number such as 100 or 12.50, found \(node.described)", at: node.position)
        return nil
    }

    /// Reads `known`, `unknown`, `unavailable`, or attributes that must all match.
    private mutating func readContact(_ node: YAMLNode) -> Condition? {
        if !hasContacts {
            findings.error(.noContacts, "`contact` needs `contacts`, and none are set", at: node.position)
        }
        if let word = node.scalarText, !node.isNull { return readStanding(word, at: node.position) }
        guard let entries = findings.mapping(node, of: "`contact`") else { return nil }
        if entries.isEmpty {
            findings.error(
                .emptyValue,
                "`contact` is empty; expected known, unknown, unavailable or attributes such as { tier: vip }",
                at: node.position)
        }
        let tests = entries.compactMap { readAttribute($0) }
        guard tests.count == entries.count, let first = tests.first else { return nil }
        return tests.count == 1 ? first : .all(tests)
    }

    private static let standings: KeyValuePairs<String, ContactStanding> = [
        "known": .known, "unknown": .unknown, "unavailable": .unavailable,
    ]

    private mutating func readStanding(_ word: String, at position: SourcePosition) -> Condition? {
        if let standing = Self.standings.first(where: { $0.key == word })?.value {
            return .member(ContactKnown(), [standing])
        }
        let words = Self.standings.map(\.key)
        findings.error(
            .unknownWord,
            "`contact` must be \(words.joined(separator: ", ")) or attributes such as { tier: vip }"
                + Suggestion.hint(for: word, among: words), at: position)
        return nil
    }

    private mutating func readAttribute(_ entry: YAMLNode.Entry) -> Condition? {
        contactUses.note(entry.key, at: entry.keyPosition)
        let attribute = ContactAttribute(entry.key)
        guard entry.value.entries != nil else {
            return readEach(entry) { $0.readAttributeValue($1, of: entry.key) }
                .map { values in .member(attribute, .oneOf(Set(values.map { ContactValues.key($0.trimmed) }))) }
        }
        return readComparison(entry).map { .member(attribute, $0) }
    }

    /// Reads a text, or `true` and `false`, which are texts in the attributes of contacts and lines.
    mutating func readAttributeValue(_ node: YAMLNode, of name: String) -> String? {
        if case .bool(let flag) = YAMLScalar(node) { String(flag) } else { findings.text(node, of: "`\(name)`") }
    }

    /// Reads `{ present: true }` or `{ more_than: 0 }`.
    mutating func readComparison(_ entry: YAMLNode.Entry) -> ContactValues? {
        var draft = AttributeDraft()
        let what = "`\(entry.key)`"
        guard let fields = read(entry.value, of: what, Self.attributeKeys, into: &draft) else { return nil }
        guard let first = fields.entries.first else {
            findings.error(
                .missingKey, "\(what) needs one of \(Self.attributeKeys.names.joined(separator: ", "))",
                at: entry.value.position)
            return nil
        }
        let keys = Set(fields.entries.map(\.key))
        guard keys.count == 1 || keys == ["more_than", "less_than"] else {
            findings.error(
                .conflictingKeys,
                "`\(first.key)` cannot be combined with other keys; only `more_than` and `less_than` can",
                at: first.keyPosition)
            return nil
        }
        guard let values = draft.values else { return nil }
        if case .numbers(let range) = values, range.isEmpty {
            findings.error(.reversedSpan, "no number is \(range)", at: entry.value.position)
            return nil
        }
        return values
    }
}

// Dates and counts.
extension RulesReader {
    /// A limit of calls, while it is read.
    struct LimitDraft {
        fileprivate var moreThan: Int?
        fileprivate var time: CountedTime?
        fileprivate var subject: CallCount.Subject

        init(of subject: CallCount.Subject) {
            self.subject = subject
        }
    }

    /// The most calls that are counted.
    private static let mostCalls = 1000
    /// Calls are counted over a year at most.
    private static let longestSpan: Int64 = 366 * 86_400

    static let limitKeys = KeyTable<LimitDraft>([
        "more_than": { reader, entry, limit in
            limit.moreThan = reader.findings.whole(entry.value, of: "`more_than`", in: 1...mostCalls)
        },
        "within": { reader, entry, limit in limit.time = reader.readCountedTime(entry.value) },
    ])

    static let callerLimitKeys = limitKeys.adding([
        "to": { reader, entry, limit in
            guard entry.value.scalarText != "line" else { return limit.subject = .callerToLine }
            reader.findings.error(
                .unknownWord,
                "`to` must be `line`: only calls to the same line are counted; found "
                    + entry.value.described, at: entry.value.position)
        }
    ])

    static let liveLimitKeys = KeyTable<Int?>([
        "more_than": { reader, entry, most in
            most = reader.findings.whole(entry.value, of: "`more_than`", in: 1...mostCalls)
        }
    ])

    static let seenKeys = KeyTable<CountedTime?>([
        "within": { reader, entry, time in time = reader.readCountedTime(entry.value) }
    ])

    /// Reads `{ more_than: 5, within: 10m }`.
    private mutating func readLimit(
        _ entry: YAMLNode.Entry, of subject: CallCount.Subject, _ keys: KeyTable<LimitDraft>
    ) -> Condition? {
        var limit = LimitDraft(of: subject)
        let what = "`\(entry.key)`"
        guard let fields = read(entry.value, of: what, keys, into: &limit) else { return nil }
        require("more_than", "within", in: fields, of: what)
        guard let moreThan = limit.moreThan, let time = limit.time else { return nil }
        return .test(.calls(CallCount(limit.subject, CallLimit(moreThan: moreThan, within: time))))
    }

    /// Reads `{ more_than: 5 }`.
    private mutating func readLiveLimit(_ entry: YAMLNode.Entry, of subject: LiveCallCount.Subject) -> Condition? {
        var most: Int?
        let what = "`\(entry.key)`"
        guard let fields = read(entry.value, of: what, Self.liveLimitKeys, into: &most) else { return nil }
        require("more_than", in: fields, of: what)
        if subject == .group, groups.isEmpty {
            findings.warning(
                .neverHolds,
                "no line is in a group, so `\(entry.key)` never holds; set `group` of the lines, or use `live_on_line`",
                at: entry.keyPosition)
        }
        return most.map { .test(.liveCalls(LiveCallCount(subject, moreThan: $0))) }
    }

    /// Reads `{ within: 30d }`.
    private mutating func readTimeSpan(_ entry: YAMLNode.Entry) -> CountedTime? {
        var time: CountedTime?
        guard let fields = read(entry.value, of: "`\(entry.key)`", Self.seenKeys, into: &time) else { return nil }
        require("within", in: fields, of: "`\(entry.key)`")
        return time
    }

    /// Reads `10m`, or `day`, `week` or `month` of the line's calendar.
    private mutating func readCountedTime(_ node: YAMLNode) -> CountedTime? {
        let words = CalendarPeriod.allCases.map(\.rawValue)
        if let text = node.scalarText {
            if let period = CalendarPeriod(rawValue: text) {
                lookingBack.note(.calendar(period), written: text, at: node.position)
                return .calendar(period)
            }
            if let word = Suggestion.nearest(to: text, among: words), DurationText.seconds(text) == nil {
                findings.error(
                    .invalidDuration, "`within` cannot be \(node.described); did you mean `\(word)`?",
                    at: node.position)
                return nil
            }
        }
        guard let seconds = readSpan(node, or: "day, week or month") else { return nil }
        lookingBack.note(.seconds(seconds), written: node.scalarText ?? "", at: node.position)
        return .seconds(seconds)
    }

    mutating func readSpan(_ node: YAMLNode, or words: String = "") -> Int? {
        if let text = node.scalarText, let seconds = DurationText.seconds(text),
            (1...Self.longestSpan).contains(seconds)
        {
            return Int(seconds)
        }
        findings.error(
            .invalidDuration,
            "`within` must be a duration such as 30s, 10m, 1h30m or 30d, at most a year"
                + (words.isEmpty ? "" : ", or \(words)") + ", found \(node.described)",
            at: node.position)
        return nil
    }

    /// Reads days such as `mon` or `mon-fri`.
    private mutating func readDays(_ node: YAMLNode) -> Set<Weekday>? {
        guard let text = findings.text(node, of: "`weekday`") else { return nil }
        if let days = DayText.read(text) { return days }
        findings.error(.invalidDay, invalidDay(text), at: node.position)
        return nil
    }

    /// Reads dates as `dates` of hours has them; a date that is in two of them is a warning.
    private mutating func readDatePatterns(_ entry: YAMLNode.Entry) -> [DatePattern]? {
        let patterns = readEach(entry) { reader, node in
            reader.findings.text(node, of: "`date`").flatMap { reader.readPattern($0, at: node.position) }
        }
        guard let patterns else { return nil }
        checkOverlaps(
            zip(patterns, entry.value.oneOrMore.map(\.position)).compactMap { pattern, position in
                if case .span(let span) = pattern { (span: span, position: position) } else { nil }
            })
        return patterns
    }

    /// Warns of dates that are in two spans.
    private mutating func checkOverlaps(_ located: [(span: DateSpan, position: SourcePosition)]) {
        var widest: (span: DateSpan, position: SourcePosition)?
        for next in located.sorted(by: { $0.span.first < $1.span.first }) {
            if let open = widest, next.span.first <= open.span.last {
                let (first, second) = open.position < next.position ? (open, next) : (next, open)
                findings.warning(
                    .overlap, "`\(second.span)` overlaps `\(first.span)`; merge them, or move an end",
                    at: second.position)
            }
            if next.span.last > widest?.span.last ?? next.span.first || widest == nil { widest = next }
        }
    }
}
