// SPDX-License-Identifier: Apache-2.0

import SwitchboardCommands

/// The program; `SwitchboardCommands` does everything.
@main
struct Switchboard {
    static func main() async {
        await SwitchboardCommand.runToExit()
    }
}
