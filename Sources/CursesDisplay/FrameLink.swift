// SPDX-License-Identifier: Apache-2.0

/// How far the terminal is with the frames that were written.
///
/// Between here and a terminal there may be a slow link with a large buffer, in which frames wait for seconds and keys after
/// them are answered late. So the terminal is asked after each frame (DSR, `ESC [ 5 n`), and frames are skipped while much of
/// what was written has not been drawn. It is asked no more once a large frame was drawn quickly, since an answer that comes
/// after the end would be typed into the shell; and one that did not answer at the start is left alone.
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

    /// How long the end of a session waits for answers, in milliseconds: of a terminal that has never answered, and of one
    /// that has, at least and at most.
    static let firstLastWait: Int64 = 1000
    static let lastWait: ClosedRange<Int64> = 1000...5000

    /// The questions without an answer, the oldest first.
    private var unanswered: [Question] = []
    /// How long answers take that take long, in milliseconds.
    private var slowest: Int64 = 0
    /// Whether the terminal has answered.
    private(set) var answers = false
    /// Whether a large frame was drawn quickly.
    private var isFast = false
    private var hasAskedAfterFrame = false
    /// How many answers have not come, those that were given up included: they may come late.
    private(set) var missing = 0
    private var lastAskedAt: Int64?

    /// A frame that is drawn within this many milliseconds came over a fast link.
    static let quick: Int64 = 250

    /// Whether a frame should be followed by a question.
    var asks: Bool { !isFast && (answers || !hasAskedAfterFrame) }

    /// Notes a question, and about how many bytes were written before it.
    mutating func asked(after bytes: Int, at now: Int64) {
        // Answers that come nevertheless find no question once the screen rests.
        if let first = unanswered.first, now - first.at > patience { unanswered = [] }
        unanswered.append(Question(bytes: bytes, at: now))
        missing += 1
        lastAskedAt = now
        if bytes > 0 { hasAskedAfterFrame = true }
    }

    mutating func answered(at now: Int64) {
        answers = true
        missing = max(0, missing - 1)
        guard let first = unanswered.first else { return }
        slowest = max(now - first.at, slowest * 7 / 8)
        if first.bytes > Self.mostOnTheWay, now - first.at <= Self.quick { isFast = true }
        unanswered.removeFirst()
    }

    private var patience: Int64 {
        min(max(slowest * 4, Self.patience.lowerBound), Self.patience.upperBound)
    }

    /// Begins again, for a terminal that was away.
    mutating func reset() {
        unanswered = []
        missing = 0
    }

    /// How long the end of a session waits for the answers that are missing, in milliseconds: twice as long as they take, and
    /// not for those that are lost.
    func lastWait(at now: Int64) -> Int64 {
        guard missing > 0, let lastAskedAt else { return 0 }
        guard answers else { return max(0, lastAskedAt + Self.firstLastWait - now) }
        let usual = min(max(slowest * 2, Self.lastWait.lowerBound), Self.lastWait.upperBound)
        return max(0, min(usual, lastAskedAt + patience - now))
    }

    /// How long no frame should be drawn unless an answer comes, in milliseconds; `nil` if one may be drawn now.
    func wait(at now: Int64) -> Int64? {
        guard answers, !isFast, let last = unanswered.last, unanswered.reduce(0, { $0 + $1.bytes }) > Self.mostOnTheWay
        else { return nil }
        let left = last.at + patience - now
        return left > 0 ? left : nil
    }
}

extension TerminalSession {
    /// How long no frame should be drawn, since the terminal has not drawn those before; `nil` if one may be drawn now.
    package var frameWait: Int? { link.wait(at: TerminalSession.milliseconds).map { Int($0) } }
}
