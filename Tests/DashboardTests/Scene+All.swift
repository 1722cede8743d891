// SPDX-License-Identifier: Apache-2.0

import Overrides
import JSON
import Calls
import Dashboard
import EventLog
import Screen
import TestSupport

extension Scene {
    /// One scene of every view, dialog, menu and prompt (see `ScreenPart`), looked at in every size and with both sets of signs.
    static let complete: [Scene] = views + prompts + dialogs

    /// Those of pictures whose calls fill the screen: a line is closed, and calls of every kind came.
    static let pictured: [Scene] = [
        Scene("desk", keys: "jj", calls: .desk, status: .sample(overrides: [.fireDrill])),
        Scene(
            "desk-filter", keys: "jjfis:rejected -line:press", calls: .desk, status: .sample(overrides: [.fireDrill])),
    ]

    private static let views: [Scene] = [
        Scene("list", keys: "jj"),
        Scene("list-replicas", keys: "j", calls: [], then: [.logChanged(.ofReplicas)]),
        Scene("no-contact", keys: "jj", then: [.contact(.lost(since: .sample.advanced(bySeconds: 300)))]),
        Scene("lines", keys: "<tab>jj", status: .sample(overrides: .some, lines: .mixed)),
        Scene("group", keys: "<tab>j<enter>", status: .sample(overrides: .some, lines: .mixed)),
        Scene("line", keys: "<tab>jj<enter>", status: .sample(overrides: .some, lines: .mixed)),
        Scene("columns", keys: "Cjjj"),
        Scene("detail-timeline", keys: "jjjjjjjjj<enter>"),
        Scene("detail-request", keys: "j<enter>2"),
        Scene("detail-answer", keys: "j<enter>3"),
        Scene("detail-why", keys: "j<enter>4"),
        Scene("detail-report", keys: "<enter>5", calls: [.reported]),
        Scene("explanation", keys: "jr", then: [.explained(.different)]),
        Scene("help", keys: "?", status: .sample(closure: .closed())),
        Scene("messages", keys: "!", then: [.notify(.reloaded), .notify(.refusedRules)]),
        Scene("audit", keys: "a", then: [.logChanged(.desk(before: .day))]),
        Scene("statistics", keys: "i", calls: .busy, status: .countingToday),
        Scene("replicas", keys: "R", status: .replica()),
        Scene("wall", keys: "w", calls: .busy, status: .countingToday),
        Scene("record", record: .sample(status: .sample(closure: .closed()))),
    ]

    private static let prompts: [Scene] = [
        Scene("theme-menu", then: [.themes(.offered)] + Key.typed("Tj").map(DashboardMessage.key)),
        Scene("copy-menu", keys: "jjy<down>"),
        Scene("command-line", keys: ":re"),
        Scene("search-typing", keys: "/front"),
        Scene("filter-typing", keys: "fis:bad from:+49"),
        Scene("filter-mistake", keys: "fis:rejected form:+49"),
        Scene("call-note-typing", keys: "jj;Call back", calls: .marked),
    ]

    private static let dialogs: [Scene] = [
        Scene("dialog-close", keys: "c"),
        Scene("dialog-close-line", keys: "clfront", status: .sample(lines: .mixed)),
        Scene("dialog-close-inform", keys: "ck<right>"),
        Scene("dialog-close-text", keys: "ct<down>"),
        Scene("dialog-close-until", keys: "cu<right>"),
        Scene("dialog-close-time", keys: "cu1645"),
        Scene("dialog-close-reason", keys: "crfire drill"),
        Scene("dialog-close-word", keys: "cyclo"),
        Scene("dialog-close-wants-word", keys: "cy"),
        Scene("dialog-close-no-end", keys: "cu<left><enter>yclose<enter>"),
        Scene("dialog-open-takes-back", keys: "o", status: .sample(closure: .closed())),
        Scene("dialog-greet", keys: "gGoedemiddag, met de balie.<enter>"),
        Scene("dialog-greet-clear", keys: "gx", status: .sample(greeting: .greeting())),
        Scene("dialog-block", keys: "jB", status: .blocking),
        Scene("dialog-allow", keys: "jAu<right>", status: .blocking),
        Scene("dialog-undo", keys: "u", status: .sample(closure: .closed(), undo: .closing)),
        Scene("dialog-explain", keys: "jx"),
        Scene("dialog-explain-to", keys: "jx<tab>"),
        Scene("dialog-explain-at", keys: "jx<tab><tab>mon 9:00"),
        Scene("dialog-test-call", keys: "jt<enter>"),
        Scene("dialog-export", keys: "e"),
        Scene("dialog-overwrite", keys: "e<enter>", then: [.exported(.exists(path: "calls-2026-07-01.jsonl"))]),
        Scene("dialog-quit", keys: "q"),
        Scene("dialog-suspend", keys: "<^z>"),
    ]
}

extension Override {
    /// Closes the line of Billing until four.
    fileprivate static let fireDrill = closed(
        says: "Billing is closed because of a fire drill. Please call back at four.", scope: .line("+31201234568"),
        reason: "fire drill", until: .sample.advanced(bySeconds: 7200))
}
