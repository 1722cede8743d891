// SPDX-License-Identifier: Apache-2.0

import Foundation
package import Screen
package import Testing

/// Compares a grid with the golden file `Screens/NAME.screen` next to the test.
///
/// With `RECORD_SCREENS` set the file is written instead, and the test fails, so that nobody leaves it set.
package func expectScreen(
    _ grid: Grid, matches name: String, at location: SourceLocation = #_sourceLocation, filePath: String = #filePath
) throws {
    let folder = URL(filePath: filePath).deletingLastPathComponent().appending(path: "Screens")
    let file = folder.appending(path: "\(name).screen")
    guard ProcessInfo.processInfo.environment["RECORD_SCREENS"] == nil else {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(grid.description.utf8).write(to: file)
        Issue.record("recorded \(file.lastPathComponent), now read the difference", sourceLocation: location)
        return
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(grid.description == golden, "the screen differs from \(file.lastPathComponent)", sourceLocation: location)
}
