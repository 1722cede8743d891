// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import Calls
import Dashboard
import EventLog
import Screen
import TestSupport

extension Scene {
    /// What the views and dialogs show in other states; the smallest and the usual size show these well enough.
    static let variants: [Scene] = states + lists + pages + forms + records

    /// Header, bars and status bar.
    private static let states: [Scene] = [
        Scene("closed", status: .sample(closure: .closed())),
        Scene("closed-and-greeting", status: .sample(closure: .closed(), greeting: .greeting())),
        Scene("bars-many", status: .sample(overrides: .many, warnings: ["The kept state of the desk was damaged."])),
        Scene("unsigned", status: .sample(isSigned: false)),
        Scene("refused", then: [.logChanged(.refusing)]),
        Scene("greeting", status: .sample(greeting: .greeting())),
        Scene("forced-open", status: .sample(closure: .forcedOpen, lines: .sample(open: 4))),
        Scene("pending", keys: "c<tab>close<enter>"),
        Scene("closed-with-end", status: .sample(closure: .ending)),
        Scene("closed-long-ago", status: .sample(closure: .old)),
        Scene("inform", status: .sample(closure: .sample(.inform(says: "Even geen telefoon."), reason: "fire drill"))),
        Scene("caveats", then: [.overrideResult(.done(.sample))]),
        Scene("hours-closed", status: .sample(lines: .sample(open: 0, untilInSeconds: 68_400))),
        Scene("hours-mixed", status: .sample(lines: .sample(open: 2))),
        Scene("bar-caller", status: .blockingNewest),
        Scene("colleague", then: [.logChanged(.desk(news: [.closingByAnna]))]),
        Scene(
            "exported", keys: "e<enter>",
            then: [.exported(.written(path: "calls-2026-07-01.jsonl", calls: 12, evicted: 0))]),
        Scene(
            "failed-switch", keys: "c<tab>close<enter>",
            then: [.overrideResult(.refused("The switch could not be written: no space left on device."))]),
        Scene("reloaded", then: [.notify(.reloaded)]),
        Scene("read-only", keys: "c", isReadOnly: true),
        Scene("starting", calls: [], status: nil),
        Scene("reading", calls: [], then: .reading),
        Scene("reading-lines", keys: "<tab>", calls: [], then: .reading),
        Scene("reading-statistics", keys: "i", calls: [], status: .countingToday, then: .reading),
        Scene("reading-wall", keys: "w", calls: [], status: .countingToday, then: .reading),
        Scene("masked", keys: "jjP"),
        Scene("masked-detail", keys: "jjP<enter>2"),
        Scene("interrupted", then: [.interrupted]),
        Scene("no-contact-dialog", keys: "c", then: [.contact(.lost(since: .sample.advanced(bySeconds: 300)))]),
    ]

    private static let lists: [Scene] = [
        Scene("empty", calls: []),
        Scene("hostile", calls: .hostile),
        Scene("ascii-hostile", calls: .hostile, glyphs: .ascii),
        Scene("contacts", calls: .known),
        Scene("marked", keys: "jj", calls: .marked),
        Scene("ascii-marked", keys: "jj", calls: .marked, glyphs: .ascii),
        Scene("filter", keys: "fis:rejected<enter>"),
        Scene("filter-mistake-late", keys: "fis:rejected state:failed from:+31 ms:500.. is:bade"),
        Scene("filter-nothing", keys: "fstate:failed from:+31<enter>"),
        Scene("search", keys: "/front<enter>n"),
        Scene("search-nothing", keys: "/nobody"),
        Scene(
            "frozen", keys: "p",
            then: [.logChanged(EventLog.sample(.varied + [CallSample("c-13").with(\.at, 570)]).snapshot())]),
        Scene("frozen-older", keys: "jjp", then: [.logChanged(EventLog.sample(.many(40)).snapshot())]),
        Scene(
            "new-above", keys: "jjj", calls: .many(40), then: [.logChanged(EventLog.sample(.many(43)).snapshot())]),
        Scene("columns-chosen", keys: ":columns caller,state,took,by,line<enter>"),
        Scene("sorted", keys: ":sort took<enter>j"),
        Scene("lines-group", keys: "<tab>j", calls: .busy, status: .countingToday),
        Scene("lines-hostile", keys: "<tab>", status: .sample(lines: .hostile)),
        Scene("lines-many", keys: "<tab><end>kk", status: .sample(lines: .many(1000, isGrouped: false))),
        Scene("silent-lines", keys: "<tab>", calls: .silentSince, then: .silence),
        Scene(
            "command-line-argument", then: [.themes(.offered)] + Key.typed(":theme ").map(DashboardMessage.key)),
        Scene("note-typing", keys: ":note Carrier confirmed"),
    ]

