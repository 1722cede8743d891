// SPDX-License-Identifier: Apache-2.0

import Calls
import TestSupport

extension [CallSample] {
    /// A morning: calls every twenty seconds or so on four lines, most answered within a tenth of a millisecond.
    static let busy: [CallSample] = (0..<400).map { index in
        let lines = ["+31201234567", "+31201234567", "+31850835037", "+31201234568", "+31201234567", "+31600000000"]
        let wave = Double((index * 37) % 100) / 100
        let times: UInt64 = index % 133 == 0 ? 4_001_000 : index % 29 == 0 ? 180_000 : 40 + UInt64(wave * wave * 900)
        let call = CallSample("b-\(index)", from: "+3161\(1_000_000 + index)", at: Double(index) * 19 + wave * 15)
            .with(\.to, lines[index % lines.count]).with(\.microseconds, times)
        switch index % 11 {
        case 0: return call.rejected(by: .hours("office"))
        case 1: return call.standard().ended()
        case 2 where index % 3 == 0:
            return call.live().then(.status(.endedWithError, reason: "no voice"), after: 9)
        case 3: return call.with(\.by, .rule("german speakers")).live().ended()
        case 4: return call.standard(by: index % 133 == 0 ? .deadline : .otherwise).ended()
        default: return index > 396 ? call.live() : call.live().ended(seconds: 60 + index)
        }
    }
}
