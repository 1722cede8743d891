// SPDX-License-Identifier: Apache-2.0

import Screen
import Testing

@Suite struct RoleTests {
    @Test func `every role has a letter of its own in golden screens`() {
        #expect(Set(Role.allCases.map(\.letter)).count == Role.allCases.count)
    }
}
