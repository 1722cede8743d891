// SPDX-License-Identifier: Apache-2.0

package import Calls

/// One key of the filter language: its names, what it selects, and how its value is read.
package struct FilterKey: Sendable {
    package let name: String
    package let aliases: [String]
    /// What its value is.
    package let values: Values
    /// The words that its value is one of; empty for other values, and `withheld` for a number.
    package var words: [String] = []
    /// What it selects, for the docs.
    package let help: String
    /// A term that people can copy.
    package let example: String
    let read: @Sendable (FilterToken, FilterSetting) throws(FilterError) -> CallFilter.Condition

    /// The kinds of values; one of several words may follow each other without quotation marks.
    package enum Values: String, CaseIterable, Sendable {
        case number = "a number, or its beginning"
        case name = "a name"
        case part = "a name, or a part of it"
        case word = "one of the words"
        case time = "a time"
        case milliseconds = "milliseconds"
    }

    /// The keys; a new one is a new row here.
    package static let all: [FilterKey] = [
        FilterKey(
            name: "from", aliases: ["caller"], values: .number, words: ["withheld"],
            help: "the caller's number in any spelling, its beginning, or `withheld`; after `=` exactly this number or "
                + "name",
            example: "from:+49"
        ) { value, setting throws(FilterError) in .from(try value.number(setting)) },
        FilterKey(
            name: "to", aliases: ["line", "called"], values: .number,
            help: "the number called, or a part of the line's name", example: "to:\"front desk\""
        ) { value, setting throws(FilterError) in .to(try value.number(setting)) },
        FilterKey(
            name: "group", aliases: [], values: .name, help: "the group of the line called, by the rules in use",
            example: "group:amsterdam"
        ) { value, _ in .group(FilterText(value.text)) },
        FilterKey(
            name: "state", aliases: [], values: .word, words: CallStateWord.Known.allCases.map(\.rawValue),
            help: "the state of the call; in quotation marks, another status of the platform", example: "state:failed"
        ) { value, _ throws(FilterError) in .state(try value.state()) },
        FilterKey(
            name: "answer", aliases: [], values: .word, words: AnswerKind.allCases.map(\.rawValue) + ["none"],
            help: "the kind of answer, or `none`; in quotation marks, a part of its words", example: "answer:rejected"
        ) { value, _ throws(FilterError) in .answer(try value.answer()) },
        FilterKey(
            name: "by", aliases: [], values: .part, help: "a part of what decided: a rule, an override, hours",
            example: "by:vip"
        ) { value, _ in .by(FilterText(value.text)) },
        FilterKey(
            name: "ms", aliases: [], values: .milliseconds,
            help: "how long the answer took; also `ms>500` where no shell is in the way", example: "ms:500.."
        ) { value, _ throws(FilterError) in .answerTime(try value.answerTime()) },
        FilterKey(
            name: "replica", aliases: [], values: .name,
            help: "the replica that answered the call, on a desk of several servers", example: "replica:eu-2"
        ) { value, _ in .replica(FilterText(value.text)) },
        FilterKey(
            name: "since", aliases: ["after"], values: .time, help: "calls that came then or later",
            example: "since:10m"
        ) { value, setting throws(FilterError) in .since(try value.time(setting)) },
        FilterKey(
            name: "until", aliases: ["before"], values: .time, help: "calls that came before then",
            example: "until:14:30"
        ) { value, setting throws(FilterError) in .until(try value.time(setting)) },
        FilterKey(
            name: "is", aliases: [], values: .word, words: CallTrait.allCases.map(\.rawValue),
            help: "what has become of the call", example: "is:bad"
        ) { value, _ throws(FilterError) in .trait(try value.word("`is:` value", among: CallTrait.allCases)) },
        FilterKey(
            name: "has", aliases: [], values: .word, words: CallFeature.allCases.map(\.rawValue),
            help: "what is kept of the call", example: "has:note"
        ) { value, _ throws(FilterError) in .feature(try value.word("`has:` value", among: CallFeature.allCases)) },
    ]

    /// The word before a term that must not hold; `-` in front of the term means the same.
    package static let negation = "not"

    static func named(_ name: String) -> FilterKey? {
        let name = name.lowercased()
        return all.first { $0.name == name || $0.aliases.contains(name) }
    }

    static var names: [String] { all.flatMap { [$0.name] + $0.aliases } + [negation] }
}

