// SPDX-License-Identifier: Apache-2.0

import Calls
import Filters
import TestSupport
import Testing

extension FilterSetting {
    /// Wednesday 2026-07-01 12:00 in a zone two hours ahead of UTC.
    static let sample = FilterSetting(
        now: .at("2026-07-01T10:00:00Z"), clock: .fixed(7200), plan: DutchPlan(), country: "NL")
}

/// Reads `0` and nine digits as a Dutch number.
private struct DutchPlan: NumberingPlan {
    func number(dialled digits: String, country: String?) -> PhoneNumber? {
        if digits.hasPrefix("+") { return PhoneNumber(digits) }
        return digits.hasPrefix("0") && country == "NL" ? PhoneNumber("+31" + digits.dropFirst()) : nil
    }
    func origin(of number: PhoneNumber) -> NumberOrigin? { nil }
    func isValid(_ number: PhoneNumber) -> Bool { number.length == 11 }
}

/// Reads `0` and nine digits as a Dutch or a Belgian number, of which those with a 6 in front are in both countries.
private struct LowCountriesPlan: NumberingPlan {
    func number(dialled digits: String, country: String?) -> PhoneNumber? {
        if digits.hasPrefix("+") { return PhoneNumber(digits) }
        guard digits.hasPrefix("0"), let code = country.flatMap({ ["NL": "+31", "BE": "+32"][$0] }) else { return nil }
        return PhoneNumber(code + digits.dropFirst())
    }
    func origin(of number: PhoneNumber) -> NumberOrigin? { nil }
    func isValid(_ number: PhoneNumber) -> Bool {
        number.length == 11 && (number.description.hasPrefix("+31") || number.description.hasPrefix("+326"))
    }
}

@Suite struct FilterReadingTests {
    /// The filter in its own language, or what its mistake says.
    @Test(arguments: [
        Row("in both", ["0612345678", "NL", "BE"], "several countries; write +31612345678 or +32612345678"),
        Row("in one of them", ["0201234567", "BE", "NL"], "from:=+31201234567"),
        Row("with spaces", ["020 123 45 67", "BE", "NL"], "from:=+31201234567"),
        Row("in the only one", ["0612345678", "NL"], "from:=+31612345678"),
        Row("in none", ["0201234567", "BE"], "from:=\"0201234567\""),
        Row("without a country", ["0612345678"], "write it with its country code"),
        Row("with its country code", ["+31612345678", "NL", "BE"], "from:=+31612345678"),
        Row("with two zeros", ["0031612345678", "NL", "BE"], "from:=+31612345678"),
        Row("too short for one", ["0800", "NL", "BE"], "from:=\"0800\""), Row("a name", ["jan"], "from:=\"jan\""),
    ])
    func aNationalNumberIsOfTheCountriesOfTheDesk(_ row: Row<[String], String>) {
        let setting = FilterSetting(
            now: .sample, clock: .fixed(0), plan: LowCountriesPlan(), country: nil,
            countries: Array(row.input.dropFirst()))
        let text = "from:\"=\(row.input[0])\""
        do throws(FilterError) {
            #expect(try CallFilter(text, setting).description == row.expected)
        } catch {
            #expect(error.code == .badNumber && error.message.hasSuffix(row.expected), "\(error)")
            #expect(error.range == 6..<text.unicodeScalars.count)
        }
    }

    @Test func whereCountriesAreNotKnownYetANationalNumberIsNoMistake() throws {
        let setting = FilterSetting(now: .sample, clock: .fixed(0), plan: LowCountriesPlan(), country: nil)
        #expect(try CallFilter("from:=0612345678", setting).description == "from:=\"0612345678\"")
    }

