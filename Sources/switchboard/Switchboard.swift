// SPDX-License-Identifier: Apache-2.0

import SwitchboardCommands

/// The program; `SwitchboardCommands` does everything.
@main
struct Switchboard {
    // On the main thread: where no other one can be started, no task ever runs.
    @MainActor static func main() async {
        SwitchboardCommand.requireMeans()
        await SwitchboardCommand.runToExit()
    }
}
