// SPDX-License-Identifier: Apache-2.0

/// How far the terminal is with the frames that were written.
///
/// Between here and a terminal there may be a slow link with a large buffer, in which frames wait for seconds and keys after
/// them are answered late. So the terminal is asked after each frame (DSR, `ESC [ 5 n`), and frames are skipped while much of
/// what was written has not been drawn. A terminal that did not answer the question at the start is never asked again.
struct FrameLink {
    /// How many bytes may be on their way when a frame is drawn: about a second at 9600 baud.
    static let mostOnTheWay = 1024
    /// After this many milliseconds an answer is taken for lost: at least, which is the time of a full screen at 9600 baud
    /// and more, and on a slower link.
    static let patience: ClosedRange<Int64> = 6000...20_000

    /// A question, and about how many bytes were written before it.
    private struct Question {
        let bytes: Int
        let at: Int64
    }

    /// The questions without an answer, the oldest first.
    private var unanswered: [Question] = []
    /// How long answers take that take long, in milliseconds.
    private var slowest: Int64 = 0
    /// Whether the terminal has answered.
    private(set) var answers = false

    /// Whether a frame should be followed by a question.
    var asks: Bool { answers }

    /// Notes a question, and about how many bytes were written before it.
    mutating func asked(after bytes: Int, at now: Int64) {
        // Answers that come nevertheless find no question once the screen rests.
        if let first = unanswered.first, now - first.at > patience { unanswered = [] }
        unanswered.append(Question(bytes: bytes, at: now))
    }

    mutating func answered(at now: Int64) {
        answers = true
        guard let first = unanswered.first else { return }
        slowest = max(now - first.at, slowest * 7 / 8)
        unanswered.removeFirst()
    }

    private var patience: Int64 {
        min(max(slowest * 4, Self.patience.lowerBound), Self.patience.upperBound)
    }

    /// Begins again, for a terminal that was away.
    mutating func reset() { unanswered = [] }

    /// How many answers are still to come.
    var open: Int { unanswered.count }

    /// How long no frame should be drawn unless an answer comes, in milliseconds; `nil` if one may be drawn now.
    func wait(at now: Int64) -> Int64? {
        guard answers, let last = unanswered.last, unanswered.reduce(0, { $0 + $1.bytes }) > Self.mostOnTheWay
        else { return nil }
        let left = last.at + patience - now
        return left > 0 ? left : nil
    }
}

extension TerminalSession {
    /// How long no frame should be drawn, since the terminal has not drawn those before; `nil` if one may be drawn now.
    package var frameWait: Int? { link.wait(at: TerminalSession.milliseconds).map { Int($0) } }
}
