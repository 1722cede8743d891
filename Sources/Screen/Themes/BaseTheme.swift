// SPDX-License-Identifier: Apache-2.0

extension Theme {
    /// The default: the terminal's own colours on its own background, readable on dark and on light ones.
    ///
    /// Blue, cyan and bright black are not used for text: each is unreadable on some common palette. What is less
    /// important is dim, which every terminal derives from its own foreground.
    package static let base = Theme(id: "base", name: "The terminal's own colours", roles: baseRoles)

    private static let baseRoles: [String: RoleStyle] = frames.merging(states) { first, _ in first }

    private static let frames: [String: RoleStyle] = [
        "text": RoleStyle(ansi("default"), on: ansi("default")),
        "text.muted": RoleStyle(nil, .dim),
        "border": RoleStyle(nil, .dim),
        "border.focus": RoleStyle(nil, .bold),
        "title": RoleStyle(nil, .bold),
        "header": RoleStyle(nil, .bold, mono: [.bold, .underline]),
        "row.selected": RoleStyle(nil, .reverse),
        "key": RoleStyle(nil, .bold),
        "bar.status": RoleStyle(nil, .reverse),
        "bar.status.alert": RoleStyle(ansi("black"), on: ansi("yellow"), mono: [.reverse, .bold]),
        "match": RoleStyle(ansi("black"), on: ansi("yellow"), mono: [.reverse, .bold]),
        "field": RoleStyle(nil, .underline),
        "dialog": RoleStyle(),
        "dialog.danger": RoleStyle(ansi("red"), .bold),
        "button": RoleStyle(),
        "button.focus": RoleStyle(nil, [.reverse, .bold]),
        "json.key": RoleStyle(nil, .bold),
        "json.string": RoleStyle(ansi("green")),
        "json.number": RoleStyle(ansi("magenta")),
        "json.word": RoleStyle(ansi("magenta")),
    ]

    private static let states: [String: RoleStyle] = [
        "mode.open": RoleStyle(ansi("green"), .bold),
        "mode.closed": RoleStyle(ansi("bright-white"), on: ansi("red"), .bold, mono: [.reverse, .bold]),
        "mode.forced": RoleStyle(ansi("black"), on: ansi("yellow"), mono: [.reverse, .bold]),
        "mode.paused": RoleStyle(ansi("black"), on: ansi("cyan"), mono: .reverse),
        "call": RoleStyle(),
        "call.answered": RoleStyle(ansi("green")),
        "call.live": RoleStyle(ansi("green"), .bold),
        "call.rejected": RoleStyle(ansi("red")),
        "call.failed": RoleStyle(ansi("red"), .bold, mono: [.bold, .underline]),
        "latency.fast": RoleStyle(ansi("green")),
        "latency.slow": RoleStyle(ansi("yellow")),
        "latency.late": RoleStyle(ansi("red"), .bold),
        "call.marked": RoleStyle(ansi("yellow"), .bold),
    ]

    private static func ansi(_ name: String) -> RoleStyle.Paint {
        .color(Color(ansi: Color.ansiIndex(name)))
    }
}