    private static let pages: [Scene] = [
        Scene("silent-line", keys: "<tab>jj<enter>", calls: .silentSince, then: .silence),
        Scene("filter-detail", keys: "b<enter>"),
        Scene("marked-detail", keys: "jj<enter>", calls: .marked),
        Scene("detail-not-json", keys: "<enter>2", calls: [CallSample("c-1").with(\.body, "{\"message\": oops}")]),
        Scene("detail-answer-default", keys: "jjjjjj<enter>3"),
        Scene("detail-report-end", keys: "<enter>5<end>", calls: [.reported]),
        Scene("detail-report-none", keys: "jjjj<enter>5"),
        Scene("detail-not-asked", keys: "jjj<enter>2"),
        Scene("refused-why", keys: "!", then: [.notify(.reloaded), .logChanged(.refusing)]),
        Scene("audit-empty", keys: "a"),
        Scene("audit-hostile", keys: "a", glyphs: .ascii, then: [.logChanged(.desk(before: .hostile))]),
        Scene("statistics-empty", keys: "i", calls: []),
        Scene("statistics-end", keys: "i<end>", calls: .busy, status: .countingToday),
        Scene("replicas-alone", keys: "R"),
        Scene("replicas-trouble", keys: "R", status: .replica(isTroubled: true)),
        Scene("wall-closed", keys: "w", status: .sample(overrides: .some, lines: .mixed)),
    ]

    private static let forms: [Scene] = [
        Scene("dialog-close-group", keys: "cl<right><right>", status: .sample(lines: .mixed)),
        Scene("dialog-close-of-call", keys: "j<enter>c"),
        Scene("dialog-close-of-group", keys: "<tab>jc"),
        Scene("dialog-close-below-wider", keys: "cl<right><right>", status: .sample(closure: .closed())),
        Scene("dialog-close-typed", keys: "c", status: .sample(closingTexts: [])),
        Scene("dialog-close-refused", keys: "c<enter>y", status: .sample(closingTexts: [])),
        Scene("dialog-open-nothing", keys: "<tab>o", status: .sample(closure: .closed())),
        Scene("dialog-open-two-ways", keys: "ok", status: .sample(overrides: .some, lines: .mixed)),
        Scene("dialog-open-skips-hours", keys: "o", status: .sample(lines: .sample(open: 1, untilInSeconds: 68_400))),
        Scene("dialog-open-follows-hours", keys: "o", status: .sample(closure: .forcedOpen)),
        Scene("dialog-greet-forced", keys: "g", status: .sample(greeting: .greeting())),
        Scene("dialog-greet-unheard", keys: "gHoi", status: .sample(closure: .closed())),
        Scene("dialog-undo-line", keys: "u", status: .sample(undo: .narrow)),
        Scene(
            "dialog-crowded", keys: "c<tab>close<enter>g",
            status: .sample(overrides: .many, warnings: ["The disk is full."])),
        Scene("dialog-block-clear", keys: "B", status: .blockingNewest),
    ]

    private static let records: [Scene] = [
        Scene("record-unknown", record: .unknown),
        Scene("record-lines-unknown", keys: "<tab>", record: .unknown),
        Scene("record-help", keys: "?", record: .sample()),
        Scene("record-at", keys: ":at 14:0", record: .sample()),
    ]
}

extension [CallSample] {
    /// The front desk was called every four minutes until 14:32.
    static let silentSince: [CallSample] = (0...8).map { CallSample("s-\($0)", at: Double($0) * 240).ended() }
}

extension [DashboardMessage] {
    /// Until 14:57 no other call came.
    static var silence: [DashboardMessage] { [.tick(.sample.advanced(bySeconds: 57 * 60))] }
}

extension [DashboardMessage] {
    /// The calls of a server elsewhere have not arrived.
    static let reading: [DashboardMessage] = [.logChanged(.empty, isReading: true)]
}

extension DeskEvent {
    /// A colleague closes a group.
    fileprivate static var closingByAnna: DeskEvent {
        .change(
            .begun,
            .closed(
                scope: .group("amsterdam"), reason: "fire drill", until: .sample.advanced(bySeconds: 5400)), by: .anna,
            at: 620)
    }
}
