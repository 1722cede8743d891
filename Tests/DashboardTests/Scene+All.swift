// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import Calls
import Dashboard
import EventLog
import Screen
import TestSupport

extension Scene {
    /// The scenes that are looked at in every size.
    static let all: [Scene] = [
        Scene("list", keys: "jj"),
        Scene("closed", status: .sample(closure: .closed())),
        Scene("closed-and-greeting", status: .sample(closure: .closed(), greeting: .greeting())),
        Scene("dialog-close", keys: "c"),
        Scene("dialog-close-group", keys: "cl<right><right>", status: .sample(lines: .mixed)),
        Scene("bars-many", status: .sample(overrides: .many, warnings: ["The kept state of the desk was damaged."])),
        Scene("lines", keys: "<tab>jj", status: .sample(overrides: .some, lines: .mixed)),
        Scene("lines-group", keys: "<tab>j", calls: .busy, status: .countingToday),
        Scene("group", keys: "<tab>j<enter>", status: .sample(overrides: .some, lines: .mixed)),
        Scene("lines-hostile", keys: "<tab>", status: .sample(lines: .hostile)),
        Scene("line", keys: "<tab>jj<enter>", status: .sample(overrides: .some, lines: .mixed)),
        Scene("detail-timeline", keys: "jjjjjjjjj<enter>"),
        Scene("help", keys: "?", status: .sample(closure: .closed())),
        Scene("hostile", calls: .hostile),
        Scene("statistics", keys: "i", calls: .busy, status: .countingToday),
        Scene("wall", keys: "w", calls: .busy, status: .countingToday),
        Scene("detail-report", keys: "<enter>5", calls: [.reported]),
        Scene("theme-menu", then: [.themes(.offered)] + Key.typed("Tj").map(DashboardMessage.key)),
        Scene("copy-menu", keys: "jjy<down>"),
    ]

