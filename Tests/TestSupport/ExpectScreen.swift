// SPDX-License-Identifier: Apache-2.0

import Foundation
package import Screen
package import Testing

/// Compares a grid with the golden file `Screens/NAME.screen` next to the test; with `plain`, the file has the same screen in
/// ASCII below it.
package func expectScreen(
    _ grid: Grid, inASCII plain: Grid? = nil, matches name: String, at location: SourceLocation = #_sourceLocation,
    filePath: String = #filePath
) throws {
    let text = grid.description + (plain.map { "\n" + $0.description(below: grid) } ?? "")
    try expectText(text, matches: "Screens/\(name).screen", at: location, filePath: filePath)
}

/// Compares a text with a golden file, whose path begins at the folder of the test.
///
/// With `RECORD_SCREENS` set the file is written instead, and the test fails, so that nobody leaves it set.
package func expectText(
    _ text: String, matches path: String, at location: SourceLocation = #_sourceLocation, filePath: String = #filePath
) throws {
    let file = URL(filePath: filePath).deletingLastPathComponent().appending(path: path)
    guard ProcessInfo.processInfo.environment["RECORD_SCREENS"] == nil else {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        Issue.record("recorded \(file.lastPathComponent), now read the difference", sourceLocation: location)
        return
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(text == golden, "it differs from \(file.lastPathComponent)", sourceLocation: location)
}

extension Grid {
    /// The golden form without the roles where those are the same as above, as they are wherever signs have the same width.
    fileprivate func description(below other: Grid) -> String {
        let rule = "\n---\n"
        let halves = description.split(separator: rule, maxSplits: 1)
        guard halves.count == 2, other.description.hasSuffix(rule + halves[1]) else { return description }
        return "\(halves[0])\(rule)as above\n"
    }
}