    @Test(
        "a word is added or taken out, and the rest stays as it was typed",
        arguments: [
            Row("to nothing", "", "is:bad"), Row("to one", "from:+49", "from:+49 is:bad"),
            Row("the only one", "is:bad", ""), Row("the first", "is:bad  from:+49", "from:+49"),
            Row("the last", "from:+49 is:bad", "from:+49"), Row("twice", "is:bad x is:bad", "x"),
            Row("between", "to:\"front  desk\" is:bad since:10m", "to:\"front  desk\" since:10m"),
            Row("a quoted one is a text", "\"is:bad\"", "\"is:bad\" is:bad"),
            Row("beside a number in words", "06 12345678", "\"06 12345678\" is:bad"),
            Row("a negated one is another", "-is:bad", "-is:bad is:bad"),
        ])
    func togglesAWord(row: Row<String, String>) throws {
        #expect(try CallFilter.toggling("is:bad", in: row.input) == row.expected)
        _ = try CallFilter(row.expected, .sample)
    }

    /// What a filter is read as, in its own language.
    static let readings = [
        Row("nothing", "", ""), Row("only spaces", " \t ", ""),
        Row("a prefix", "from:+49", "from:+49"), Row("a key in capitals", "FROM:+49", "from:+49"),
        Row("an alias", "caller:+49 line:desk", "from:+49 to:\"desk\""),
        Row("a national number", "from:0612345678", "from:+31612345678"),
        Row("a national number with spaces", "from:06 1234 5678 is:bad", "from:+31612345678 is:bad"),
        Row("a number in quotation marks", "from:\"06-1234 5678\"", "from:+31612345678"),
        Row("an international number with 00", "from:0031612345678", "from:+31612345678"),
        Row("a zero in brackets", "from:\"+31 (0)6 12345678\"", "from:+31612345678"),
        Row("the end of a number", "from:45678", "from:\"45678\""),
        Row("a withheld number", "from:withheld", "from:withheld"),
        Row("its other word", "from:anonymous", "from:withheld"),
        Row("a quoted name", "to:\"front desk\"", "to:\"front desk\""),
        Row("quotation marks around all", "\"to:front desk\"", "\"to:front desk\""),
        Row("an escaped quotation mark", #""say \"hi\" \\""#, #""say \"hi\" \\""#),
        Row("a group", "group:amsterdam", "group:\"amsterdam\""),
        Row("a state", "state:failed", "state:failed"),
        Row("a state as on screen", "state:\"no news\"", "state:no-news"),
        Row("a status of the platform", "state:transferred", "state:\"transferred\""),
        Row("another status", "state:\"on-hold\"", "state:\"on-hold\""),
        Row("an answer", "answer:rejected", "answer:rejected"), Row("no answer", "answer:none", "answer:none"),
        Row("words of an answer", "answer:\"Hello Jan\"", "answer:\"Hello Jan\""),
        Row("a decider", "by:vip", "by:\"vip\""), Row("a replica", "replica:eu-2", "replica:\"eu-2\""),
        Row("slower", "ms:500..", "ms:500.."), Row("faster", "ms:..20", "ms:..20"),
        Row("a span", "ms:100..500", "ms:100..500"), Row("more", "ms>500", "ms:500.001.."),
        Row("at least", "ms>=500", "ms:500.."), Row("less", "ms<20", "ms:..19.999"),
        Row("at most", "ms<=20", "ms:..20"),
        Row("exactly", "ms:12", "ms:12..12.999"), Row("seconds", "ms:1s..", "ms:1000.."),
        Row("the most", "ms>999999999", "ms:100000000.."),
        Row("ten minutes", "since:10m", "since:2026-07-01T09:50:00.000Z"),
        Row("ten minutes ago", "since:\"10m ago\"", "since:2026-07-01T09:50:00.000Z"),
        Row("a time today", "until:11:30", "until:2026-07-01T09:30:00.000Z"),
        Row("a time that is not over", "until:14:30", "until:2026-06-30T12:30:00.000Z"),
        Row("yesterday", "since:yesterday", "since:2026-06-29T22:00:00.000Z"),
        Row("yesterday at a time", "since:yesterday 18:00", "since:2026-06-30T16:00:00.000Z"),
        Row("a weekday", "since:mon", "since:2026-06-28T22:00:00.000Z"),
        Row("today's weekday", "since:wednesday", "since:2026-06-30T22:00:00.000Z"),
        Row("a weekday at a time", "since:\"wed 13:00\"", "since:2026-06-24T11:00:00.000Z"),
        Row(
            "an end that is to come", "since:11:00 until:12:30",
            "since:2026-07-01T09:00:00.000Z until:2026-07-01T10:30:00.000Z"),
        Row(
            "the night", "since:18:00 until:8:00", "since:2026-06-30T16:00:00.000Z until:2026-07-01T06:00:00.000Z"),
        Row(
            "nearly a day that is over", "since:14:30 until:14:00",
            "since:2026-06-30T12:30:00.000Z until:2026-07-01T12:00:00.000Z"),
        Row(
            "an end that is not", "since:11:00 not:until:10:00",
            "since:2026-07-01T09:00:00.000Z not:until:2026-07-01T08:00:00.000Z"),
        Row("a date", "since:2026-06-02", "since:2026-06-01T22:00:00.000Z"),
        Row("a date and a time", "since:2026-06-02 10:00", "since:2026-06-02T08:00:00.000Z"),
        Row("a time with a zone", "since:2026-06-02T10:00+05:00", "since:2026-06-02T05:00:00.000Z"),
        Row("traits and features", "is:bad is:not-applied has:note", "is:bad is:not-applied has:note"),
        Row("a trait as on screen", "is:not_applied", "is:not-applied"),
        Row("not", "not:test", "not:\"test\""), Row("a dash", "-test", "not:\"test\""),
        Row("not with a key", "not:from:+49 -is:bad", "not:from:+49 not:is:bad"),
        Row("twice not", "not:not:is:bad", "is:bad"),
        Row("words", "jan \"de vries\"", "\"jan\" \"de vries\""),
        Row("a number as words", "06 1234 5678", "\"06 1234 5678\""),
        Row("a number with an extension", "06-12345678 x12", "\"06-12345678 x12\""),
        Row("a number and a word", "0612345678 jan", "\"0612345678\" \"jan\""),
        Row("a number and a key", "0612345678 is:bad ms:500..", "\"0612345678\" is:bad ms:500.."),
        Row("a number as a URI", "tel:+31612345678 is:bad", "\"tel:+31612345678\" is:bad"),
        Row("a caller's URI", "from:sip:0612345678@host", "from:\"612345678\""),
        Row("other dashes", "from:+31\u{2011}6\u{2011}12345678", "from:+31612345678"),
        Row("a time as a word", "14:30", "\"14:30\""), Row("a lone dash", "-", "\"-\""),
        Row("a comparison of other words", "a>b", "\"a>b\""),
        Row("exactly a national number", "from:=0612345678", "from:=+31612345678"),
        Row("exactly, with spaces", "from:\"=+31 6 1234 5678\"", "from:=+31612345678"),
        Row("exactly a name", "from:=jan", "from:=\"jan\""),
        Row("the zero of a national number", "from:\"+31 (0)6\"", "from:+316"),
        Row("digits of full width", "from:６１２", "from:\"612\""),
        Row("Arabic digits", "from:٦١٢", "from:\"612\""),
        Row("not with a dash", "not:-is:bad", "is:bad"), Row("a dash with not", "-not:is:bad", "is:bad"),
        Row("a status in progress", "state:in-progress", "state:live"),
        Row("a status with an error", "state:ended-with-error", "state:failed"),
    ]

    @Test(arguments: readings) func reads(_ row: Row<String, String>) throws {
        let filter = try CallFilter(row.input, .sample)
        #expect(filter.description == row.expected)
        #expect(try CallFilter(filter.description, .sample) == filter)
    }

    /// The code, the wrong part, and what the message says to write instead.
    static let mistakes: [Row<String, (FilterError.Code, Range<Int>, String)>] = [
        Row("a key", "is:bad form:+49", (.unknownKey, 7..<11, "did you mean \"from:\"")),
        Row("no key at all", "xyzzy:1", (.unknownKey, 0..<5, "quotation marks")),
        Row("a negated key", "-stat:live", (.unknownKey, 1..<5, "did you mean \"state:\"")),
        Row("no value", "from:", (.missingValue, 0..<5, "from:+49")),
        Row("an empty value", "from:\"\"", (.missingValue, 0..<7, "from:+49")),
        Row("an empty word", "\"\"", (.missingValue, 0..<2, "empty")),
        Row("nothing after not", "not:", (.missingValue, 0..<4, "empty")),
        Row("a state", "state:faild", (.unknownValue, 6..<11, "did you mean \"failed\"")),
        Row("no state at all", "state:xyzzy", (.unknownValue, 6..<11, "quotation marks")),
        Row("an answer", "answer:reject", (.unknownValue, 7..<13, "did you mean \"rejected\"")),
        Row("a trait", "is:badd", (.unknownValue, 3..<7, "did you mean \"bad\"")),
        Row("a feature", "has:xyzzy", (.unknownValue, 4..<9, "note")),
        Row("a number", "from:+49x", (.badNumber, 5..<9, "+49")),
        Row("no country", "from:+0123", (.badNumber, 5..<10, "+49")),
        Row("a time", "since:25:99", (.badTime, 6..<11, "yesterday 18:00")),
        Row("a bare count", "since:10", (.badTime, 6..<8, "10m")),
        Row(
            "an end before the beginning", "is:bad since:11:30 until:11:00",
            (.badTime, 19..<30, "found 2026-07-01 11:30:00 to 2026-07-01 11:00:00")),
        Row("in front of it", "until:11:00 since:11:30", (.badTime, 0..<11, "must end after it begins")),
        Row("yesterday", "since:yesterday 18:00 until:yesterday 09:00", (.badTime, 22..<43, "2026-06-30 09:00:00")),
        Row("durations", "since:10m until:2h", (.badTime, 10..<18, "must end after")),
        Row("dates", "since:2026-06-03 until:2026-06-02", (.badTime, 17..<33, "must end after")),
        Row("a duration and a time", "since:10m until:2026-07-01T09:00+02:00", (.badTime, 10..<38, "must end after")),
        Row("the same moment", "since:2026-06-03 until:2026-06-03", (.badTime, 17..<33, "must end after")),
        Row("a range", "ms:fast", (.badRange, 3..<7, "ms:500..")),
        Row("a range the wrong way round", "ms:500..100", (.badRange, 3..<11, "ms:500..")),
        Row("a range without ends", "ms:..", (.badRange, 3..<5, "ms:500..")),
        Row("less than nothing", "ms<0", (.badRange, 2..<4, "ms:500..")),
        Row("a comparison", "from>5", (.unknownKey, 0..<6, "from:+49")),
        Row("a quotation mark", "to:\"front desk", (.unclosedQuote, 3..<14, "not closed")),
        Row("wide characters in front", "東京 is:badd", (.unknownValue, 6..<10, "bad")),
        Row("too many terms", String(repeating: "a ", count: 65), (.tooLong, 128..<129, "64")),
        Row("too long", String(repeating: "a", count: 2001), (.tooLong, 0..<2001, "2000")),
    ]

    @Test(arguments: mistakes) func namesTheMistake(_ row: Row<String, (FilterError.Code, Range<Int>, String)>) {
        do throws(FilterError) {
            let filter = try CallFilter(row.input, .sample)
            Issue.record("it was read as \(filter)")
        } catch {
            #expect(error.code == row.expected.0)
            #expect(error.range == row.expected.1)
            #expect(error.message.contains(row.expected.2), "\(error.message)")
        }
    }

    /// A filter with the period of `--since` and `--until`, or the part of it that is wrong.
    @Test(
        arguments: [
            Row(
                "a time after the beginning", ("until:12:30", Period(since: .at("2026-07-01T09:00:00Z"))),
                "until:2026-07-01T10:30:00.000Z since:2026-07-01T09:00:00.000Z"),
            Row("an end before it", ("is:bad until:11:00", Period(since: .at("2026-07-01T09:30:00Z"))), "7..<18"),
            Row("a beginning after the end", ("since:11:30", Period(until: .at("2026-07-01T09:00:00Z"))), "0..<11"),
        ] as [Row<(String, Period), String>])
    func theEndOfAPeriodIsAfterItsBeginning(_ row: Row<(String, Period), String>) {
        do throws(FilterError) {
            let filter = try CallFilter(row.input.0, .sample, in: row.input.1)
            #expect(filter.description == row.expected)
        } catch {
            #expect("\(error.range)" == row.expected && error.code == .badTime, "\(error)")
        }
    }

    /// Arguments of a shell, and the filter that they are.
    static let arguments = [
        Row("a term each", ["from:+49", "is:bad"], "from:+49 is:bad"),
        Row("a phrase", ["free words"], "\"free words\""),
        Row("a value with a space", ["to:front desk", "is:bad"], "to:\"front desk\" is:bad"),
        Row("a negated value with a space", ["not:to:front desk"], "not:to:\"front desk\""),
        Row("a time with a space", ["since:yesterday 18:00"], "since:2026-06-30T16:00:00.000Z"),
        Row("a whole filter", ["from:+49 state:failed"], "from:+49 state:failed"),
        Row("a filter with its own quotation marks", ["to:\"front desk\" is:bad"], "to:\"front desk\" is:bad"),
        Row("a number", ["06 1234 5678"], "\"06 1234 5678\""),
        Row("a state with a space", ["state:no news"], "state:no-news"),
        Row("a text with a time", ["call at 14:30"], "\"call at 14:30\""),
        Row("a text that ends a sentence", ["note: call back"], "\"note: call back\""),
    ]

    @Test(arguments: [
        Row("a mistyped key behind a text", ["sales form:+31"], "did you mean \"from:\""),
        Row("a negated one", ["sales not:form:+31"], "did you mean \"from:\""),
        Row("in front of a text", ["form:+31 sales"], "did you mean \"from:\""),
        Row("behind a value", ["to:front form:+31"], "did you mean \"from:\""),
        Row("a mistyped value", ["is:baad sales"], "did you mean \"bad\""),
    ])
    func aMistakeInOneArgumentIsSaid(_ row: Row<[String], String>) {
        do throws(FilterError) {
            let filter = try CallFilter(FilterArguments.joined(row.input), .sample)
            Issue.record("it was read as \(filter)")
        } catch {
            #expect(error.message.contains(row.expected), "\(error.message)")
        }
    }

    @Test(arguments: arguments) func putsQuotationMarksBack(_ row: Row<[String], String>) throws {
        #expect(try CallFilter(FilterArguments.joined(row.input), .sample).description == row.expected)
    }

    /// Any text is read, or named as wrong within its bounds; what was read is printed so that it reads the same.
    @Test func whatIsPrintedReadsTheSame() {
        var random = SeededGenerator(seed: 15)
        let pieces =
            FilterKey.all.flatMap { [$0.example, $0.name + ":"] } + [
                " ", " ", "\"", "\\", "-", "not:", ":", "ms>", "..", "+31", "06 1234 5678", "14:30", "yesterday ", "\n",
                "é",
                "e\u{301}", "\u{202E}", "東京", "0", "９", "999999999", "a", "no news", "NOT:", "\u{FEFF}", "80612345678",
            ]
        var count = 0
        for _ in 0..<(Thoroughness.isFull ? 50_000 : 3000) {
            let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined()
            do throws(FilterError) {
                let filter = try CallFilter(text, .sample)
                let printed = filter.description
                let again = try CallFilter(printed, .sample)
                #expect(again == filter && again.description == printed, "\(text.debugDescription) → \(printed)")
                count += 1
            } catch {
                #expect(0...text.unicodeScalars.count ~= error.range.upperBound, "\(text.debugDescription): \(error)")
            }
        }
        #expect(count > 500)
    }
}