    /// The scenes that the smallest and the usual size show well enough.
    static let some: [Scene] = [
        Scene("empty", calls: []),
        Scene("unsigned", status: .sample(isSigned: false)),
        Scene("refused", then: [.logChanged(.refusing)]),
        Scene("refused-why", keys: "!", then: [.notify(.reloaded), .logChanged(.refusing)]),
        Scene("greeting", status: .sample(greeting: .greeting())),
        Scene("forced-open", status: .sample(closure: .forcedOpen, lines: .sample(open: 4))),
        Scene("pending", keys: "c<tab>close<enter>"),
        Scene("closed-with-end", status: .sample(closure: .ending)),
        Scene("closed-long-ago", status: .sample(closure: .old)),
        Scene("inform", status: .sample(closure: .sample(.inform(says: "Even geen telefoon."), reason: "fire drill"))),
        Scene("caveats", then: [.overrideResult(.done(.sample))]),
        Scene("lines-many", keys: "<tab><end>kk", status: .sample(lines: .many(1000, isGrouped: false))),
        Scene("dialog-close-inform", keys: "ck<right>"),
        Scene("dialog-close-until", keys: "cu<right>"),
        Scene("dialog-close-time", keys: "cu1645"),
        Scene("dialog-close-word", keys: "cyclo"),
        Scene("dialog-close-wants-word", keys: "cy"),
        Scene("dialog-close-reason", keys: "crfire drill"),
        Scene("dialog-close-line", keys: "clfront", status: .sample(lines: .mixed)),
        Scene("dialog-close-no-end", keys: "cu<left><enter>yclose<enter>"),
        Scene("dialog-close-below-wider", keys: "cl<right><right>", status: .sample(closure: .closed())),
        Scene("dialog-open-nothing", keys: "<tab>o", status: .sample(closure: .closed())),
        Scene("dialog-open-two-ways", keys: "ok", status: .sample(overrides: .some, lines: .mixed)),
        Scene("dialog-greet-clear", keys: "gx", status: .sample(greeting: .greeting())),
        Scene("dialog-undo", keys: "u", status: .sample(closure: .closed(), undo: .closing)),
        Scene("dialog-undo-line", keys: "u", status: .sample(undo: .narrow)),
        Scene("hours-closed", status: .sample(lines: .sample(open: 0, untilInSeconds: 68_400))),
        Scene("hours-mixed", status: .sample(lines: .sample(open: 2))),
        Scene("dialog-close-typed", keys: "c", status: .sample(closingTexts: [])),
        Scene("dialog-close-refused", keys: "c<enter>y", status: .sample(closingTexts: [])),
        Scene("dialog-open-takes-back", keys: "o", status: .sample(closure: .closed())),
        Scene("dialog-open-skips-hours", keys: "o", status: .sample(lines: .sample(open: 1, untilInSeconds: 68_400))),
        Scene("dialog-open-follows-hours", keys: "o", status: .sample(closure: .forcedOpen)),
        Scene("dialog-greet", keys: "gGoedemiddag, met de balie.<enter>"),
        Scene("dialog-greet-forced", keys: "g", status: .sample(greeting: .greeting())),
        Scene("dialog-greet-unheard", keys: "gHoi", status: .sample(closure: .closed())),
        Scene("frozen-older", keys: "jjp", then: [.logChanged(EventLog.sample(.many(40)).snapshot())]),
        Scene("ascii-hostile", calls: .hostile, glyphs: .ascii),
        Scene(
            "dialog-crowded", keys: "c<tab>close<enter>g",
            status: .sample(overrides: .many, warnings: ["The disk is full."])),
        Scene("dialog-export", keys: "e"),
        Scene("dialog-overwrite", keys: "e<enter>", then: [.exported(.exists(path: "calls-2026-07-01.jsonl"))]),
        Scene("dialog-quit", keys: "q"),
        Scene("dialog-suspend", keys: "<^z>"),
        Scene(
            "exported", keys: "e<enter>",
            then: [.exported(.written(path: "calls-2026-07-01.jsonl", calls: 12, evicted: 0))]),
        Scene(
            "failed-switch", keys: "c<tab>close<enter>",
            then: [.overrideResult(.refused("The switch could not be written: no space left on device."))]),
        Scene("search-typing", keys: "/front"),
        Scene("command-line", keys: ":re"),
        Scene("reloaded", then: [.notify(.reloaded)]),
        Scene("messages", keys: "!", then: [.notify(.reloaded), .notify(.refusedRules)]),
        Scene("search", keys: "/front<enter>n"),
        Scene("search-nothing", keys: "/nobody"),
        Scene(
            "frozen", keys: "p",
            then: [.logChanged(EventLog.sample(.varied + [CallSample("c-13").with(\.at, 570)]).snapshot())]),
        Scene(
            "new-above", keys: "jjj", calls: .many(40), then: [.logChanged(EventLog.sample(.many(43)).snapshot())]),
        Scene("detail-request", keys: "j<enter>2"),
        Scene("detail-not-json", keys: "<enter>2", calls: [CallSample("c-1").with(\.body, "{\"message\": oops}")]),
        Scene("detail-answer", keys: "j<enter>3"),
        Scene("detail-answer-default", keys: "jjjjjj<enter>3"),
        Scene("detail-why", keys: "j<enter>4"),
        Scene("detail-report-ascii", keys: "<enter>5<end>", calls: [.reported], glyphs: .ascii),
        Scene("lines-ascii", keys: "<tab>jj", status: .sample(overrides: .some, lines: .mixed), glyphs: .ascii),
        Scene("dialog-close-of-group", keys: "<tab>jc"),
        Scene("statistics-ascii", keys: "i", calls: .busy, glyphs: .ascii),
        Scene("statistics-empty", keys: "i", calls: []),
        Scene("statistics-end", keys: "i<end>", calls: .busy),
        Scene("wall-ascii", keys: "w", calls: .busy, glyphs: .ascii),
        Scene("wall-closed", keys: "w", status: .sample(overrides: .some, lines: .mixed)),
        Scene("detail-report-none", keys: "jjjj<enter>5"),
        Scene("detail-not-asked", keys: "jjj<enter>2"),
        Scene("ascii", keys: "jj", status: .sample(greeting: .greeting()), glyphs: .ascii),
        Scene("copy-menu-ascii", keys: "jjy", glyphs: .ascii),
        Scene(
            "command-line-argument", then: [.themes(.offered)] + Key.typed(":theme ").map(DashboardMessage.key)),
        Scene("read-only", keys: "c", isReadOnly: true),
        Scene("starting", calls: [], status: nil),
    ]
}
