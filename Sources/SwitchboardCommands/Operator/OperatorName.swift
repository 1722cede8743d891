// SPDX-License-Identifier: Apache-2.0

/// Who sits at the desk.
enum OperatorName {
    static func current(_ environment: [String: String]) -> String {
        [environment["SUDO_USER"], environment["USER"], environment["LOGNAME"]]
            .compactMap(\.self).first { !$0.isEmpty } ?? "operator"
    }
}
