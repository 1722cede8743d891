// SPDX-License-Identifier: Apache-2.0

package import Rules
import TimeZones

extension Zone {
    /// A zone of the system.
    package static func named(_ name: String) -> Zone {
        guard let zone = TimeZones.zone(named: name) else { preconditionFailure("there is no zone \(name)") }
        return zone
    }
}
