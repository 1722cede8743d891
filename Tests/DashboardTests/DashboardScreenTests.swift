// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Screen
import Testing
import TestSupport

/// The screens as an operator sees them; each golden file was looked at.
@Suite struct DashboardScreenTests {
    private static let sizes = [
        Size(columns: 50, rows: 10), Size(columns: 80, rows: 24), Size(columns: 120, rows: 40),
        Size(columns: 200, rows: 50),
    ]

    @Test(arguments: Scene.all, sizes)
    func everySizeShowsTheScene(scene: Scene, size: Size) throws {
        try expectScreen(scene.state(size: size).view(), matches: "\(scene.name)-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: Scene.some, [Size(columns: 50, rows: 10), Size(columns: 80, rows: 24)])
    func theSmallestAndTheUsualSizeShowTheScene(scene: Scene, size: Size) throws {
        try expectScreen(scene.state(size: size).view(), matches: "\(scene.name)-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: [Size(columns: 49, rows: 10), Size(columns: 50, rows: 9), Size(columns: 10, rows: 2)])
    func belowTheSmallestSizeOneLineSaysWhatIsNeeded(size: Size) throws {
        let state = DashboardState.sample(size: size, calls: .varied, status: .sample(closure: .closed()))
        try expectScreen(state.view(), matches: "too-small-\(size.columns)x\(size.rows)")
    }
}
