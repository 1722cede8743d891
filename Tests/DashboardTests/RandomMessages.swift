// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Dashboard
import EventLog
import Screen
import TestSupport

/// Everything that a dashboard may be sent, in an order that a seed decides; texts from outside are hostile.
struct RandomMessages {
    private var random: SeededGenerator
    private let log = EventLog.sample([CallSample].hostile, keep: 30)
    /// Whether the dashboard shows a record.
    let isOfRecord: Bool

    init(seed: UInt64, isOfRecord: Bool) {
        random = SeededGenerator(seed: seed)
        self.isOfRecord = isOfRecord
    }

    /// A dashboard before the first message.
    var start: DashboardState {
        isOfRecord ? .sample(showing: .sample(calls: .hostile)) : .sample(calls: .hostile)
    }

    private static let keys: [Key] =
        "coguljktrkpJKFGnN/?eq12345yxiw s:m;fb.C<>TPaBAxrt[]{}!".map(Key.character)
        + [
            .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp,
            .pageDown, .control("d"), .control("u"), .control("w"), .control("k"), .control("a"), .control("z"),
            .control("l"), .control("c"), .function(1), .character("東"), .character("\u{301}"),
            .character("\u{202E}"),
        ]

    /// What takes more keys than chance would find.
    private static let typed = [
        "fis:bad from:+31<enter>", "fis:rejectet", "f<up><down>x<esc>", "fto:\"\u{202E}\"<enter>", "b<esc>", ".",
        "m", ";late \u{202E}東<enter>", ";<esc>", "<enter>m;x<enter>", ":mark<enter>", ":save-filter 東\u{7}<enter>",
        "C <<>>su<esc>", "Cjjj <end> <esc>", ":columns caller,state,took<enter>", ":columns \u{9B}<enter>",
        ":columns<enter>",
        ":sort took<enter>", ":sort took<enter>:sort took<enter>", ":sort<enter>", "Tjjk<enter>", "T<end><esc>",
        ":theme night<enter>", ":theme nigth<enter>", "yj<enter>", "y<end><enter>", "y3", ":mouse on<enter>",
        ":alarm bell<enter>", ":mask<enter>", "P", "/front<enter>nN", "/\u{1B}<esc>", ":re<tab><enter>",
        ":<up><up><enter>",
        ":note Carrier \u{202E}<enter>", ":at 14:02<enter>", ":at \u{9B}<enter>", "[", "]", "{", "}", "?<pgdn>",
        "a<end>",
        "i<end>", "w", "!", "<enter>1234", "<enter>5<end>", "<tab>jj<enter>", "e<down><tab><enter>",
        "e<end>\u{202E}.csv<enter>",
        "cu1645<tab><tab>", "cyclose<enter>", "cl<right><right>y", "ok<right>", "gHoi 東<enter>y", "gx", "uyundo<enter>",
        "Bu<right><enter>y", "Ax", "x<tab><tab>mon 9:00<enter>", "xnobody<tab>\u{9B}<enter>", "t<enter>y", "r",
        "q<esc>",
        "<^z><esc>", "p", "F", "G",
    ]

    /// The next message, or the messages of keys that belong together.
    mutating func next(_ step: Int) -> [DashboardMessage] {
        switch Int.random(in: 0..<32, using: &random) {
        case 0: [.resized(size)]
        case 1, 2: [.logChanged(nextLog(step))]
        case 3: [.status(Self.status(step))]
        case 4: [.tick(.sample.advanced(bySeconds: Int64(step) * 7))]
        case 5: [.paste("東京\n\u{1B}]52;c;x\u{07} y")]
        case 6: [outcome(step)]
        case 7: [.idle]
        case 8, 9: [.mouse(mouse)]
        case 10: [.settings(Self.settings(step))]
        case 11: [.themes(step % 3 == 0 ? [] : .offered)]
        case 12: [.burst((0..<step % 9).map { _ in key })]
        case 13: [.contact(step % 2 == 0 ? .lost(since: .sample) : .regained(isOtherRun: step % 3 == 0))]
        case 14: [.interrupted]
        case 15 where isOfRecord: [.recordMoved(frame(step))]
        case 15...21:
            Key.typed(Self.typed.randomElement(using: &random) ?? "").map(DashboardMessage.key)
        default: [.key(key)]
        }
    }

    private var key: Key { mutating get { Self.keys.randomElement(using: &random) ?? .enter } }

    private var size: Size {
        mutating get {
            Size(columns: .random(in: 0...160, using: &random), rows: .random(in: 0...40, using: &random))
        }
    }

    private var mouse: MouseEvent {
        mutating get {
            MouseEvent(
                MouseEvent.Kind.allCases.randomElement(using: &random) ?? .press,
                row: .random(in: -1...40, using: &random), column: .random(in: -1...110, using: &random))
        }
    }

