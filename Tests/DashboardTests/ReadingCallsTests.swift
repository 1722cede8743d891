// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Screen
import TestSupport
import Testing

/// A dashboard that does not know the calls yet does not say that there are none.
@Suite struct ReadingCallsTests {
    @Test(arguments: Size.golden)
    func nothingIsSaidOfCallsThatAreStillRead(size: Size) {
        var state = DashboardState.sample(size: size, isAttached: true, status: .countingToday)
        state.receive(.logChanged(.empty, isReading: true))
        #expect(state.text.contains("Reading the calls."))
        for words in ["no calls", "Waiting for calls", "Put a proxy", "today 1", "calls 0"] {
            #expect(!state.text.contains(words), "\(words)\n\(state.text)")
        }
        state.receive(.logChanged(EventLog.sample([]).snapshot()))
        #expect(state.text.contains("Waiting for calls"))
        state.receive(.logChanged(EventLog.sample(.varied).snapshot()))
        #expect(state.text.contains("+31612345678"))
    }
}
