// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ControlServer
import EventLog
import Filters
import Overrides
import WireFormat

/// The calls that a request selects.
struct CallSelection: Sendable {
    let filter: CallFilter
    let facts: FilterFacts

    func finds(_ call: CallRecord) -> Bool { filter.holds(for: call, in: facts) }

    /// The moments between which the calls came, as far as the request sets them.
    var period: (since: Instant?, until: Instant?) {
        var (since, until) = (Instant?.none, Instant?.none)
        for term in filter.terms where !term.isNegated {
            if case .since(let time) = term.condition { since = max(since ?? time, time) }
            if case .until(let time) = term.condition { until = min(until ?? time, time) }
        }
        return (since, until)
    }
}

extension CallFilter {
    /// The filter without the moments between which calls came.
    var withoutPeriod: CallFilter {
        CallFilter(
            terms.filter { term in
                switch term.condition {
                case .since, .until: term.isNegated
                case .from, .to, .group, .state, .answer, .by, .answerTime, .trait, .feature, .text: true
                }
            })
    }
}

extension ControlAPI {
    /// How many calls are looked at before another request gets its turn.
    static let mostAtOnce = 1000

    /// Reads `filter`, `since` and `until` of a request.
    func selection(_ request: ControlRequest) throws(ControlFailure) -> CallSelection {
        let setting = dependencies.filters()
        var filter: CallFilter
        do throws(FilterError) {
            filter = try CallFilter(request.query("filter") ?? "", setting)
        } catch {
            throw ControlFailure(error.code.rawValue, error.message, at: error.range)
        }
        if let since = try time("since", of: request, setting) { filter = filter + CallFilter([.init(.since(since))]) }
        if let until = try time("until", of: request, setting) { filter = filter + CallFilter([.init(.until(until))]) }
        let lines = dependencies.status().lines.map { ($0.number, $0.group) }
        let groups = Dictionary(lines) { first, _ in first }
        return CallSelection(filter: filter, facts: FilterFacts(now: clock.now(), group: { groups[$0] ?? nil }))
    }

    /// Reads a time of the query.
    func time(
        _ name: String, of request: ControlRequest, _ setting: FilterSetting
    ) throws(ControlFailure) -> Instant? {
        guard let text = request.query(name) else { return nil }
        guard let time = MomentText.past(text, now: setting.now, clock: setting.clock) else {
            throw ControlFailure(
                FilterError.Code.badTime.rawValue,
                "\(name): \"\(text)\" is not a time; examples: \(MomentText.pastExamples)")
        }
        return time
    }
}