    private func nextLog(_ step: Int) -> LogSnapshot {
        let call = [CallSample].hostile[step % 8].with(\.id, "r-\(step % 60)").with(\.at, Double(step))
        call.record(in: log)
        if step % 5 == 0 {
            // The log changes only by marks and notes that somebody made elsewhere.
            for sample in [CallSample].marked { sample.record(in: log) }
        }
        return step % 11 == 0 ? .desk(before: .hostile, news: .hostile) : log.snapshot()
    }

    private func frame(_ step: Int) -> RecordFrame {
        switch step % 4 {
        case 0: .unknown
        case 1: .sample(at: Int64(step), calls: [], status: nil)
        case 2: .sample(at: Int64(step), calls: .hostile, status: Self.status(step), remarks: ["\u{1B}[2J 東\u{202E}"])
        default: RecordFrame.sample(at: Int64(step)).saying("\u{9B}31m anna\nclosed 東")
        }
    }

    private func outcome(_ step: Int) -> DashboardMessage {
        let outcomes: [DashboardMessage] = [
            .overrideResult(.refused("no\nroom")), .overrideResult(.done(.sample)),
            .notify(OperatorMessage("\u{9B}1m", details: ["a\u{1B}b", ""])), .exported(.exists(path: "a\u{0}b")),
            .exported(.written(path: "\u{202E}", calls: step, evicted: step % 2)), .exported(.failed("\u{1B}c")),
            .explained(Self.explanation(step)),
        ]
        return outcomes[step % outcomes.count]
    }

    private static func explanation(_ step: Int) -> CallExplanation {
        let former = CallToExplain.Former(at: .sample, by: "\u{1B}[2J", words: "東\u{202E}", reply: [])
        return CallExplanation(
            CallToExplain(from: "\u{9B}1m", to: "東", at: step % 3 == 0 ? .sample : nil, former: former),
            step % 5 == 0
                ? .refused("no\nroom")
                : .answered(
                    .init(
                        by: "\u{1B}", reply: Array("{\"a\":\"東\u{202E}\"".utf8),
                        steps: [Step(what: "\u{7}", held: true, why: "東東東 \u{1B}[31m")], isSame: step % 2 == 0)))
    }

    /// Callers with hostile texts.
    private static func callers(_ step: Int) -> CallersStatus {
        CallersStatus(
            CallerOverrides(
                (0..<step % 3).compactMap { PhoneNumber("+3161234567\($0)") }.map {
                    CallerOverride(
                        id: 1, kind: .blocked(says: "\u{1B}[2J"), caller: $0, reason: "東\u{202E}",
                        who: Operator(user: "\u{9B}"), since: .sample, until: nil)
                }), at: .sample)
    }

    /// Settings with the mouse on, and with keys that are bound otherwise.
    private static func settings(_ step: Int) -> DashboardSettings {
        var settings = DashboardSettings()
        settings.usesMouse = step % 5 != 0
        settings.alarm = AlarmKind.allCases[step % AlarmKind.allCases.count]
        settings.filters = [
            SavedFilter(name: "\u{1B}東", text: "is:bad"), SavedFilter(name: "x", text: "from:\u{202E}"),
        ]
        settings.sort = step % 4 == 0 ? "-took" : nil
        let choices = [
            KeyChoice(command: "close", keys: [.character("東")]), KeyChoice(command: "help", keys: []),
            KeyChoice(command: "lines", keys: [.character("c"), .tab]),
        ]
        if step % 2 == 0 { settings.keymap = Keymap.binding(choices).keymap }
        return settings
    }

    /// A status with hostile lines, overrides and warnings, a different one for each step.
    private static func status(_ step: Int) -> ServerStatus {
        let closure: Override? = [nil, .closed(says: "\u{1B}[2J\u{202E}"), .forcedOpen][step % 3]
        let ends = Instant.sample.advanced(bySeconds: Int64(step) * 9)
        let many = (0..<step % 12).map { id in
            Override.sample(.inform(says: "\u{9B}1m"), .group("\u{1B}\(id)"), id: id + 10, reason: "東", until: ends)
        }
        var status = ServerStatus.sample(
            closure: closure, greeting: step % 2 == 0 ? .greeting("東\u{07}") : nil, overrides: many,
            lines: step % 4 == 0 ? .hostile : step % 4 == 1 ? [] : .sample(open: step % 5),
            greetingTexts: ["\u{202E}"], undo: step % 2 == 1 ? .closing : nil,
            warnings: step % 5 == 0 ? ["\u{1B}[31m"] : [])
        status.callers = callers(step)
        status.day = step % 3 == 0 ? ServerStatus.countingToday.day : nil
        return status
    }
}
