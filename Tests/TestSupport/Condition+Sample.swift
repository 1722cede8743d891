// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Rules

/// Short spellings of conditions.
extension Condition {
    package static let callerWithheld = member(Caller(), .withheld)

    package static func callerIs(_ numbers: Set<PhoneNumber>) -> Condition { member(Caller(), .numbers(numbers)) }
    package static func callerBegins(_ prefixes: [PhonePrefix]) -> Condition { member(Caller(), .prefixes(prefixes)) }
    package static func callerListed(file: String, _ numbers: Set<PhoneNumber>) -> Condition {
        member(Caller(), .list(CallerList(file: file, CallerEntries(numbers: numbers))))
    }
    package static func callerCountry(_ countries: Set<String>) -> Condition { member(CallerCountry(), countries) }
    package static func callerLanguage(_ languages: Set<String>) -> Condition { member(CallerLanguage(), languages) }
    package static func contactKnown(_ isKnown: Bool) -> Condition { contactIs(isKnown ? .known : .unknown) }
    package static func contactIs(_ standing: ContactStanding) -> Condition { member(ContactKnown(), [standing]) }
    package static func contact(_ attribute: String, _ values: ContactValues) -> Condition {
        member(ContactAttribute(attribute), values)
    }
    package static func line(_ numbers: Set<PhoneNumber>) -> Condition { member(Line(), numbers) }
    package static func group(_ names: Set<String>) -> Condition { member(LineGroup(), names) }
    package static func lineFact(_ name: String, _ values: ContactValues) -> Condition {
        member(LineFact(name), values)
    }
    package static func callType(_ types: Set<String>) -> Condition { member(CallType(), types) }
    package static func date(_ spans: [DateSpan]) -> Condition { date(spans.map { .span($0) }) }
    package static func date(_ patterns: [DatePattern]) -> Condition { member(Today(), patterns) }
    package static func weekday(_ days: Set<Weekday>) -> Condition { member(DayOfWeek(), days) }
    package static func during(_ hours: Int) -> Condition { .test(.during(OpenHours(hours))) }
    package static func callsFromCaller(_ limit: CallLimit) -> Condition { .test(.calls(CallCount(.caller, limit))) }
    package static func callsToLine(_ limit: CallLimit) -> Condition { .test(.calls(CallCount(.line, limit))) }
    package static func callsFromCallerToLine(_ limit: CallLimit) -> Condition {
        .test(.calls(CallCount(.callerToLine, limit)))
    }
    package static func liveOnLine(moreThan count: Int) -> Condition {
        .test(.liveCalls(LiveCallCount(.line, moreThan: count)))
    }
    package static func liveInGroup(moreThan count: Int) -> Condition {
        .test(.liveCalls(LiveCallCount(.group, moreThan: count)))
    }
    package static func seenBefore(withinSeconds seconds: Int) -> Condition {
        .test(.seenBefore(SeenBefore(within: .seconds(seconds))))
    }
}
