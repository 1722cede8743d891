// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import Screen

extension DashboardState {
    /// How long no call has come to a line; `nil` before its first call.
    func silence(of line: LineStatus) -> Silence? { log.lines.silence(of: line, at: now) }

    /// From this width on the header has room for the name of a silent line.
    private static let roomyColumns = 70

    /// For the header: which lines have been silent for unusually long; `nil` while none has.
    var silentLines: String? {
        let lines = status?.lines ?? []
        let silent = lines.filter { silence(of: $0)?.isUnusual == true }
        guard let first = silent.first, let silence = silence(of: first) else { return nil }
        guard silent.count == 1 else {
            return "\(Text.number(silent.count)) of \(Text.number(lines.count)) lines silent"
        }
        guard size.columns >= Self.roomyColumns else { return "1 line silent" }
        return "\(lines.count == 1 ? "" : "\(Text.name(first)) ")\(silence.shortWords)"
    }

    /// In place of the counts of a line, where it has been silent for unusually long; `nil` elsewhere.
    func silence(of line: LineStatus, width: Int) -> Span? {
        guard let silence = silence(of: line), silence.isUnusual else { return nil }
        let texts = [silence.words, silence.shortWords]
        let duration = DurationText.words(seconds: Int64(silence.seconds))
        return Span(texts.first { DisplayWidth.of($0) <= width } ?? "silent for \(duration)", .late)
    }
}

extension Silence {
    /// The same where there is not enough room.
    fileprivate var shortWords: String {
        let usual = usualSeconds.map { ", usually \(DurationText.words(seconds: Int64($0)))" } ?? ""
        return "silent \(DurationText.words(seconds: Int64(seconds)))\(usual)"
    }
}
