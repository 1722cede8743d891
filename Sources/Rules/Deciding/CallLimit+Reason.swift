// SPDX-License-Identifier: Apache-2.0

extension CallLimit {
    /// Says how a count compares with the limit.
    func reason(_ count: Int, of whose: String) -> String {
        let time = ElapsedText.of(seconds: withinSeconds)
        if count > moreThan { return "more than \(moreThan) of \(whose) calls came within \(time)" }
        return "this is call \(count) of \(whose) calls within \(time), \(moreThan) are allowed"
    }
}
