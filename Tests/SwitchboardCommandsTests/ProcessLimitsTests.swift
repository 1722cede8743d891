// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import SwitchboardCommands

/// How many connections the limit on open files leaves.
@Suite struct ProcessLimitsTests {
    @Test(arguments: [40, 48, 64, 80], [1, 8, 40])
    func inheritedFilesAreNoRoomForConnections(files: Int, inherited: Int) {
        #expect(
            ProcessLimits.connections(files: files + inherited, inherited: inherited)
                == ProcessLimits.connections(files: files, inherited: 0))
    }
}
