// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON
import Overrides

/// What today's counts have more, or less, than those since the start.
enum DayDocument: Document {
    typealias Subject = DayCounts

    static func fields<Coder: FieldCoder<DayCounts>>(_ key: inout Coder) throws(Coder.Failure) -> DayCounts {
        let since = try key("since", .time, \.since)
        let isWhole = try key("since_midnight", .flag, \.isWhole)
        let outcomes = try key("add", .object(AddedOutcomesDocument.self), \.outcomes)
        let yesterday = try key("yesterday", .laterObject(AddedOutcomesDocument.self), \.yesterday)
        let lines = try key("lines", .countsOfLines, CountsOfLine.all)
        let answers = try key("answers", .laterObject(AnswerCountsDocument.self), \.answers)
        let yesterdaysAnswers = try key(
            "yesterdays_answers", .laterObject(AnswerCountsDocument.self), \.yesterdaysAnswers)
        return DayCounts(
            since: since, isWhole: isWhole, outcomes: outcomes, lines: lines.by(\.added), yesterday: yesterday,
            yesterdayByLine: lines.by(\.yesterday), answers: answers, yesterdaysAnswers: yesterdaysAnswers)
    }
}

/// How many answers were of which kind, and how many each decider gave; counts may be negative.
private enum AnswerCountsDocument: Document {
    typealias Subject = AnswerCounts

    static func fields<Coder: FieldCoder<AnswerCounts>>(_ key: inout Coder) throws(Coder.Failure) -> AnswerCounts {
        let kinds = try key("kinds", .counts(from: -ObjectReader.most)) { counts in
            Dictionary(uniqueKeysWithValues: counts.kinds.map { ($0.key.rawValue, $0.value) })
        }
        let deciders = try key("deciders", .counts(from: -ObjectReader.most), \.deciders)
        // A newer server may have other kinds.
        let known = kinds.compactMap { word, count in AnswerKind(rawValue: word).map { ($0, count) } }
        return AnswerCounts(kinds: Dictionary(known, uniquingKeysWith: +), deciders: deciders)
    }
}

/// What `DayDocument` says of all lines, of one of them.
private struct CountsOfLine {
    let number: PhoneNumber
    let added: OutcomeCounts?
    let yesterday: OutcomeCounts?

    /// Those of all lines, in the order of their numbers.
    static func all(_ day: DayCounts) -> [CountsOfLine] {
        Set(day.lines.keys).union(day.yesterdayByLine.keys).sorted { $0.description < $1.description }.map {
            CountsOfLine(number: $0, added: day.lines[$0], yesterday: day.yesterdayByLine[$0])
        }
    }
}

extension [CountsOfLine] {
    /// One of their counts by line; the first of a number counts.
    fileprivate func by(_ counts: KeyPath<CountsOfLine, OutcomeCounts?>) -> [PhoneNumber: OutcomeCounts] {
        Dictionary(
            compactMap { line in line[keyPath: counts].map { (line.number, $0) } },
            uniquingKeysWith: { first, _ in first })
    }
}

private enum CountsOfLineDocument: Document {
    typealias Subject = CountsOfLine

    static func fields<Coder: FieldCoder<CountsOfLine>>(_ key: inout Coder) throws(Coder.Failure) -> CountsOfLine {
        CountsOfLine(
            number: try key("number", .phoneNumber, \.number),
            added: try key("add", .laterObject(AddedOutcomesDocument.self), \.added),
            yesterday: try key("yesterday", .laterObject(AddedOutcomesDocument.self), \.yesterday))
    }
}

extension Form where Value == [CountsOfLine] {
    /// Left out where there are none, as it is by older servers.
    fileprivate static var countsOfLines: Self {
        let list = Form.laterList(CountsOfLineDocument.self)
        return Form(write: { if !$0.isEmpty { list.write($0, $1, &$2) } }, read: list.read)
    }
}

/// Counts that may be negative; without those that are not added up.
private enum AddedOutcomesDocument: Document {
    typealias Subject = OutcomeCounts

    static func fields<Coder: FieldCoder<OutcomeCounts>>(_ key: inout Coder) throws(Coder.Failure) -> OutcomeCounts {
        var counts = OutcomeCounts()
        for (name, path) in OutcomeCounts.keys where path != \.[.live] && path != \.[.ringing] {
            counts[keyPath: path] = try key(name, .signed) { $0[keyPath: path] }
        }
        for cause in RejectedBy.allCases {
            counts[.rejected(cause)] = try key("rejected_by_\(cause.rawValue)", .signed) { $0[rejectedBy: cause] }
        }
        return counts
    }
}

/// What rules that look back know of earlier calls.
enum LookingBackDocument: Document {
    typealias Subject = LookingBackStatus

    static func fields<Coder: FieldCoder<LookingBackStatus>>(_ key: inout Coder) throws(Coder.Failure)
        -> LookingBackStatus
    {
        LookingBackStatus(
            since: try key("since", .time, \.since), isReading: try key("reading", .flag, \.isReading),
            isCutShort: try key("cut_short", .flag, \.isCutShort))
    }
}

/// Today's counts, for people and programs.
struct TodayCounts {
    let day: DayCounts
    let counts: OutcomeCounts

    init(_ day: DayCounts, _ sinceTheStart: OutcomeCounts) {
        self.day = day
        counts = day.today(sinceTheStart)
    }
}

extension Form where Value == TodayCounts? {
    /// Since when it is counted, and the counts; left out where they are not wanted.
    static var today: Self {
        Form(
            write: { today, key, object in
                guard let today else { return }
                object.addObject(key) { object in
                    object.add("since", today.day.since.iso8601Exact)
                    object.add("since_midnight", .bool(today.day.isWhole))
                    OutcomesDocument.write(today.counts, into: &object)
                }
            },
            read: { _, _ in nil })
    }
}

extension Form where Value == Int {
    /// Any whole number.
    fileprivate static var signed: Self {
        Form(
            write: { $2.add($1, .integer($0)) },
            read: { key, object throws(DocumentProblem) in try object.integer(key) })
    }
}
