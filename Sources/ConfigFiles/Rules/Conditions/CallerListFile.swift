// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// A file with one caller a line: `+31612345678`, `+4930*`, `+31201234500-99`, `withheld`, with an end and a remark if
/// wanted: `+31612345678 until 2026-12-31  # moves away`.
struct CallerListFile {
    private(set) var entries = CallerEntries()
    /// The lines that are not used, or that may mean something else, in the order of the file.
    private(set) var problems: [Problem] = []
    /// What the file is instead of a list.
    private(set) var foreign: ForeignFile?

    /// In longer files, numbers in E.164 form are taken as they are: whether each exists takes tens of microseconds.
    private static let mostChecked = 20_000

    /// What is wrong with a line.
    struct Problem {
        let line: Int
        let code: Diagnostic.Code
        let message: String
    }

    init(_ bytes: [UInt8], country: String?, plan: any NumberingPlan) {
        foreign = ForeignFile(of: bytes)
        guard foreign == nil else { return }
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.drop { $0 == "\u{FEFF}" }.split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let isLong = lines.count > Self.mostChecked
        for (index, line) in lines.enumerated() {
            let entry = line.prefix { $0 != "#" }.trimmed
            guard !entry.isEmpty else { continue }
            if isLong, let number = PhoneNumber(entry), number.isAsDialledAnywhere {
                entries.add(number)
            } else {
                read(entry, index + 1, country, plan)
            }
        }
    }

    private mutating func read(_ text: Substring, _ line: Int, _ country: String?, _ plan: any NumberingPlan) {
        guard let (callers, last) = Self.end(of: text) else {
            return note(line, .invalidDate, text, "the date is wrong; write it like until 2026-12-31")
        }
        let separators = callers.last.map { ",;".contains($0) } ?? false
        let spelled = String(separators ? callers.dropLast().trimmed : callers)
        let entry = plan.callers(spelled, country: country)
        if case .unreadable(.several) = entry {
            for reading in plan.numbers(in: spelled, country: country) {
                add(CallerEntry(reading), spelled, line, until: last, plan)
            }
            return
        }
        add(entry, spelled, line, until: last, plan)
    }

    private mutating func add(
        _ entry: CallerEntry, _ text: String, _ line: Int, until last: CivilDate, _ plan: any NumberingPlan
    ) {
        switch entry {
        case .number(let number, let remark):
            entries.add(number, until: last)
            if let remark { return note(line, .ambiguousNumber, text[...], remark.words(for: number)) }
            guard let country = plan.countryWithout(number) else { return }
            let place = country.isEmpty ? "" : " in \(country)"
            note(
                line, .noSuchNumber, text[...],
                "\(number) does not exist\(place)\(number.adviceForPrefix(writtenAs: text))")
        case .prefix(let prefix): entries.add(prefix, until: last)
        case .range(let range): entries.add(range, until: last)
        case .withheld: entries.addWithheld(until: last)
        case .unreadable(.letters):
            note(line, .notANumber, text[...], "this is not a phone number; a remark begins with #")
        case .unreadable(let problem): note(line, .notANumber, text[...], "\(problem); \(problem.advice)")
        }
    }

    /// Takes `until 2026-12-31` off the end of an entry; `nil` if the date is wrong.
    private static func end(of text: Substring) -> (callers: Substring, last: CivilDate)? {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let place = words.lastIndex(where: { $0.lowercased() == "until" }), place > 0 else {
            return (text, .distantFuture)
        }
        guard words.count == place + 2, let last = CivilDate(words[place + 1]) else { return nil }
        return (text[..<words[place].startIndex].trimmed, last)
    }

    private mutating func note(_ line: Int, _ code: Diagnostic.Code, _ text: Substring, _ message: String) {
        problems.append(Problem(line: line, code: code, message: "\"\(text.prefix(40))\": \(message)"))
    }
}