/// What reading a filter needs to know.
package struct FilterSetting: Sendable {
    package let now: Instant
    /// The clock by which times are read.
    package let clock: LocalClock
    let plan: any NumberingPlan
    /// The country of national spellings (ISO 3166-1).
    let country: String?
    /// The countries in which a whole national number may be meant where there is no single one; `nil` if they do not matter
    /// yet, since the filter is read again where they are known.
    let countries: [String]?

    package init(
        now: Instant, clock: LocalClock, plan: any NumberingPlan, country: String?, countries: [String]? = nil
    ) {
        self.now = now
        self.clock = clock
        self.plan = plan
        self.country = country
        self.countries = countries
    }

    /// Reads a past time.
    package func moment(_ text: String) throws(NotAMoment) -> Instant {
        try MomentText.read(past: text, now: now, clock: clock)
    }
}

extension FilterToken {
    fileprivate func number(_ setting: FilterSetting) throws(FilterError) -> NumberMatch {
        guard let match = NumberMatch(text, plan: setting.plan, country: setting.country) else {
            throw FilterError(
                .badNumber, range, "\"\(text)\" is not a phone number or the beginning of one; example: +49")
        }
        return try match.isNational ? national(match, setting) : match
    }

    /// A national number that is meant exactly, where the rules file has no country: nobody has the number as it is spelled.
    private func national(_ match: NumberMatch, _ setting: FilterSetting) throws(FilterError) -> NumberMatch {
        guard setting.country == nil, let countries = setting.countries else { return match }
        let spelled = String(text.dropFirst()).trimmed
        let all = countries.compactMap { setting.plan.number(spelled: String(spelled), country: $0) }
            .filter(setting.plan.isValid)
        let numbers = all.enumerated().filter { !all[..<$0].contains($1) }.map(\.element)
        guard !countries.isEmpty else {
            throw FilterError(
                .badNumber, range, "the country of \"\(spelled)\" is not known; write it with its country code")
        }
        guard let first = numbers.first else { return match }
        guard numbers.count == 1 else {
            throw FilterError(
                .badNumber, range,
                "\"\(spelled)\" is a number of several countries; write "
                    + numbers.map(\.description).joined(separator: " or "))
        }
        return .exactly(.number(first))
    }

    fileprivate func time(_ setting: FilterSetting) throws(FilterError) -> Instant {
        do throws(NotAMoment) {
            return try setting.moment(text)
        } catch {
            throw FilterError(.badTime, range, error.description)
        }
    }

    fileprivate func word<Word: RawRepresentable<String>>(
        _ what: String, among words: [Word]
    ) throws(FilterError) -> Word {
        let text = Self.hyphenated(text)
        if let word = words.first(where: { $0.rawValue == text }) { return word }
        throw unknown(what, among: words.map(\.rawValue))
    }

    private func unknown(_ what: String, among words: [String], hint: String = "") -> FilterError {
        // A shell may have put a whole filter into the value.
        let first = text.split(separator: " ").first.map(String.init)
        let near = [text, first].lazy.compactMap(\.self).compactMap { NearMiss.word(nearest: $0, among: words) }.first
        let meant = near.map { "; did you mean \"\($0)\"?" }
        return FilterError(
            .unknownValue, range,
            "unknown \(what) \"\(text)\"" + (meant ?? "; expected \(words.joined(separator: ", "))\(hint)"))
    }

