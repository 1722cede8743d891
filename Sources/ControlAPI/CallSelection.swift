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
    var period: Period { filter.period }
}

extension ControlAPI {
    /// How many calls are looked at before another request gets its turn.
    static let mostAtOnce = 1000

    /// Reads `filter`, `since` and `until` of a request.
    func selection(_ request: ControlRequest) throws(ControlFailure) -> CallSelection {
        let setting = dependencies.filters()
        let period = try period(request, setting)
        let filter: CallFilter
        do throws(FilterError) {
            filter = try CallFilter(request.query("filter") ?? "", setting, in: period)
        } catch {
            throw ControlFailure(error.code.rawValue, error.message, at: error.range)
        }
        let facts = FilterFacts(now: clock.now(), lines: dependencies.status().lines)
        return CallSelection(filter: filter, facts: facts)
    }

    /// Reads `since` and `until` of the query.
    func period(_ request: ControlRequest, _ setting: FilterSetting) throws(ControlFailure) -> Period {
        do throws(NotAPeriod) {
            return try Period.read(
                since: request.query("since"), until: request.query("until"), now: setting.now, clock: setting.clock)
        } catch {
            throw ControlFailure(FilterError.Code.badTime.rawValue, "\(error)")
        }
    }
}
