// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

extension DetailPage {
    /// The mark of a call and its notes, with who and when; none where there are none.
    func remarks(of call: CallRecord) -> [StyledLine] {
        call.remarks.flatMap { remark in
            let who = "\(CleanText.clean(remark.by)), \(clock.local(remark.at).words)"
            guard let text = remark.text else { return wrapped("\(glyphs.marked) marked by \(who)", as: .marked) }
            let lines = wrapped(text, indent: 2)
            return [StyledLine([Span("\(glyphs.note) ", .marked), Span("note of \(who):", .muted)])] + lines
        }
    }
}

extension CallRecord {
    /// The sign of what operators said of the call: its mark, else that it has notes; `nil` for neither.
    func remarkSign(_ glyphs: Glyphs) -> String? {
        isMarked ? glyphs.marked : hasNote ? glyphs.note : nil
    }
}