    /// Words as the screen has them, such as `no news`, are the same as `no-news`.
    private static func hyphenated(_ text: String) -> String {
        String(text.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 })
    }

    fileprivate func state() throws(FilterError) -> CallStateWord {
        if let known = CallStateWord.Known(rawValue: Self.hyphenated(text)) { return .known(known) }
        // Statuses of the platform that the screen has other words for.
        let status = CallStatus(Self.hyphenated(text))
        if status == .endedWithError { return .known(.failed) }
        if status.phase == .live { return .known(.live) }
        if status.phase == .ringing { return .known(.ringing) }
        // A status that we know by its name is not a typing error.
        if isQuoted || status.phase != .unknown { return .status(FilterText(text)) }
        throw unknown(
            "state", among: CallStateWord.Known.allCases.map(\.rawValue),
            hint: "; write another status of the platform in quotation marks")
    }

    fileprivate func answer() throws(FilterError) -> AnswerMatch {
        let word = Self.hyphenated(text)
        if let kind = AnswerKind(rawValue: word) { return .kind(kind) }
        if word == "none" { return .none }
        if isQuoted { return .words(FilterText(text)) }
        throw unknown(
            "kind of answer", among: AnswerKind.allCases.map(\.rawValue) + ["none"],
            hint: "; write words of an answer in quotation marks")
    }

    fileprivate func answerTime() throws(FilterError) -> ClosedRange<UInt64> {
        guard let range = AnswerTimeText.range(text) else {
            throw FilterError(
                .badRange, range,
                "\"\(text)\" is not a range of milliseconds; examples: ms:500.., ms:..20, ms:100..500, ms>500")
        }
        return range
    }
}

/// Ranges of milliseconds as text.
enum AnswerTimeText {
    /// A range without an upper bound ends here, in microseconds: more than a day.
    private static let most: UInt64 = 100_000_000_000

    /// Reads `500..`, `..20`, `100..500`, `>500`, `>=500`, `<20`, `<=20` or `500` into microseconds.
    static func range(_ text: String) -> ClosedRange<UInt64>? {
        let text = text.filter { $0 != " " }
        for (sign, isMore, isOpen) in [
            (">=", true, false), ("<=", false, false), (">", true, true), ("<", false, true),
        ]
        where text.hasPrefix(sign) {
            guard let bound = microseconds(text.dropFirst(sign.count)) else { return nil }
            if isMore { return min(bound + (isOpen ? 1 : 0), most)...most }
            guard bound > 0 || !isOpen else { return nil }
            return 0...bound - (isOpen ? 1 : 0)
        }
        let exact = text.drop { $0 == "=" }
        guard let dots = exact.firstRange(of: "..") else {
            guard let low = microseconds(exact) else { return nil }
            return exact.contains(".") ? low...low : low...min(low + 999, most)
        }
        let (from, to) = (exact[..<dots.lowerBound], exact[dots.upperBound...])
        guard !from.isEmpty || !to.isEmpty else { return nil }
        guard let low = from.isEmpty ? 0 : microseconds(from), let high = to.isEmpty ? most : microseconds(to),
            low <= high
        else { return nil }
        return low...high
    }

    static func text(_ range: ClosedRange<UInt64>) -> String {
        let low = range.lowerBound == 0 ? "" : milliseconds(range.lowerBound)
        let high = range.upperBound >= most ? "" : milliseconds(range.upperBound)
        return low.isEmpty && high.isEmpty ? "0.." : "\(low)..\(high)"
    }

    private static func milliseconds(_ microseconds: UInt64) -> String {
        let rest = microseconds % 1000
        return "\(microseconds / 1000)" + (rest == 0 ? "" : "." + padded(Int(rest), to: 3))
    }

    /// Milliseconds with at most three decimals, or seconds with an `s`.
    private static func microseconds(_ text: Substring) -> UInt64? {
        var (text, scale) = (text, UInt64(1000))
        if text.hasSuffix("ms") {
            text = text.dropLast(2)
        } else if text.hasSuffix("s") {
            (text, scale) = (text.dropLast(), 1_000_000)
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }),
            parts[0].count <= 9, parts.count == 1 || parts[1].count <= 3, let whole = UInt64(parts[0])
        else { return nil }
        let decimals = parts.count == 1 ? 0 : UInt64(parts[1] + String(repeating: "0", count: 3 - parts[1].count)) ?? 0
        let (value, isTooLarge) = whole.multipliedReportingOverflow(by: scale)
        return isTooLarge ? nil : min(value + decimals * (scale / 1000), most)
    }
}
