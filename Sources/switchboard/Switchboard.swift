// SPDX-License-Identifier: Apache-2.0

import SwitchboardCommands

/// The program; everything it does stands in `SwitchboardCommands`.
@main
struct Switchboard {
    static func main() async {
        await SwitchboardCommand.runToExit()
    }
}
