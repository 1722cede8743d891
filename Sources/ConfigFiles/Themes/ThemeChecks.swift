// SPDX-License-Identifier: Apache-2.0

import Screen

extension ThemeLibrary {
    /// Loads a theme and looks at what it makes of every role at every depth, as `themes check` does.
    package func check(_ name: String) -> Outcome {
        let outcome = load(name)
        guard outcome.problem == nil, let file = file(named: name) else { return outcome }
        var unused = Diagnostics(file: file.path)
        let places = ThemePlaces(ThemeReader.root(of: file.bytes, into: &unused))
        let doubts = outcome.theme.doubts.map { doubt in
            Diagnostic(.warning, doubt.code, file: file.path, at: places.place(of: doubt.role), doubt.words)
        }
        return Outcome(theme: outcome.theme, findings: outcome.findings + doubts)
    }
}

/// Where a theme file names a role.
private struct ThemePlaces {
    private var places: [String: SourcePosition] = [:]
    private var start = SourcePosition.start

    init(_ root: YAMLNode?) {
        for entry in root?.entries ?? [] {
            if entry.key == "palette" { start = entry.keyPosition }
            if entry.key == "latency" { places["latency"] = entry.keyPosition }
            guard entry.key == "roles" else { continue }
            for role in entry.value.entries ?? [] { places[role.key] = role.keyPosition }
        }
    }

    /// The role, else a shorter name of it, else the palette that colours what is inherited.
    func place(of role: Role) -> SourcePosition {
        var parts = role.rawValue.split(separator: ".")
        while !parts.isEmpty {
            if let place = places[parts.joined(separator: ".")] { return place }
            parts.removeLast()
        }
        return start
    }
}

/// Something in a theme that an operator could not read.
private struct ThemeDoubt {
    let code: Diagnostic.Code
    let role: Role
    let words: String
}

extension Theme {
    fileprivate var doubts: [ThemeDoubt] { unreadable + alike }

    private var unreadable: [ThemeDoubt] {
        var doubts: [ThemeDoubt] = []
        for role in Role.allCases {
            for depth in [ColorDepth.exact, .full, .sixteen, .eight] {
                let least = Theme.leastContrast(of: role, depth: depth)
                let found = [false, true].lazy.compactMap { isSelected in
                    self.contrast(of: role, selected: isSelected, depth: depth).map { ($0, isSelected) }
                }.first { $0.0 < least }
                guard let (contrast, isSelected) = found else { continue }
                let place = isSelected ? " in a selected row" : ""
                doubts.append(
                    ThemeDoubt(
                        code: .lowContrast, role: role,
                        words: "`\(role.rawValue)`\(place) has a contrast of \(contrast.tenths) with \(depth.colors) "
                            + "colours; at least \(least.tenths) can be read"))
                // One depth is enough to look at the role.
                break
            }
        }
        return doubts
    }

    private var alike: [ThemeDoubt] {
        ColorDepth.allCases.compactMap { depth -> ThemeDoubt? in
            if style(for: .call, selected: true, depth: depth) == style(for: .call, depth: depth) {
                return ThemeDoubt(
                    code: .sameLook, role: .selectedRow,
                    words: "`row.selected` looks like any other row with \(depth.colors) colours")
            }
            guard style(for: .closed, depth: depth) == style(for: .text, depth: depth) else { return nil }
            return ThemeDoubt(
                code: .sameLook, role: .closed,
                words: "`mode.closed` looks like any other text with \(depth.colors) colours")
        }
    }
}

extension ColorDepth {
    fileprivate var colors: String {
        switch self {
        case .never, .mono: "no"
        case .eight: "8"
        case .sixteen: "16"
        case .full: "256"
        case .exact: "24-bit"
        }
    }
}

extension Double {
    /// With one decimal, rounded down, so that what is too little looks like it.
    fileprivate var tenths: String {
        let tenths = Int(self * 10)
        return "\(tenths / 10).\(tenths % 10)"
    }
}
